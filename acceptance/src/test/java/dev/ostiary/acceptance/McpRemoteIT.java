package dev.ostiary.acceptance;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code mcp-remote}, the bridge for applications that speak only stdio. */
@ExtendWith(WithProgram.class)
final class McpRemoteIT {
  @Test
  void goesThroughTheWholeJourney(Program program, Npm npm)
      throws IOException, InterruptedException {
    new ClientReport(npm.run("mcp-remote.mjs", program.server().toString())).isAWholeJourney();
  }
}
