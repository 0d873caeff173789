package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.requirements.Requirement;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The official TypeScript SDK, both generations, through the whole journey. */
@ExtendWith(WithProgram.class)
final class SdkIT {
  @Test
  @Requirement({"A-1", "A-3", "A-4", "A-5", "A-31", "A-48", "T-1", "T-28"})
  void secondGenerationSpeaksTheModernEra(Program program, Npm npm)
      throws IOException, InterruptedException {
    ClientReport report = secondGeneration(program, npm, "modern");

    assertThat(report.texts("/versions")).containsExactly("2026-07-28");
  }

  @Test
  @Requirement({"A-3", "T-44", "T-55"})
  void secondGenerationSpeaksTheLegacyEra(Program program, Npm npm)
      throws IOException, InterruptedException {
    ClientReport report = secondGeneration(program, npm, "legacy");

    assertThat(report.texts("/versions")).containsExactly("2025-11-25");
  }

  @Test
  @Requirement({"A-3", "T-44", "T-47"})
  void firstGenerationSpeaksTheLegacyEra(Program program, Npm npm)
      throws IOException, InterruptedException {
    ClientReport report = new ClientReport(npm.run("sdk-v1.mjs", program.server().toString()));

    report.isAWholeJourney();
    report.startedWithAChallenge(program);
    assertThat(report.texts("/versions")).containsExactly("2025-11-25");
  }

  @Test
  void secondGenerationProvesItselfWithAKey(Program program, Npm npm)
      throws IOException, InterruptedException {
    ClientReport report =
        new ClientReport(npm.run("sdk-v2-keyed.mjs", program.server().toString()));

    report.isAWholeJourney();
    assertThat(report.json().at("/registered").asString()).isEqualTo("private_key_jwt");
  }

  private static ClientReport secondGeneration(Program program, Npm npm, String era)
      throws IOException, InterruptedException {
    ClientReport report = new ClientReport(npm.run("sdk-v2.mjs", program.server().toString(), era));
    report.isAWholeJourney();
    report.startedWithAChallenge(program);
    assertThat(report.json().at("/authorize/resource").asString())
        .isEqualTo(program.server().toString());
    return report;
  }
}
