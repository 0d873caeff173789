package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process. */
final class ProgramIT {
  @TempDir private Path folder;

  @Test
  void stopsWithinTenSecondsOfSigterm() throws Exception {
    try (Program program = Program.start(folder.resolve("data"))) {
      assertThat(program.stop()).isTrue();
    }
  }
}
