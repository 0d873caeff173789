package dev.ostiary.checker.checks;

import static dev.ostiary.checker.Need.FLOW;
import static dev.ostiary.checker.Need.MODERN;
import static dev.ostiary.checker.Need.THOROUGH;
import static dev.ostiary.checker.Specification.CHALLENGE;
import static dev.ostiary.checker.server.Verdict.broken;
import static dev.ostiary.checker.server.Verdict.holds;
import static dev.ostiary.checker.server.Verdict.untested;

import dev.ostiary.checker.Check;
import dev.ostiary.checker.http.Answer;
import dev.ostiary.checker.server.ChallengeField;
import dev.ostiary.checker.server.Mcp;
import dev.ostiary.checker.server.TargetServer;
import dev.ostiary.checker.server.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a token that is good, but not for this, is answered. MCP authorization, Step-Up. */
final class StepUpChecks {
  private static final int MOST_TOOLS = 20;

  private StepUpChecks() {}

  static List<Check> all() {
    return List.of(
        Check.should(
                "step-up-challenge", CHALLENGE, "Where a scope is missing the challenge says which")
            .section(
                "MCP authorization, Runtime Insufficient Scope Errors; RFC 6750 §3.1",
                "A-23",
                "A-24")
            .remedy(
                "Answer 403 with error=\"insufficient_scope\", scope and resource_metadata, not"
                    + " with a result.")
            .needs(FLOW, MODERN, THOROUGH)
            .by(StepUpChecks::challenge));
  }

  /** Calls tools that say they only read, with nothing to read: until one wants another scope. */
  private static Verdict challenge(TargetServer target) throws IOException {
    Answer tools = target.mcp().modern("tools/list", JsonNodeFactory.instance.objectNode());
    List<JsonNode> harmless =
        tools.result().stream()
            .flatMap(result -> result.path("tools").valueStream())
            .filter(tool -> tool.path("annotations").path("readOnlyHint").asBoolean(false))
            .limit(MOST_TOOLS)
            .toList();
    for (JsonNode tool : harmless) {
      Answer answer = call(target, tool.path("name").asString(""));
      if (answer.status() == 403) {
        return judge(answer);
      }
    }
    return untested("a tool that only reads and wants a scope that was not granted");
  }

  private static Answer call(TargetServer target, String name) throws IOException {
    ObjectNode params = JsonNodeFactory.instance.objectNode().put("name", name);
    params.putObject("arguments");
    String version = "2026-07-28";
    return target
        .mcp()
        .post(
            Mcp.modernMessage("tools/call", params, version).toString(),
            Mcp.modernHeaders("tools/call", version).with("Mcp-Name", name));
  }

  private static Verdict judge(Answer answer) {
    Optional<String> header = answer.header("WWW-Authenticate");
    if (header.isEmpty()) {
      return broken("the 403 has no challenge");
    }
    ChallengeField field = ChallengeField.parse(header.get());
    for (String name : List.of("error", "scope", "resource_metadata")) {
      if (field.parameter(name).isEmpty()) {
        return broken("the challenge has no " + name);
      }
    }
    String error = field.parameter("error").orElse("");
    return error.equals("insufficient_scope") ? holds() : broken("error is " + error);
  }
}
