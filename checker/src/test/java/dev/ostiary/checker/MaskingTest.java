package dev.ostiary.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.checker.checks.AllChecks;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What stands in a report is for everybody's eyes. */
final class MaskingTest {
  @Test
  void noReportHasASecret() throws IOException {
    String evidence =
        SampleRun.of(Set.of(), AllChecks.list()).findings().stream()
            .flatMap(finding -> finding.evidence().stream())
            .map(exchange -> exchange.sent() + "\n" + exchange.received())
            .collect(Collectors.joining("\n"));

    assertThat(evidence)
        .contains("access_token\":\"*****\"")
        .contains("Authorization: Bearer *****")
        .contains("code_verifier=*****")
        .doesNotContainPattern("eyJ[A-Za-z0-9_-]{10,}\\.")
        .doesNotContainPattern(
            "[?&\\s](code|code_verifier|state|refresh_token|client_secret)=(?!\\*)[^&\\s]")
        .doesNotContainPattern(
            "\"(access_token|refresh_token|client_secret|registration_access_token)\"\\s*:"
                + "\\s*\"(?!\\*)");
  }
}
