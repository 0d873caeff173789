package dev.ostiary.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SignInTraceTest {
  private static final String STREAM =
      """
      {"at":"2026-11-21T20:00:00.000Z","event":"consent.given","request":"old","client":"c1","redirect_host":"127.0.0.1","resource":"https://a/mcp","scope":"read:user"}
      {"at":"2026-11-21T21:03:00.000Z","event":"client.registered","request":"r1","client":"c1","client_name":"Sample"}
      {"at":"2026-11-21T21:03:30.000Z","event":"consent.given","request":"r2","client":"c1","redirect_host":"127.0.0.1","resource":"https://a/mcp","scope":"read:user"}
      {"at":"2026-11-21T21:04:00.000Z","event":"sign-in.refused","request":"r3","client":"c1","reason":"not allowed","subject":"github:2501","user_name":"mona","lacks":"is not one of the users"}
      {"at":"2026-11-21T21:04:01.000Z","event":"consent.given","request":"r4","client":"c2","redirect_host":"127.0.0.1","resource":"https://a/mcp","scope":"read:user"}
      {"at":"2026-11-21T21:04:02.000Z","event":"cut o\
      """;

  @TempDir private Path folder;

  @Test
  void tellsTheJourneyAroundTheReference() throws IOException {
    assertThat(trace().of("r3"))
        .hasSize(4)
        .anyMatch(line -> line.startsWith("  2026-11-21T21:03:00") && line.contains("registered"))
        .anyMatch(
            line ->
                line.startsWith("> ")
                    && line.contains(
                        "refused: not allowed. mona (github:2501) is not one of the users."))
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

  /** A client with a metadata document has one id for everybody who uses it. */
  @Test
  void tellsOneSignInOfManyWithTheSameClient() throws IOException {
    StringBuilder stream = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      int minute = 10 + i / 10;
      stream.append(
          """
          {"at":"2026-11-21T21:%1$d:%2$02d.000Z","event":"consent.given","request":"c%3$d","client":"https://x/c","redirect_host":"127.0.0.1","resource":"https://a/mcp","scope":"read:user"}
          {"at":"2026-11-21T21:%1$d:%2$02d.500Z","event":"grant.created","request":"g%3$d","grant":"grant-%3$d","client":"https://x/c","subject":"github:%3$d","user_name":"user-%3$d","resource":"https://a/mcp","scope":"read:user"}
          {"at":"2026-11-21T21:%1$d:%2$02d.700Z","event":"code.redeemed","request":"t%3$d","grant":"grant-%3$d","client":"https://x/c"}
          """
              .formatted(minute, i % 10 * 5, i));
    }
    for (int i = 0; i < 100; i++) {
      stream.append(
          """
          {"at":"2026-11-21T22:10:00.000Z","event":"refresh.rotated","request":"f%d","grant":"grant-7","client":"https://x/c"}
          """
              .formatted(i));
    }

    List<String> story = trace(stream.toString()).of("t7");

    assertThat(story)
        .hasSizeLessThan(18)
        .anyMatch(line -> line.contains("user-7 signed in"))
        .anyMatch(line -> line.startsWith("> ") && line.contains("exchanged its code"))
        .anyMatch(line -> line.contains("more events of the same grant are left out"))
        .noneMatch(line -> line.contains("user-6") || line.contains("user-8"));
    assertThat(story.stream().filter(line -> line.contains("approved it"))).hasSize(1);
    assertThat(trace(stream.toString()).of("c7"))
        .anyMatch(line -> line.contains("user-7 signed in"));
  }

  @Test
  void explainsAnEventThatItDoesNotKnow() throws IOException {
    assertThat(
            trace(
                    """
                    {"at":"2026-11-21T21:03:00.000Z","event":"something.new","request":"r9","client":"c","reason":"unheard_of"}
                    """)
                .of("r9"))
        .first()
        .asString()
        .contains("something.new", "unheard_of");
  }

  private SignInTrace trace() throws IOException {
    return trace(STREAM);
  }

  private SignInTrace trace(String stream) throws IOException {
    Path file = folder.resolve("audit.jsonl");
    Files.writeString(file, stream);
    return SignInTrace.read(file);
  }
}
