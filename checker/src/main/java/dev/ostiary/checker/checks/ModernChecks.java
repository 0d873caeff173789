package dev.ostiary.checker.checks;

import static dev.ostiary.checker.Need.MODERN;
import static dev.ostiary.checker.Specification.MCP_2026_07_28;
import static dev.ostiary.checker.server.Verdict.check;
import static dev.ostiary.checker.server.Verdict.inapplicable;

import dev.ostiary.checker.Check;
import dev.ostiary.checker.http.Answer;
import dev.ostiary.checker.server.Mcp;
import dev.ostiary.checker.server.TargetServer;
import dev.ostiary.checker.server.Verdict;
import dev.ostiary.http.Headers;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The revision without a handshake: everything is in each request. MCP 2026-07-28. */
final class ModernChecks {
  private static final String HTTP = "MCP 2026-07-28, Streamable HTTP";
  private static final String BASE = "MCP 2026-07-28, base protocol";
  private static final String VERSION = "2026-07-28";

  private ModernChecks() {}

  static List<Check> all() {
    return List.of(
        modern("discover-version-listed", "server/discover lists its capabilities")
            .section("MCP 2026-07-28, Discovery", "T-28")
            .remedy("Answer server/discover with supportedVersions and capabilities.")
            .needs(MODERN)
            .by(
                target ->
                    check(
                        result(discover(target)).path("capabilities").isObject(),
                        "the result has no capabilities")),
        modern("result-type", "Every result says what kind it is")
            .section(BASE, "T-26")
            .remedy("Add resultType: \"complete\" to results.")
            .needs(MODERN)
            .by(
                target ->
                    check(
                        result(discover(target)).path("resultType").isString(),
                        "the result has no resultType")),
        modern("cache-hints", "What may be cached says for how long and for whom")
            .section("MCP 2026-07-28, Caching", "T-29")
            .remedy("Add ttlMs and cacheScope to the results of lists and of server/discover.")
            .needs(MODERN)
            .by(ModernChecks::cacheHints),
        Check.should("server-named", MCP_2026_07_28, "Every result names the server")
            .section(BASE, "T-27")
            .remedy("Add io.modelcontextprotocol/serverInfo to _meta.")
            .needs(MODERN)
            .by(
                target ->
                    check(
                        result(discover(target))
                            .path("_meta")
                            .has("io.modelcontextprotocol/serverInfo"),
                        "_meta has no serverInfo")),
        modern("method-unknown-404", "An unknown method is answered 404 and -32601")
            .section(HTTP, "T-14")
            .remedy("Answer 404 with the JSON-RPC error -32601.")
            .needs(MODERN)
            .by(target -> refused(target.mcp().modern("ostiary/check", object()), 404, -32601)),
        modern("version-unsupported", "An unsupported version is answered 400 and -32022")
            .section(HTTP + "; Versioning", "T-13")
            .remedy("Answer 400 with the JSON-RPC error -32022 and data.supported.")
            .needs(MODERN)
            .by(ModernChecks::versionUnsupported),
        modern("version-header-required", "A request without its version in the header is refused")
            .section(HTTP, "T-12")
            .remedy("Answer 400 with the JSON-RPC error -32020.")
            .needs(MODERN)
            .by(target -> changed(target, "MCP-Protocol-Version", null)),
        modern(
                "version-header-compared",
                "A version in the header that is not the content's is refused")
            .section(HTTP, "T-12")
            .remedy("Compare MCP-Protocol-Version with _meta; answer 400 and -32020.")
            .needs(MODERN)
            .by(target -> changed(target, "MCP-Protocol-Version", "2025-11-25")),
        modern("method-header-required", "A request without its method in the header is refused")
            .section(HTTP, "T-15")
            .remedy("Answer 400 with the JSON-RPC error -32020.")
            .needs(MODERN)
            .by(target -> changed(target, "Mcp-Method", null)),
        modern(
                "method-header-compared",
                "A method in the header that is not the content's is refused")
            .section(HTTP, "T-15", "T-18")
            .remedy("Compare Mcp-Method with the method, with regard to case.")
            .needs(MODERN)
            .by(target -> changed(target, "Mcp-Method", "SERVER/DISCOVER")),
        modern("name-header-compared", "A name in the header that is not the content's is refused")
            .section(HTTP, "T-16", "T-17")
            .remedy("Compare Mcp-Name with params.name; answer 400 and -32020.")
            .needs(MODERN)
            .by(ModernChecks::nameCompared),
        modern("meta-required", "A request without its _meta is refused")
            .section(BASE, "T-23")
            .remedy("Answer 400 with the JSON-RPC error -32602.")
            .needs(MODERN)
            .by(ModernChecks::metaRequired),
        modern("notification-202", "A notification is accepted with 202 and no content")
            .section(HTTP, "T-5")
            .remedy("Answer 202 without content, or 4xx.")
            .needs(MODERN)
            .by(ModernChecks::notification),
        modern("batch-refused", "Several messages at once are refused")
            .section(HTTP, "T-40", "T-56")
            .remedy("Answer 400 with a JSON-RPC error.")
            .needs(MODERN)
            .by(ModernChecks::batch),
        Check.should("no-session-minted", MCP_2026_07_28, "No session is begun")
            .section(HTTP, "T-25", "T-39")
            .remedy("Send no Mcp-Session-Id to clients of this revision.")
            .needs(MODERN)
            .by(
                target ->
                    check(
                        discover(target).header("Mcp-Session-Id").isEmpty(),
                        "the answer has a Mcp-Session-Id")),
        Check.should("get-refused", MCP_2026_07_28, "GET is answered 405")
            .section(HTTP, "T-39")
            .remedy("Answer 405 with Allow: POST to clients of this revision.")
            .needs(MODERN)
            .by(ModernChecks::getRefused));
  }

