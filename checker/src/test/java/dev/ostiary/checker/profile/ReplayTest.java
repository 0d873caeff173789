package dev.ostiary.checker.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.checker.Finding;
import dev.ostiary.checker.Report;
import dev.ostiary.checker.SampleRun;
import dev.ostiary.checker.Status;
import dev.ostiary.checker.http.Exchanged;
import dev.ostiary.testkit.wrong.Fault;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every step of a real client is shown to work, and to fail. */
final class ReplayTest {
  @ParameterizedTest
  @EnumSource
  void everyClientWithoutADocumentConnects(Profile profile) throws IOException {
    Report report = SampleRun.of(Set.of(Fault.DOCUMENTS_NOT_ADVERTISED), Replay.of(profile));

    assertThat(report.findings()).extracting(Finding::status).containsOnly(Status.PASSED);
  }

  @ParameterizedTest
  @CsvSource({
    "GARBAGE_IS_403, PASSED, challenged",
    "NO_RESOURCE_METADATA, FAILED, finds-metadata",
    "PKCE_NOT_ADVERTISED, FAILED, finds-authorization-server",
    "ISSUER_WITH_SLASH, FAILED, finds-authorization-server",
    "ONE_REDIRECT_ONLY, FAILED, becomes-known",
    "UNKNOWN_PARAMETER_REFUSED, PASSED, may-ask",
    "NO_ISS, FAILED, gets-tokens",
    "OWN_TOKENS_REFUSED, FAILED, calls",
    "REFRESH_REFUSED, FAILED, refreshes",
  })
  void aFaultStopsTheClientWhereItMatters(Fault fault, Status status, String step)
      throws IOException {
    Report report =
        SampleRun.of(Set.of(Fault.DOCUMENTS_NOT_ADVERTISED, fault), Replay.of(Profile.CURSOR));

    assertThat(report.findings())
        .filteredOn(finding -> finding.check().id().equals("cursor-" + step))
        .extracting(Finding::status)
        .containsExactly(status);
  }

  @Test
  void aClientPrefersItsDocumentAndFallsBackToNothing() throws IOException {
    Report report = SampleRun.of(Set.of(), Replay.of(Profile.CLAUDE_CODE));

    assertThat(report.findings())
        .filteredOn(finding -> finding.check().id().equals("claude-code-may-ask"))
        .extracting(Finding::status)
        .containsExactly(Status.FAILED);
  }

  @Test
  void comesAsTheClientDoesAndSeesAnEdgeThatTurnsItAway() throws IOException {
    Set<Fault> edge = Set.of(Fault.DOCUMENTS_NOT_ADVERTISED, Fault.EDGE_BLOCKS_AGENTS);

    assertThat(SampleRun.of(edge, Replay.of(Profile.CLAUDE_AI)).findings().getFirst())
        .satisfies(
            finding -> {
              assertThat(finding.status()).isEqualTo(Status.FAILED);
              assertThat(finding.why())
                  .isEqualTo(
                      "its first request is answered 403: your edge blocks Claude-User, and not"
                          + " others");
            });
    Report cursor = SampleRun.of(edge, Replay.of(Profile.CURSOR));
    assertThat(cursor.failed()).isFalse();
    assertThat(cursor.findings())
        .flatExtracting(Finding::evidence)
        .extracting(Exchanged::sent)
        .filteredOn(sent -> sent.startsWith("POST") && sent.contains("/token"))
        .isNotEmpty()
        .allMatch(
            sent -> sent.contains("User-Agent: node") && sent.contains("Sec-Fetch-Mode: cors"));
  }

  @Test
  void knowsClientsByTheNamesThatAreTyped() {
    assertThat(Profile.of("claude.ai")).contains(Profile.CLAUDE_AI);
    assertThat(Profile.of("netscape")).isEmpty();
  }
}
