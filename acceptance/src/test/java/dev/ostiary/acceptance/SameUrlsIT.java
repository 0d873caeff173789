package dev.ostiary.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.policy.ResourceUri;
import dev.ostiary.protocol.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A URI that a policy accepts is the same URI to the parser of the official SDKs. */
@ExtendWith(WithProgram.class)
final class SameUrlsIT {
  private static final int CASES = 200_000;

  @Test
  void whatIsJudgedIsWhatIsRead(Npm npm, @TempDir Path folder)
      throws IOException, InterruptedException {
    Map<String, String> accepted = accepted(new Random(28));
    Path file = folder.resolve("uris.txt");
    Files.write(file, accepted.keySet(), UTF_8);

    JsonNode report = npm.run("urls.mjs", file.toString());

    assertThat(report.path("read").intValue()).isEqualTo(accepted.size()).isGreaterThan(4_000);
    assertThat(report.path("changed")).as("read as another URI").isEmpty();
    assertThat(report.path("refused").valueStream().map(JsonNode::asString))
        .as("nothing but names that are no encoded ones is refused, which harms nobody")
        .allMatch(uri -> uri.contains("xn--"));
    assertThat(report.path("twins")).isNotEmpty();
    for (JsonNode same : report.path("twins")) {
      assertThat(same.valueStream().map(uri -> accepted.get(uri.asString())).distinct())
          .as("one place, one judgement: " + same)
          .hasSize(1);
    }
  }

  /** By the URI, what it is judged as. */
  private static Map<String, String> accepted(Random random) {
    Map<String, String> accepted = new LinkedHashMap<>();
    Uris uris = new Uris(random);
    for (int i = 0; i < CASES; i++) {
      String uri = uris.next();
      if (ResourceUri.judged(uri) instanceof Result.Ok<String, String>(String judged)) {
        accepted.put(uri, judged);
      }
    }
    return accepted;
  }

  /** Mostly right, and wrong in every place now and then. */
  private record Uris(Random random) {
    String next() {
      String uri = scheme() + separator() + authority() + path() + query();
      return random.nextInt(12) == 0 ? mutated(uri) : uri;
    }

    private String scheme() {
      return oneOf(
          "docs", "docs", "file", "file", "http", "https", "ws", "ftp", "urn", "a+b.c", "X");
    }

    private String separator() {
      return oneOf("://", "://", "://", "://", "://", ":", ":/", ":///", "://///", ":\\\\");
    }

    private String authority() {
      return switch (random.nextInt(8)) {
        case 0, 1 -> "";
        case 2 ->
            oneOf("localhost", "a.b", "A.B", "127.0.0.1", "127.1", "0x7f.1", "1.2.3.256", "1.02");
        case 3 ->
            oneOf("a.", ".a", "..", "xn--a", "xn--bcher-kva.de", "a_b", "a-.b", "-", "[::1]", "~");
        case 4 -> segment() + oneOf("", ":80", ":443", ":8080", ":080", ":", ":99999", ":0");
        case 5 -> oneOf("user@a", "a%20b", "a%2Eb", "a%C3%A9", "é", "%41", "a!$&'()*+,;=");
        default -> segment();
      };
    }

    private String path() {
      StringBuilder path = new StringBuilder();
      for (int i = random.nextInt(4); i > 0; i--) {
        path.append(oneOf("/", "/", "/", "/", "/", "//", "\\", "%2F")).append(segment());
      }
      return path.append(oneOf("", "", "/")).toString();
    }

    private String query() {
      return switch (random.nextInt(8)) {
        case 0 -> "?" + segment() + oneOf("", "=", "=%26", "='", "=%27", "=a/b?c", "=..", "=[]");
        case 1 -> oneOf("?", "#", "#f", "?#", "?a#b", "? ", "?é");
        default -> "";
      };
    }

    private String segment() {
      StringBuilder segment = new StringBuilder();
      for (int i = random.nextInt(4); i >= 0; i--) {
        segment.append(
            oneOf(
                "a",
                "b",
                "Ab",
                "1",
                "a",
                "b",
                "c",
                "d",
                "x",
                "y",
                "%20",
                "%C3%A9",
                "%26",
                "!",
                ".",
                "..",
                "-",
                "_",
                "~",
                "%20",
                "%2e",
                "%2E",
                "%25",
                "%3F",
                "%26",
                "&",
                "%2A",
                "*",
                "!",
                "%21",
                "'",
                "(",
                "%28",
                ";",
                "%3B",
                ":",
                "@",
                "%40",
                "+",
                "%2B",
                ",",
                "=",
                "$",
                "%C3%A9",
                "%c3%a9",
                "%EF%BC%8E",
                "%41",
                "%00",
                "\t",
                " ",
                "|",
                "^",
                "`",
                "{",
                "\"",
                "<",
                "é",
                "%",
                "%zz",
                octet()));
      }
      return segment.toString();
    }

    private String octet() {
      return "%" + HexFormat.of().withUpperCase().toHexDigits((byte) random.nextInt(256));
    }

    private String mutated(String uri) {
      int at = random.nextInt(uri.length() + 1);
      String extra = oneOf(" ", "\t", "%0A", "/", ".", "\\", "a", ":", "?", "#", "@");
      return uri.substring(0, at) + extra + uri.substring(at);
    }

    private String oneOf(String... choices) {
      return choices[random.nextInt(choices.length)];
    }
  }
}
