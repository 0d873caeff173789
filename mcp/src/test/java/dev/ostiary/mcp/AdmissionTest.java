package dev.ostiary.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.mcp.Message.WellFormed;
import dev.ostiary.requirements.Requirement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {
  private static final String MODERN = "2026-07-28";
  private static final String META = meta(MODERN);

  @Nested
  class OfTheModernEra {
    @Test
    @Requirement("T-23")
    void needsNoClientInfo() {
      assertThat(modern("tools/list", META, MODERN, "tools/list", null))
          .isEqualTo(new Admission.Admitted(Revision.V2026_07_28));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{}",
          "{\"_meta\":{}}",
          "{\"_meta\":{\"io.modelcontextprotocol/clientCapabilities\":{}}}",
          "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}}",
          "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
              + "\"io.modelcontextprotocol/clientCapabilities\":[]}}",
          "{\"_meta\":5}"
        })
    @Requirement("T-23")
    void refusesARequestWithoutItsMeta(String params) {
      assertRefused(modern("tools/list", params, MODERN, "tools/list", null), 400, -32602);
    }

    @ParameterizedTest
    @CsvSource(
        nullValues = "-",
        value = {"-", "2025-11-25", "1900-01-01", "2026-07-28x", "'2026-07-28, 2026-07-28'"})
    @Requirement("T-12")
    void refusesAVersionHeaderThatIsMissingOrDiffers(@Nullable String header) {
      assertRefused(modern("tools/list", META, header, "tools/list", null), 400, -32020);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1900-01-01", "2099-01-01", "2025-11-25", ""})
    @Requirement("T-13")
    void namesTheSupportedVersionsToOneThatIsNot(String version) {
      Admission admission = modern("tools/list", meta(version), version, "tools/list", null);

      assertRefused(admission, 400, -32022);
      assertThat(json(admission))
          .contains("\"data\":{\"supported\":[\"2026-07-28\"],\"requested\":\"" + version + "\"}");
    }

    @ParameterizedTest
    @CsvSource(
        nullValues = "-",
        value = {"-", "tools/call", "TOOLS/LIST", "''", "'tools/list, tools/list'"})
    @Requirement({"T-15", "T-18"})
    void refusesAMethodHeaderThatIsMissingOrDiffers(@Nullable String header) {
      assertRefused(modern("tools/list", META, MODERN, header, null), 400, -32020);
    }

    @ParameterizedTest
    @CsvSource(
        nullValues = "-",
        value = {
          "tools/call, name, -",
          "tools/call, name, other",
          "tools/call, name, THIS",
          "tools/call, name, =?base64?dGhpcw?=",
          "prompts/get, name, -",
          "prompts/get, name, other",
          "resources/read, uri, -",
          "resources/read, uri, other",
          "resources/read, name, this",
          "tasks/get, taskId, other",
          "tasks/cancel, taskId, THIS"
        })
    @Requirement({"T-16", "T-17", "T-18"})
    void refusesANameHeaderThatIsMissingOrDiffers(
        String method, String member, @Nullable String header) {
      String params = META.replace("{\"_meta\"", "{\"" + member + "\":\"this\",\"_meta\"");

      assertRefused(modern(method, params, MODERN, method, header), 400, -32020);
    }

    @ParameterizedTest
    @CsvSource({
      "tools/call, name, this",
      "tools/call, name, =?base64?dGhpcw==?=",
      "prompts/get, name, this",
      "resources/read, uri, this",
      "tasks/get, taskId, this",
      "tasks/update, taskId, =?base64?dGhpcw==?="
    })
    @Requirement({"T-16", "T-17"})
    void admitsANameHeaderThatSaysTheSame(String method, String member, String header) {
      String params = META.replace("{\"_meta\"", "{\"" + member + "\":\"this\",\"_meta\"");

      assertThat(modern(method, params, MODERN, method, header))
          .isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void leavesANameThatIsMissingInTheContentToTheMethod() {
      assertThat(modern("tools/call", META, MODERN, "tools/call", null))
          .isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void refusesAResponse() {
      Admission admission =
          Admission.of(
              message("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}"),
              new McpHeaders(MODERN, null, null, null));

      assertRefused(admission, 400, -32600);
    }

    @ParameterizedTest
    @CsvSource(
        nullValues = "-",
        value = {
          "2026-07-28, 2026-07-28, 0",
          "2026-07-28, -, 0",
          "2026-07-28, 2025-11-25, -32020",
          "1900-01-01, 1900-01-01, -32022"
        })
    @Requirement("T-5")
    void takesANotificationByItsVersionAlone(String meta, @Nullable String header, int code) {
      Admission admission =
          Admission.of(
              message("{\"jsonrpc\":\"2.0\",\"method\":\"n\",\"params\":" + meta(meta) + "}"),
              new McpHeaders(header, null, null, null));

      if (code == 0) {
        assertThat(admission).isEqualTo(new Admission.Admitted(Revision.MODERN));
      } else {
        assertRefused(admission, 400, code);
      }
    }

    @Test
    @Requirement("T-39")
    void ignoresASession() {
      Admission admission =
          Admission.of(
              request("tools/list", META), new McpHeaders(MODERN, "tools/list", null, "some"));

      assertThat(admission).isInstanceOf(Admission.Admitted.class);
    }
  }

  @Nested
  class OfTheLegacyEra {
    @ParameterizedTest
    @CsvSource(
        nullValues = "-",
        value = {
          "-, 2025-03-26",
          "2025-03-26, 2025-03-26",
          "2025-06-18, 2025-06-18",
          "2025-11-25, 2025-11-25"
        })
    @Requirement("T-52")
    void takesTheVersionHeaderOrTheOldestRevision(@Nullable String header, String revision) {
      assertThat(legacy(header, null))
          .isEqualTo(new Admission.Admitted(Revision.of(revision).orElseThrow()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2099-01-01", "2024-11-05", "nonsense", ""})
    @Requirement("T-51")
    void refusesAnUnsupportedVersion(String header) {
      assertRefused(legacy(header, null), 400, -32022);
    }

    @Test
    void knowsNoSessions() {
      assertRefused(legacy(null, "some"), 404, -32600);
      assertThat(
              Admission.of(
                  request("initialize", "{\"protocolVersion\":\"2025-11-25\"}"),
                  new McpHeaders(null, null, null, "some")))
          .isInstanceOf(Admission.Admitted.class);
    }

    @ParameterizedTest
    @CsvSource(
        nullValues = "-",
        value = {
          "-, 0",
          "2025-03-26, 0",
          "2025-06-18, -32600",
          "2025-11-25, -32600",
          "2026-07-28, -32600",
          "2099-01-01, -32022"
        })
    @Requirement("T-53")
    void hasBatchesInItsFirstRevisionOnly(@Nullable String header, int code) {
      Admission admission =
          Admission.of(
              message("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]"),
              new McpHeaders(header, null, null, null));

      if (code == 0) {
        assertThat(admission).isEqualTo(new Admission.Admitted(Revision.V2025_03_26));
      } else {
        assertRefused(admission, 400, code);
      }
    }

    @Test
    void hasNoModernMessagesInABatch() {
      Admission admission =
          Admission.of(
              message("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":" + META + "}]"),
              new McpHeaders(null, null, null, null));

      assertRefused(admission, 400, -32600);
    }

    private Admission legacy(@Nullable String version, @Nullable String session) {
      return Admission.of(
          request("tools/list", "{}"), new McpHeaders(version, null, "ignored", session));
    }
  }

  /** Between two others, who know what they have agreed on. */
  @Nested
  class OfARelayedConversation {
    @ParameterizedTest
    @ValueSource(strings = {"2024-11-05", "2024-10-07", "2025-09-01", "2026-07-27"})
    void isJudgedByTheLatestLegacyRulesInOtherRevisions(String version) {
      assertThat(relayed(request("tools/list", "{}"), version))
          .isEqualTo(new Admission.Admitted(Revision.LATEST_LEGACY));
      assertRefused(
          relayed(message("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]"), version),
          400,
          -32600);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"2026-07-29", "2099-01-01", "DRAFT-2025-v2", "2024-11-05, 2024-11-05", ""})
    void isRefusedInRevisionsWhoseRulesNobodyKnows(String version) {
      assertRefused(relayed(request("tools/list", "{}"), version), 400, -32022);
    }

    @ParameterizedTest
    @CsvSource(
        nullValues = "-",
        value = {
          "2024-11-05, 2099-01-01, 2025-11-25",
          "2025-06-18, 2026-07-28, 2025-06-18",
          "2025-03-26, nonsense, 2025-03-26",
          "2026-07-28, 2025-11-25, 2025-03-26",
          "nonsense, -, 2025-03-26"
        })
    void beginsWithAnInitializeThatIsJudgedByItsContent(
        String asked, @Nullable String header, String rules) {
      assertThat(relayed(request("initialize", "{\"protocolVersion\":\"" + asked + "\"}"), header))
          .isEqualTo(new Admission.Admitted(Revision.of(rules).orElseThrow()));
    }

    @Test
    void hasNoInitializeInTheModernEra() {
      assertThat(
              Admission.relayed(
                  request("initialize", META),
                  new McpHeaders(MODERN, "initialize", null, null),
                  _ -> Optional.empty()))
          .isEqualTo(new Admission.Admitted(Revision.MODERN));
    }

    private Admission relayed(WellFormed message, @Nullable String version) {
      return Admission.relayed(
          message, new McpHeaders(version, null, null, null), _ -> Optional.empty());
    }
  }

  private static Admission modern(
      String method,
      String params,
      @Nullable String version,
      @Nullable String methodHeader,
      @Nullable String name) {
    return Admission.of(request(method, params), new McpHeaders(version, methodHeader, name, null));
  }

  private static String meta(String version) {
    return "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\""
        + version
        + "\",\"io.modelcontextprotocol/clientCapabilities\":{}}}";
  }

  private static WellFormed request(String method, String params) {
    return message(
        "{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"method\":\""
            + method
            + "\",\"params\":"
            + params
            + "}");
  }

  private static WellFormed message(String json) {
    return (WellFormed) Message.scan(json.getBytes(UTF_8));
  }

  private static void assertRefused(Admission admission, int status, int code) {
    assertThat(admission).isInstanceOf(Admission.Refused.class);
    Admission.Refused refused = (Admission.Refused) admission;
    assertThat(refused.status()).isEqualTo(status);
    assertThat(refused.error().code()).isEqualTo(code);
  }

  private static String json(Admission admission) {
    Admission.Refused refused = (Admission.Refused) admission;
    return new String(refused.error().toJson(refused.id()), UTF_8);
  }
}
