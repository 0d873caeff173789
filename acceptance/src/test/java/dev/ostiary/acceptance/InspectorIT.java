package dev.ostiary.acceptance;

import java.io.IOException;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The MCP Inspector's command line through the whole journey. */
@ExtendWith(WithProgram.class)
final class InspectorIT {
  @ParameterizedTest
  @ValueSource(strings = {"modern", "legacy"})
  void goesThroughTheWholeJourney(String era, Program program, Npm npm)
      throws IOException, InterruptedException {
    new ClientReport(npm.run("inspector.mjs", program.server().toString(), era)).isAWholeJourney();
  }
}
