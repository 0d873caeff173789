package dev.ostiary.embed.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A client's calls of the MCP server, in the words of one revision. */
final class Calls {
  private static final String MODERN = "2026-07-28";
  private static final String META = "io.modelcontextprotocol/";
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Network network;
  private final String client;
  private final String revision;
  private final String accessToken;
  private @Nullable String session;
  private boolean begun;

  Calls(Network network, String client, String revision, String accessToken) {
    this.network = network;
    this.client = client;
    this.revision = revision;
    this.accessToken = accessToken;
  }

  /** What a client asks before anything else; it agrees on the revision. */
  void begin() throws IOException {
    if (revision.equals(MODERN)) {
      List<String> supported =
          call("server/discover", JSON.createObjectNode())
              .at("/supportedVersions")
              .values()
              .stream()
              .map(JsonNode::asString)
              .toList();
      assertThat(supported).contains(MODERN);
      return;
    }
    ObjectNode params = JSON.createObjectNode().put("protocolVersion", revision);
    params.set("capabilities", JSON.createObjectNode());
    params.set("clientInfo", information());
    assertThat(call("initialize", params).at("/protocolVersion").asString()).isEqualTo(revision);
    begun = true;
    ObjectNode notification = JSON.createObjectNode().put("jsonrpc", "2.0");
    notification.put("method", "notifications/initialized");
    assertThat(post("notifications/initialized", "", notification).status()).isEqualTo(202);
  }

  List<String> tools() throws IOException {
    return call("tools/list", JSON.createObjectNode()).at("/tools").values().stream()
        .map(tool -> tool.get("name").asString())
        .toList();
  }

  String text(String tool) throws IOException {
    ObjectNode params = JSON.createObjectNode().put("name", tool);
    params.set("arguments", JSON.createObjectNode());
    return call("tools/call", params).at("/content/0/text").asString();
  }

  private JsonNode call(String method, ObjectNode params) throws IOException {
    if (revision.equals(MODERN)) {
      ObjectNode meta = JSON.createObjectNode().put(META + "protocolVersion", MODERN);
      meta.set(META + "clientInfo", information());
      meta.set(META + "clientCapabilities", JSON.createObjectNode());
      params.set("_meta", meta);
    }
    ObjectNode message = JSON.createObjectNode().put("jsonrpc", "2.0").put("id", 1);
    message.put("method", method);
    message.set("params", params);
    Reply reply = post(method, params.path("name").asString(""), message);
    assertThat(reply.status()).as("%s: %s", method, Network.text(reply)).isEqualTo(200);
    session = reply.headers().first("Mcp-Session-Id").orElse(session);
    JsonNode answer = JSON.readTree(message(reply));
    assertThat(answer.has("error")).as("%s: %s", method, answer).isFalse();
    return answer.get("result");
  }

  private Reply post(String method, String name, ObjectNode message) throws IOException {
    Headers headers =
        Headers.of(
            "Authorization", "Bearer " + accessToken,
            "Content-Type", "application/json",
            "Accept", "application/json, text/event-stream");
    if (revision.equals(MODERN)) {
      headers = headers.with("Mcp-Method", method).with("MCP-Protocol-Version", MODERN);
      headers = name.isEmpty() ? headers : headers.with("Mcp-Name", name);
    } else if (begun) {
      headers = headers.with("MCP-Protocol-Version", revision);
      headers = session == null ? headers : headers.with("Mcp-Session-Id", session);
    }
    return network.post(Site.SERVER, headers, message.toString());
  }

  /** The message of an answer that may be a stream of events. */
  private static String message(Reply reply) {
    String text = Network.text(reply);
    return text.startsWith("{")
        ? text
        : text.lines()
            .filter(line -> line.startsWith("data:"))
            .map(line -> line.substring("data:".length()))
            .reduce((_, last) -> last)
            .orElseThrow();
  }

  private ObjectNode information() {
    return JSON.valueToTree(Map.of("name", client, "version", "1"));
  }
}
