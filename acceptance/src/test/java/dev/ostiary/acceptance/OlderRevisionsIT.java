package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.requirements.Requirement;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients of the two oldest revisions, for which no SDK is left, through the whole journey. */
@ExtendWith(WithProgram.class)
final class OlderRevisionsIT {
  @Test
  @Requirement({"A-3", "T-44", "T-48", "R-5", "R-13"})
  void areServedAs20250618(Program program, Npm npm) throws IOException, InterruptedException {
    ClientReport report = journey(program, npm, "2025-06-18");

    report.startedWithAChallenge(program);
  }

  /** Such a client discovers nothing and sends no {@code resource}. */
  @Test
  @Requirement({"T-44", "T-48", "T-52", "R-53"})
  void areServedAs20250326(Program program, Npm npm) throws IOException, InterruptedException {
    ClientReport report = journey(program, npm, "2025-03-26");

    assertThat(report.texts("/requests"))
        .startsWith("POST /register 201", "POST /token 200", "POST /mcp 200");
  }

  private static ClientReport journey(Program program, Npm npm, String revision)
      throws IOException, InterruptedException {
    ClientReport report =
        new ClientReport(npm.run("raw.mjs", program.server().toString(), revision));
    report.isAWholeJourney();
    assertThat(report.json().at("/protocolVersion").asString()).isEqualTo(revision);
    assertThat(report.json().at("/initialized").asInt()).isEqualTo(202);
    assertThat(report.json().at("/state").asString()).isEqualTo("kept as it is: /?&=+%20");
    return report;
  }
}
