package dev.ostiary.embed.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.embed.RunningOstiary;
import dev.ostiary.embed.SampleConfig;
import org.junit.jupiter.api.Test;

final class ReservedNamesTest {
  @Test
  void noServerCanTakeThePathOfAnEndpoint() throws Exception {
    try (RunningOstiary running = new RunningOstiary(SampleConfig.at("https://mcp.example.com"))) {
      assertThat(running.ostiary().routes())
          .isNotEmpty()
          .filteredOn(
              listed -> !listed.route().path().equals("/")) // no server's path is that short
          .extracting(listed -> listed.route().path().split("/")[1])
          .allSatisfy(segment -> assertThat(ServerRules.RESERVED).contains(segment));
    }
  }
}
