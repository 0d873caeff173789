package dev.ostiary.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SignInTraceTest {
  private static final String STREAM =
      """
      {"at":"2026-11-21T20:00:00.000Z","event":"consent.given","request":"old","client":"c1","redirect_host":"127.0.0.1","resource":"https://a/mcp","scope":"read:user"}
      {"at":"2026-11-21T21:03:00.000Z","event":"client.registered","request":"r1","client":"c1","client_name":"Sample"}
      {"at":"2026-11-21T21:03:30.000Z","event":"consent.given","request":"r2","client":"c1","redirect_host":"127.0.0.1","resource":"https://a/mcp","scope":"read:user"}
      {"at":"2026-11-21T21:04:00.000Z","event":"sign-in.refused","request":"r3","client":"c1","reason":"not allowed"}
      {"at":"2026-11-21T21:04:01.000Z","event":"consent.given","request":"r4","client":"c2","redirect_host":"127.0.0.1","resource":"https://a/mcp","scope":"read:user"}
      {"at":"2026-11-21T21:04:02.000Z","event":"cut o\
      """;

  @TempDir private Path folder;

  @Test
  void tellsTheJourneyAroundTheReference() throws IOException {
    assertThat(trace().of("r3"))
        .hasSize(4)
        .anyMatch(line -> line.startsWith("  2026-11-21T21:03:00") && line.contains("registered"))
        .anyMatch(line -> line.startsWith("> ") && line.contains("refused: not allowed"))
        .noneMatch(line -> line.contains("T20:00"))
        .last()
        .asString()
        .contains("allow.users");
  }

  @Test
  void saysThatNothingWasDecided() throws IOException {
    assertThat(trace().of("unknown")).first().asString().contains("has nothing of unknown");
  }

  @Test
  void hasNothingToTellWithoutAnAuditStream() throws IOException {
    assertThat(SignInTrace.read(folder.resolve("none")).of("r3")).hasSize(2);
  }

  private SignInTrace trace() throws IOException {
    Path file = folder.resolve("audit.jsonl");
    Files.writeString(file, STREAM);
    return SignInTrace.read(file);
  }
}