  private static Check.Draft modern(String id, String title) {
    return Check.must(id, MCP_2026_07_28, title);
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static Answer discover(TargetServer target) throws IOException {
    return target.mcp().session(dev.ostiary.mcp.Revision.MODERN).first();
  }

  private static ObjectNode result(Answer answer) {
    return answer.result().orElseGet(ModernChecks::object);
  }

  private static Verdict refused(Answer answer, int status, int code) {
    return check(
        answer.status() == status && answer.rpcCode() == code,
        "the answer is " + answer.status() + " with code " + answer.rpcCode());
  }

  private static Verdict cacheHints(TargetServer target) throws IOException {
    Answer tools = target.mcp().modern("tools/list", object());
    ObjectNode result = tools.rpcCode() == -32601 ? result(discover(target)) : result(tools);
    String scope = result.path("cacheScope").asString("");
    return check(
        result.path("ttlMs").isIntegralNumber()
            && (scope.equals("private") || scope.equals("public")),
        "ttlMs is " + result.path("ttlMs") + ", cacheScope " + scope);
  }

  private static Verdict versionUnsupported(TargetServer target) throws IOException {
    Answer answer =
        target
            .mcp()
            .post(
                Mcp.modernMessage("server/discover", object(), "1900-01-01").toString(),
                Mcp.modernHeaders("server/discover", "1900-01-01"));
    Verdict refused = refused(answer, 400, -32022);
    boolean listed =
        answer
            .rpc()
            .filter(json -> !json.path("error").path("data").path("supported").isEmpty())
            .isPresent();
    return refused instanceof Verdict.Holds ? check(listed, "data.supported is missing") : refused;
  }

  private static Verdict changed(
      TargetServer target, String header, @org.jspecify.annotations.Nullable String value)
      throws IOException {
    Headers headers = Mcp.modernHeaders("server/discover", VERSION);
    headers = value == null ? headers.without(header) : headers.replace(header, value);
    String message = Mcp.modernMessage("server/discover", object(), VERSION).toString();
    return refused(target.mcp().post(message, headers), 400, -32020);
  }

  private static Verdict nameCompared(TargetServer target) throws IOException {
    if (!result(discover(target)).path("capabilities").has("tools")) {
      return inapplicable("the server has no tools");
    }
    ObjectNode params = object().put("name", "ostiary-check-no-tool");
    params.putObject("arguments");
    Headers headers =
        Mcp.modernHeaders("tools/call", VERSION).with("Mcp-Name", "ostiary-check-other-tool");
    String message = Mcp.modernMessage("tools/call", params, VERSION).toString();
    return refused(target.mcp().post(message, headers), 400, -32020);
  }

  private static Verdict metaRequired(TargetServer target) throws IOException {
    String message = Mcp.request(9, "server/discover", object()).toString();
    Headers headers = Mcp.modernHeaders("server/discover", VERSION);
    return refused(target.mcp().post(message, headers), 400, -32602);
  }

  private static Verdict notification(TargetServer target) throws IOException {
    ObjectNode message = Mcp.modernMessage("notifications/ostiary-check", object(), VERSION);
    message.remove("id");
    Headers headers = Mcp.modernHeaders("notifications/ostiary-check", VERSION);
    Answer answer = target.mcp().post(message.toString(), headers);
    boolean accepted = answer.status() == 202 && answer.text().isEmpty();
    boolean refused = answer.status() >= 400 && answer.status() < 500;
    return check(accepted || refused, "the answer is " + answer.brief());
  }

  private static Verdict batch(TargetServer target) throws IOException {
    ObjectNode message = Mcp.modernMessage("server/discover", object(), VERSION);
    Headers headers = Mcp.modernHeaders("server/discover", VERSION);
    Answer answer = target.mcp().post("[" + message + "]", headers);
    return check(
        answer.status() == 400 && answer.rpcCode() != 0,
        "the answer is " + answer.status() + " with code " + answer.rpcCode());
  }

  private static Verdict getRefused(TargetServer target) throws IOException {
    Headers headers = Headers.of("Accept", "text/event-stream", "MCP-Protocol-Version", VERSION);
    Answer answer = target.http().head("GET", target.url(), target.mcp().authorized(headers), "");
    return check(answer.status() == 405, "GET is answered " + answer.status());
  }
}
