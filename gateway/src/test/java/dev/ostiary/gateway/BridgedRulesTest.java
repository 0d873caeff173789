package dev.ostiary.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.RawCaller.Said;
import dev.ostiary.gateway.ScriptedChannels.Line;
import dev.ostiary.requirements.Requirement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What holds for messages of the modern era that pass holds as well where they are translated. */
final class BridgedRulesTest {
  private static final String VERSION = "MCP-Protocol-Version: ";
  private static final String PREFIX = "\"io.modelcontextprotocol/";

  private LiveEras eras;

  @BeforeEach
  void start() throws Exception {
    eras = new LiveEras(ScriptedChannels.legacy("{\"tools\":{}}"));
  }

  @AfterEach
  void stop() throws Exception {
    eras.close();
  }

  private Said list(String version, String meta) throws Exception {
    String body = LiveBridge.request(7, "tools/list", meta);
    return eras.raw(body, VERSION + version, "Mcp-Method: tools/list").answer();
  }

  @Test
  @Requirement("T-5")
  void notificationsAreAcceptedWithoutContent() throws Exception {
    String body = LiveBridge.notification("notifications/anything", "");

    Said accepted = eras.raw(body, VERSION + "2026-07-28").answer();
    Said refused = eras.raw(body, VERSION + "2027-01-01").answer();

    assertThat(accepted.status()).isEqualTo(202);
    assertThat(accepted.content()).isEmpty();
    assertThat(refused.status()).isEqualTo(400);
    assertThat(eras.channels.opened).isEmpty();
  }

  @Test
  @Requirement("T-13")
  void anotherVersionIsRefusedWithTheOneThatIsDiscovered() throws Exception {
    String meta =
        "\"_meta\":{%sprotocolVersion\":\"2027-01-01\",%<sclientCapabilities\":{}}"
            .formatted(PREFIX);

    Said said = list("2027-01-01", meta);

    assertThat(said.status()).isEqualTo(400);
    assertThat(said.code()).isEqualTo(-32022);
    JsonNode data = said.json().at("/error/data");
    assertThat(data.path("requested").asString()).isEqualTo("2027-01-01");
    assertThat(eras.channels.opened).isEmpty();
    assertThat(data.path("supported"))
        .isEqualTo(
            eras.modern("server/discover", "").answer().json().at("/result/supportedVersions"));
  }

  @Test
  @Requirement("T-23")
  void metaHasAVersionAndCapabilitiesAndMayHaveAClientsInfo() throws Exception {
    eras.channels.answers.put("tools/list", "\"result\":{\"tools\":[]}");
    String version = PREFIX + "protocolVersion\":\"2026-07-28\"";
    String capabilities = PREFIX + "clientCapabilities\":{}";

    for (String meta :
        List.of(
            "",
            "\"_meta\":{}",
            "\"_meta\":{" + version + "}",
            "\"_meta\":{" + capabilities + "}",
            "\"_meta\":{" + version + "," + capabilities.replace("{}", "5") + "}")) {
      Said said = list("2026-07-28", meta);
      assertThat(said.status()).as(meta).isEqualTo(400);
      assertThat(said.code()).as(meta).isEqualTo(-32602);
    }
    assertThat(eras.channels.opened).isEmpty();
    assertThat(list("2026-07-28", "\"_meta\":{" + version + "," + capabilities + "}").status())
        .isEqualTo(200);
  }

  /** Whatever the backend says, which knows nothing of caches: each grant asks for itself. */
  @Test
  @Requirement("T-30")
  void everyPageIsForItsGrantAlone() throws Exception {
    List<String> scopes = new ArrayList<>();
    for (String page : List.of("", "\"cursor\":\"2\"")) {
      eras.channels.answers.put(
          "tools/list",
          page.isEmpty()
              ? "\"result\":{\"tools\":[],\"nextCursor\":\"2\",\"cacheScope\":\"public\",\"ttlMs\":9}"
              : "\"result\":{\"tools\":[]}");
      JsonNode result = eras.modern("tools/list", page).answer().json().path("result");
      scopes.add(result.path("cacheScope").asString());
      assertThat(result.path("ttlMs").asInt(-1)).isZero();
    }
    Line first = eras.channels.line();
    eras.modern("again", "tools/list", "", "{}", "").answer();
    Line second = eras.channels.line();

    assertThat(scopes).containsExactly("private", "private");
    assertThat(first.methods.stream().filter("tools/list"::equals)).hasSize(2);
    assertThat(second.methods).containsOnlyOnce("tools/list");
  }

  @Test
  @Requirement({"T-25", "T-59"})
  void toolsAreTheSameOnEveryConnectionAndAfterEveryRequest() throws Exception {
    eras.channels.answers.put(
        "tools/list", "\"result\":{\"tools\":[{\"name\":\"b\"},{\"name\":\"a\"}]}");
    eras.channels.answers.put("tools/call", "\"result\":{\"content\":[]}");
    String before = eras.modern("tools/list", "").answer().content();
    eras.modern("tools/call", "\"name\":\"a\"").answer();
    eras.modern("tools/call", "\"name\":\"none\"").answer();
    eras.modern("again", "server/discover", "", "{\"sampling\":{}}", "").answer();

    assertThat(before).contains("\"b\"");
    assertThat(eras.modern("tools/list", "").answer().content()).isEqualTo(before);
    assertThat(eras.modern("again", "tools/list", "", "{}", "").answer().content())
        .isEqualTo(before);
    assertThat(eras.modern("good", "tools/list", "", "{\"elicitation\":{}}", "").answer().content())
        .isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"tools\":{}}",
        "{\"prompts\":{}}",
        "{\"resources\":{}}",
        "{\"completions\":{}}",
        "{\"tools\":{},\"prompts\":{},\"resources\":{},\"completions\":{}}"
      })
  @Requirement("T-60")
  void whatIsDiscoveredWorksAndNothingElse(String capabilities) throws Exception {
    eras.close();
    eras = new LiveEras(ScriptedChannels.legacy(capabilities));
    List<String> methods =
        List.of(
            "tools/list",
            "tools/call",
            "prompts/list",
            "prompts/get",
            "resources/list",
            "resources/templates/list",
            "resources/read",
            "completion/complete");
    methods.forEach(method -> eras.channels.answers.put(method, "\"result\":{}"));
    JsonNode declared =
        eras.modern("server/discover", "").answer().json().at("/result/capabilities");

    assertThat(declared.toString()).isEqualTo(capabilities);
    for (String method : methods) {
      String group = method.replaceFirst("/.*", "").replace("completion", "completions");
      Said said = eras.modern(method, parameters(method)).answer();
      assertThat(said.status()).as(method).isEqualTo(declared.has(group) ? 200 : 404);
      assertThat(said.code()).as(method).isEqualTo(declared.has(group) ? 0 : -32601);
    }
  }

  private static String parameters(String method) {
    return switch (method) {
      case "tools/call", "prompts/get" -> "\"name\":\"a\"";
      case "resources/read" -> "\"uri\":\"a:/1\"";
      case "completion/complete" ->
          "\"ref\":{\"type\":\"ref/prompt\",\"name\":\"a\"},"
              + "\"argument\":{\"name\":\"a\",\"value\":\"\"}";
      default -> "";
    };
  }
}
