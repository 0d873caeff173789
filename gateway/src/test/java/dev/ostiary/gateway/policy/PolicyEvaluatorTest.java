package dev.ostiary.gateway.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.mcp.Message;
import dev.ostiary.mcp.Message.WellFormed;
import dev.ostiary.protocol.Scopes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PolicyEvaluatorTest {
  private static final Policy POLICY =
      Policy.builder()
          .scope(OfferedScope.of("read", "").asDefault())
          .scope(OfferedScope.of("write", "").implying("read"))
          .scope(OfferedScope.of("admin", "").implying("write"))
          .scope(OfferedScope.of("audit", ""))
          .tool("*", RequiredScopes.of("read"))
          .tool("write_*", RequiredScopes.of("write"))
          .tool("*_admin", RequiredScopes.of("admin"))
          .tool("write_note", RequiredScopes.of("read"))
          .tool("drop", RequiredScopes.DENIED)
          .tool("free", RequiredScopes.NOTHING)
          .tool("both", RequiredScopes.of("read", "audit"))
          .tool("either", new RequiredScopes.AnyOf(List.of(Scopes.of("audit"), Scopes.of("admin"))))
          .tool(
              Rule.of("edit", RequiredScopes.of("admin"))
                  .when(Condition.in("kind", "root", "system")))
          .tool(
              Rule.of("edit", RequiredScopes.of("write"))
                  .when(Condition.prefix("at.path", "/pub/")))
          .tool(Rule.of("edit", RequiredScopes.DENIED).when(Condition.equalTo("kind", "never")))
          .resource("docs://*", RequiredScopes.of("read"))
          .resource("docs://secret/*", RequiredScopes.of("admin"))
          .prompt("greet", RequiredScopes.NOTHING)
          .method("tasks/*", RequiredScopes.of("write"))
          .method("prompts/list", RequiredScopes.of("audit"))
          .build();

  private final ReadOnlyHints hints = new ReadOnlyHints();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "look | read | allowed",
        "look | | read",
        "look | write | allowed",
        "look | admin | allowed",
        "look | audit | read",
        "write_page | read | write",
        "write_page | admin | allowed",
        "write_note | read | allowed",
        "write_admin | write | write admin",
        "free | | allowed",
        "both | | read audit",
        "both | admin | read audit",
        "both | admin audit | allowed",
        "either | | audit",
        "either | admin | allowed",
        "drop | admin audit | denied",
        "Drop | read | allowed",
      })
  void theMostSpecificRuleHolds(String tool, String held, String verdict) {
    assertThat(judge("tools/call", "\"name\":\"" + tool + "\"", held)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"kind\":\"root\"} | write | admin",
        "{\"kind\":\"system\",\"at\":{\"path\":\"/pub/x\"}} | write | admin",
        "{\"kind\":\"other\",\"at\":{\"path\":\"/pub/x\"}} | read | write",
        "{\"kind\":\"never\"} | admin | denied",
        "{\"kind\":\"other\"} | | read",
        "{\"kind\":[\"root\"]} | read | allowed",
        "{\"kind\":null} | read | allowed",
        "{} | read | allowed",
        "{\"kind\":\"other\",\"kind\":\"root\"} | admin | unclear",
        "{\"Kind\":\"root\"} | admin | unclear",
        "{\"at\":{\"path\":\"/pub/../etc\"}} | admin | unclear",
        "{\"at\":{\"path\":\"/pub/%2e%2E/etc\"}} | admin | unclear",
        "{\"at\":{\"path\":\"..\\\\x\"}} | admin | unclear",
        "{\"at\":{\"path\":\"a..b\"}} | read | allowed",
        "{\"at\":{\"path\":\"/pub/..%00\"}} | admin | unclear",
        "{\"at\":{\"path\":\"/pub/%25252e%25252e/etc\"}} | admin | unclear",
        "{\"at\":{\"path\":\"/pub/%2%352e./etc\"}} | admin | unclear",
        "{\"at\":{\"path\":\"/pub/%c0%ae%c0%ae/etc\"}} | admin | unclear",
        "{\"at\":{\"path\":\"/pub/\\uff0e\\uff0e\\uff0fetc\"}} | admin | unclear",
        "{\"at\":{\"path\":\"/pub/\\u2025/etc\"}} | admin | unclear",
        "{\"at\":{\"path\":\"/pub/.\\t./etc\"}} | admin | unclear",
        "{\"at\":{\"path\":\"/pub/.. /etc\"}} | admin | unclear",
        "{\"at\":{\"path\":\"/pub/a\\u0000b\"}} | admin | unclear",
        "{\"at\":{\"path\":\"/%70ub/a\"}} | admin | unclear",
        "{\"at\":{\"path\":\"//pub/a\"}} | admin | unclear",
        "{\"at\":{\"path\":\"/pub/100%.txt\"}} | read | write",
        "\"root\" | admin | unclear",
      })
  void argumentsDecideWhereARuleAsksForThem(String arguments, String held, String verdict) {
    assertThat(judge("tools/call", "\"name\":\"edit\",\"arguments\":" + arguments, held))
        .isEqualTo(verdict);
  }

  @Test
  void argumentsThatNoRuleAsksForAreNotRead() {
    assertThat(judge("tools/call", "\"name\":\"free\",\"arguments\":{\"a\":1,\"a\":2,\"A\":3}", ""))
        .isEqualTo("allowed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "resources/read | \"uri\":\"docs://a\" | read | allowed",
        "resources/read | \"uri\":\"docs://secret/a\" | read | admin",
        "resources/read | \"uri\":\"docs://a/../secret/a\" | admin | denied",
        "resources/read | \"uri\":\"other://a\" | admin | denied",
        "resources/read | \"uri\":5 | admin | unclear",
        "resources/subscribe | \"uri\":\"docs://secret/a\" | read | admin",
        "resources/subscribe | \"x\":1 | admin | unclear",
        "resources/subscribe |"
            + " \"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"} | admin |"
            + " denied",
        "resources/unsubscribe | \"uri\":\"docs://secret/a\" | read | admin",
        "resources/unsubscribe | \"uri\":\"DOCS://a\" | admin | denied",
        "resources/subscribe | \"uri\":\"docs://a/\\t../secret/a\" | admin | denied",
        "resources/read | \"uri\":\" docs://secret/a\" | admin | denied",
        "resources/read | \"uri\":\"docs://SECRET/a\" | read | admin",
        "resources/read | \"uri\":\"docs://%73ecret/a\" | admin | denied",
        "completion/complete | \"ref\":{\"type\":\"ref/resource\",\"uri\":\"docs:///secret/../a\"}"
            + " | admin | denied",
        "completion/complete | \"ref\":{\"type\":\"ref/resource\",\"uri\":\"docs://secret/a\"} |"
            + " read | admin",
        "completion/complete | \"ref\":{\"type\":\"ref/resource\",\"uri\":\"docs://{p}/a\"} | read"
            + " | admin read",
        "completion/complete | \"ref\":{\"type\":\"ref/resource\",\"uri\":\"docs://open{/p*}\"} | |"
            + " read",
        "completion/complete | \"ref\":{\"type\":\"ref/resource\",\"uri\":\"DOCS://open/{p}\"} |"
            + " admin | denied",
        "completion/complete | \"ref\":{\"type\":\"ref/resource\",\"uri\":\"{any}://x\"} | admin |"
            + " denied",
        "subscriptions/listen | \"notifications\":{\"resourceSubscriptions\":[\"docs:/secret/a\"]}"
            + " | admin | denied",
        "prompts/get | \"name\":\"greet\" | | allowed",
        "prompts/get | \"name\":\"other\" | admin | denied",
        "completion/complete | \"ref\":{\"type\":\"ref/prompt\",\"name\":\"greet\"} | | allowed",
        "completion/complete | \"ref\":{\"type\":\"ref/resource\",\"uri\":\"docs://{p}\"} | read |"
            + " admin read",
        "completion/complete | \"ref\":{\"type\":\"ref/resource\",\"uri\":\"docs://secret/{p}\"}"
            + " | read | admin",
        "completion/complete | \"ref\":{\"type\":\"ref/else\",\"name\":\"greet\"} | | unclear",
        "completion/complete | \"x\":1 | admin | unclear",
        "subscriptions/listen | \"notifications\":{\"toolsListChanged\":true} | | allowed",
        "subscriptions/listen | \"notifications\":{\"resourceSubscriptions\":[\"docs://a\","
            + "\"docs://secret/a\"]} | | read admin",
        "subscriptions/listen | \"notifications\":{\"resourceSubscriptions\":[\"other://a\"]} |"
            + " admin | denied",
        "subscriptions/listen | \"notifications\":{\"resourceSubscriptions\":[5]} | admin |"
            + " unclear",
        "tools/call | \"name\":[\"drop\"] | admin | unclear",
        "tools/call | \"name\":\"look\\u0000\" | admin | unclear",
        "prompts/get | \"name\":\"greet\\ud800\" | admin | unclear",
        "Tools/call | \"name\":\"look\" | admin | unclear",
        "tools/list | \"x\":1 | | allowed",
        "prompts/list | \"x\":1 | | audit",
        "server/discover | \"x\":1 | | allowed",
        "logging/setLevel | \"x\":1 | | allowed",
        "tasks/get | \"taskId\":\"1\" | | write",
        "vendor/thing | \"x\":1 | admin | denied",
      })
  void everyMethodIsJudgedByWhatItUses(String method, String params, String held, String verdict) {
    assertThat(judge(method, params, held)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tools/call", "notifications/x"})
  void aMessageThatWaitsForNoResponseIsJudgedTheSame(String method) {
    WellFormed notification =
        message(
            ("{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":{\"name\":\"drop\"}}")
                .getBytes(UTF_8));

    assertThat(word(evaluator(POLICY).judge(notification, Scopes.none(), new ReadOnlyHints())))
        .isEqualTo(method.equals("tools/call") ? "denied" : "allowed");
  }

  @Test
  void readOnlyModeGoesByTheListsThatCameByAndThePolicyFirst() {
    Policy policy =
        Policy.builder()
            .tool(Rule.of("marked", RequiredScopes.NOTHING).readOnly(true))
            .tool(Rule.of("mistrusted*", RequiredScopes.NOTHING).readOnly(false))
            .otherwise(RequiredScopes.NOTHING)
            .readOnly(true)
            .build();
    PolicyEvaluator evaluator = evaluator(policy);
    assertThat(call(evaluator, "listed")).isEqualTo("denied");
    assertThat(call(evaluator, "marked")).isEqualTo("allowed");

    String list =
        "{\"result\":{\"tools\":[{\"name\":\"listed\",\"annotations\":{\"readOnlyHint\":true}},"
            + "{\"name\":\"mistrusted_1\",\"annotations\":{\"readOnlyHint\":true}},"
            + "{\"name\":\"marked\"},{\"name\":\"other\"}]}}";
    assertThat(shown(evaluator, list))
        .contains("listed", "marked")
        .doesNotContain("mistr", "other");

    assertThat(call(evaluator, "listed")).isEqualTo("allowed");
    assertThat(call(evaluator, "mistrusted_1")).isEqualTo("not read-only");
    assertThat(call(evaluator, "other")).isEqualTo("not read-only");
    assertThat(call(evaluator, "unheard-of")).isEqualTo("denied");
    shown(evaluator, "{\"result\":{\"tools\":[{\"name\":\"listed\"}]}}");
    assertThat(call(evaluator, "listed")).isEqualTo("not read-only");
  }

  @Test
  void rememberedMarksAreBounded() {
    ReadOnlyHints hints = new ReadOnlyHints();
    for (int i = 0; i < 5000; i++) {
      hints.note("tool" + i, new ReadOnlyHints.Hint(true, true));
    }
    hints.note("x".repeat(600), new ReadOnlyHints.Hint(true, true));

    assertThat(hints.readOnly("tool0")).isTrue();
    assertThat(hints.readOnly("tool4999")).isNull();
    hints.note("tool0", new ReadOnlyHints.Hint(false, false));
    assertThat(hints.readOnly("tool0")).isFalse();
  }

  @Test
  void templatesAreShownIfSomeOfTheirResourcesAre() {
    Policy policy =
        Policy.builder()
            .scope(OfferedScope.of("read", ""))
            .resource("docs://open/*", RequiredScopes.NOTHING)
            .resource("docs://*", RequiredScopes.of("read"))
            .resource("docs://shut/*", RequiredScopes.DENIED)
            .listed(Listed.USABLE)
            .build();
    String list =
        "{\"result\":{\"resourceTemplates\":[{\"uriTemplate\":\"docs://{p}\"},"
            + "{\"uriTemplate\":\"docs://closed/{p}\"},{\"uriTemplate\":\"docs://shut/{p}\"},"
            + "{\"uriTemplate\":\"else://{p}\"}]}}";

    assertThat(shown(evaluator(policy), "resources/templates/list", list))
        .contains("docs://{p}")
        .doesNotContain("closed", "shut", "else");
    assertThat(shown(evaluator(policy.listed(Listed.REACHABLE)), "resources/templates/list", list))
        .contains("docs://{p}", "closed")
        .doesNotContain("shut", "else");
  }

  /** Extension io.modelcontextprotocol/ui: pages of apps, and tools that only an app calls. */
  @Test
  void appsAreUnderTheSameRules() {
    Policy policy =
        Policy.builder()
            .scope(OfferedScope.of("apps", ""))
            .tool("show_board", RequiredScopes.NOTHING)
            .tool("move_card", RequiredScopes.DENIED)
            .resource("ui://board/*", RequiredScopes.NOTHING)
            .resource("ui://admin/*", RequiredScopes.of("apps"))
            .listed(Listed.USABLE)
            .build();
    PolicyEvaluator evaluator = evaluator(policy);
    String tools =
        "{\"result\":{\"tools\":[{\"name\":\"show_board\","
            + "\"_meta\":{\"ui\":{\"resourceUri\":\"ui://board/main.html\"}}},"
            + "{\"name\":\"move_card\",\"_meta\":{\"ui\":{\"visibility\":[\"app\"]}}}]}}";
    String resources =
        "{\"result\":{\"resources\":[{\"uri\":\"ui://board/main.html\"},"
            + "{\"uri\":\"ui://admin/main.html\"}]}}";

    assertThat(shown(evaluator, tools)).contains("show_board").doesNotContain("move_card");
    assertThat(call(evaluator, "move_card")).isEqualTo("denied");
    assertThat(shown(evaluator, "resources/list", resources))
        .contains("ui://board/main.html")
        .doesNotContain("admin");
    assertThat(read(evaluator, "ui://board/main.html")).isEqualTo("allowed");
    assertThat(read(evaluator, "ui://admin/main.html")).isNotEqualTo("allowed");
    assertThat(read(evaluator, "ui://board/../admin/main.html")).isNotEqualTo("allowed");
  }

  private String read(PolicyEvaluator evaluator, String uri) {
    return word(
        evaluator.judge(
            request("resources/read", "\"uri\":\"" + uri + "\""), Scopes.none(), hints));
  }

  private static String judge(String method, String params, String held) {
    WellFormed message =
        message(
            ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\""
                    + method
                    + "\",\"params\":{"
                    + params
                    + "}}")
                .getBytes(UTF_8));
    Scopes scopes = held == null || held.isEmpty() ? Scopes.none() : Scopes.of(held.split(" "));
    return word(evaluator(POLICY).judge(message, scopes, new ReadOnlyHints()));
  }

  private String call(PolicyEvaluator evaluator, String tool) {
    return word(
        evaluator.judge(request("tools/call", "\"name\":\"" + tool + "\""), Scopes.none(), hints));
  }

  private String shown(PolicyEvaluator evaluator, String list) {
    return shown(evaluator, "tools/list", list);
  }

  private String shown(PolicyEvaluator evaluator, String method, String list) {
    byte[] shown =
        evaluator
            .listFilter(request(method, ""), Scopes.none(), hints)
            .orElseThrow()
            .apply(list.getBytes(UTF_8))
            .orElseThrow();
    return new String(shown, UTF_8);
  }

  private static WellFormed request(String method, String params) {
    return message(
        ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + params + "}}")
            .getBytes(UTF_8));
  }

  private static WellFormed message(byte[] content) {
    return (WellFormed) Message.scan(content);
  }

  private static PolicyEvaluator evaluator(Policy policy) {
    return new PolicyEvaluator(policy);
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Allowed _ -> "allowed";
      case Verdict.ScopeMissing(Scopes needed) -> needed.toWire();
      case Verdict.Denied(var denials) ->
          switch (denials.values().iterator().next()) {
            case Denial.Unclear _ -> "unclear";
            case Denial.NotReadOnly _ -> "not read-only";
            default -> "denied";
          };
    };
  }
}
