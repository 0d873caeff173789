package dev.ostiary.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.http.Headers;
import dev.ostiary.requirements.Requirement;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What reaches a backend was judged: tried with bodies that are nearly clear, in every revision.
 */
final class ForwardedContentTest {
  private static final int CASES = 6_000;
  private static final String META =
      "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
          + "\"io.modelcontextprotocol/clientCapabilities\":{}}";

  private final ForwardedContent gateway = new ForwardedContent();

  /** The case that was found in the field, in each of its shapes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"read\","
            + "\"name\":\"drop\",\"arguments\":{}}}]",
        "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"},{\"id\":2,\"method\":\"tools/call\","
            + "\"params\":{\"name\":\"drop\"}}]",
        "[[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"drop\"}}]]",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\",\"params\":{\"name\":\"drop\"}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"notifications/x\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"TOOLS/CALL\",\"params\":{\"name\":\"drop\"}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\\u0000\",\"params\":{\"name\":\"drop\"}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"drop\\u0000\"}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{},\"Method\":\"tools/call\",\"params\":{\"name\":"
            + "\"drop\"}}",
        "\ufeff{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}"
      })
  @Requirement("T-22")
  void nothingUnclearReachesABackend(String content) {
    for (String version :
        List.of("", "2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28")) {
      assertThat(gateway.send(content.getBytes(UTF_8), headers(version, "tools/call", "read")))
          .as(version)
          .isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"})
  void whateverReachesABackendMeansNothingThatIsDenied(String version) {
    Bodies bodies = new Bodies(new Random(version.hashCode()), version.equals("2026-07-28"));
    int reached = 0;
    for (int i = 0; i < CASES; i++) {
      String method = bodies.method();
      String name = bodies.name();
      byte[] content = bodies.content(method, name).getBytes(UTF_8);
      reached += gateway.send(content, headers(version, method, name)) ? 1 : 0;
    }
    assertThat(reached).isLessThan(CASES * 9 / 10);
    assertThat(reached).isGreaterThan(CASES / 50);
  }

  static Headers headers(String version, String method, String name) {
    Headers headers =
        method.matches("[!-~]*") && name.matches("[!-~]*")
            ? Headers.of("Mcp-Method", method, "Mcp-Name", name)
            : Headers.none();
    return version.isEmpty() ? headers : headers.with("MCP-Protocol-Version", version);
  }

  /** Messages with something wrong now and then. */
  private static final class Bodies {
    private final Random random;
    private final boolean modern;

    Bodies(Random random, boolean modern) {
      this.random = random;
      this.modern = modern;
    }

    String method() {
      return oneOf(
          "tools/call",
          "tools/call",
          "tools/call",
          "prompts/get",
          "resources/read",
          "completion/complete",
          "vendor/drop",
          "ping",
          "tools/list",
          "notifications/initialized",
          "Tools/Call",
          "");
    }

    String name() {
      return oneOf("read", "read", "read", "drop", "scoped", "send", "Drop", "x://drop/1", "x://a");
    }

    String content(String method, String name) {
      String message = message(method, name);
      return switch (random.nextInt(10)) {
        case 0 -> "[" + message + "]";
        case 1 -> "[" + message + "," + message(method(), name()) + "]";
        case 2 -> "[[" + message + "]]";
        case 3 ->
            oneOf(" \n", "\ufeff", "\u0000", "") + message + oneOf(" ", "", "]", "{}", "\n\t");
        case 4 -> cut(message);
        default -> message;
      };
    }

    /** One character goes, or is there once more. */
    private String cut(String message) {
      int at = random.nextInt(message.length());
      return message.substring(0, at)
          + message.substring(at + 1 - 2 * random.nextInt(2) * sign(at));
    }

    private static int sign(int at) {
      return at > 0 ? 1 : 0;
    }

    private String message(String method, String name) {
      return members(
          () -> member("jsonrpc", "\"2.0\""),
          () -> sometimes(8, member("id", oneOf("1", "\"a\"", "1", "2", "null", "1.5"))),
          () -> member("method", text(method)),
          () -> member("params", params(name)),
          () -> sometimes(1, member("result", "{}")));
    }

    private String params(String name) {
      return members(
          () -> member("name", text(name)),
          () -> sometimes(4, member("uri", text(name))),
          () ->
              sometimes(5, member("arguments", members(() -> member("to", oneOf("\"all\"", "1"))))),
          () -> sometimes(5, member("ref", reference())),
          () -> modern ? META : sometimes(1, META));
    }

    private String reference() {
      return members(
          () -> member("type", oneOf("\"ref/prompt\"", "\"ref/resource\"")),
          () -> member("name", text(name())));
    }

    /** In any order, and one of them twice now and then. */
    @SafeVarargs
    private String members(Supplier<String>... each) {
      StringBuilder members = new StringBuilder("{");
      int first = random.nextInt(each.length);
      int extra = random.nextInt(20) == 0 ? 1 : 0;
      for (int i = 0; i < each.length + extra; i++) {
        String member = each[(first + i) % each.length].get();
        if (!member.isEmpty()) {
          members.append(members.length() == 1 ? "" : ",").append(member);
        }
      }
      return members.append('}').toString();
    }

    private String member(String name, String value) {
      String written =
          random.nextInt(60) == 0
              ? name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1)
              : name;
      return "\"" + (random.nextInt(60) == 0 ? escaped(written) : written) + "\":" + value;
    }

    private String text(String value) {
      String written = random.nextInt(40) == 0 ? value + oneOf("\\u0000", " ", "\\t") : value;
      return "\"" + (random.nextInt(40) == 0 ? escaped(written) : written) + "\"";
    }

    /** The first character as an escape of six. */
    private static String escaped(String text) {
      return text.isEmpty() || text.charAt(0) == '\\'
          ? text
          : String.format("\\u%04x", (int) text.charAt(0)) + text.substring(1);
    }

    private String sometimes(int ofTen, String member) {
      return random.nextInt(10) < ofTen ? member : "";
    }

    private String oneOf(String... choices) {
      return choices[random.nextInt(choices.length)];
    }
  }
}
