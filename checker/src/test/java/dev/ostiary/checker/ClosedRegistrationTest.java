package dev.ostiary.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.checker.checks.AllChecks;
import dev.ostiary.checker.profile.Profile;
import dev.ostiary.checker.profile.Replay;
import dev.ostiary.checker.server.Options;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import dev.ostiary.testkit.wrong.Fault;
import dev.ostiary.testkit.wrong.WrongNetwork;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A server behind an initial access token, and one that breaks at documents: neither is blamed. */
final class ClosedRegistrationTest {
  private static final Reply CLOSED =
      Reply.json(401, "{\"error\":\"invalid_token\"}").with("WWW-Authenticate", "Bearer");

  @Test
  void isSaidToBeClosedAndNotWrong() throws IOException {
    Report report = check("/register", CLOSED, AllChecks.list());

    assertThat(report.facts()).containsEntry("registration", "closed (initial access token)");
    assertThat(report.findings())
        .filteredOn(finding -> finding.check().row() == Specification.REGISTRATION)
        .filteredOn(finding -> finding.check().needs().contains(Need.REGISTRATION_ENDPOINT))
        .isNotEmpty()
        .allSatisfy(
            finding -> {
              assertThat(finding.status())
                  .as(finding.check().id())
                  .isEqualTo(Status.NOT_APPLICABLE);
              assertThat(finding.why()).startsWith("registration is closed: it wants an initial");
            });
    assertThat(report.failed()).isFalse();
  }

  @Test
  void isSaidToAClient() throws IOException {
    Report report = check("/register", CLOSED, Replay.of(Profile.CURSOR));

    assertThat(report.findings())
        .filteredOn(finding -> finding.check().id().equals("cursor-becomes-known"))
        .extracting(Finding::why)
        .containsExactly(
            "registration is closed, it wants an initial access token: --client-id names a client"
                + " that was registered beforehand");
  }

  @Test
  void aServerErrorIsNoFetchFromItsOwnNetwork() throws IOException {
    Report report = check("/authorize", Reply.text(500, "oops"), AllChecks.list());

    assertThat(report.findings())
        .filteredOn(finding -> finding.check().id().startsWith("document-"))
        .extracting(finding -> finding.check().id() + " " + finding.status())
        .contains("document-of-private-address PASSED", "document-unreachable FAILED");
  }

  private static Report check(String path, Reply reply, List<Check> checks) throws IOException {
    SampleRun.SampleMoment clock = new SampleRun.SampleMoment();
    Set<Fault> faults =
        path.equals("/register") ? Set.of(Fault.DOCUMENTS_NOT_ADVERTISED) : Set.of();
    try (WrongNetwork network = WrongNetwork.of(faults, clock)) {
      Outbound closed =
          new Outbound() {
            @Override
            public CompletableFuture<Reply> send(OutboundRequest request) {
              return request.uri().getPath().equals(path)
                  ? CompletableFuture.completedFuture(reply)
                  : network.send(request);
            }

            @Override
            public void close() {}
          };
      return new Checker(closed, clock, "1.2.3")
          .check(network.server(), checks, Options.OPEN, Progress.NONE);
    }
  }
}
