package dev.ostiary.gateway;

import static dev.ostiary.gateway.BehindGateway.eventually;
import static dev.ostiary.gateway.LiveBridge.notification;
import static dev.ostiary.gateway.LiveBridge.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.RawBackend.Heard;
import dev.ostiary.gateway.RawBackend.Peer;
import dev.ostiary.gateway.RawCaller.Said;
import dev.ostiary.gateway.ScriptedPeer.Asked;
import dev.ostiary.gateway.ScriptedPeer.Wondering;
import dev.ostiary.mcp.rpc.RpcMessage;
import dev.ostiary.requirements.Requirement;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Clients of the HTTP+SSE transport of 2024-11-05 in front of each kind of backend. */
class LegacySseTest {
  private static final String INITIALIZE =
      LiveBridge.INITIALIZE.replace("2025-11-25", "2024-11-05");

  private LiveBridge bridge;

  @BeforeEach
  void start() throws Exception {
    bridge = new LiveBridge();
  }

  @AfterEach
  void stop() throws Exception {
    bridge.close();
  }

  private static String head(String method, String path, String token) {
    return method
        + " "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\n"
        + (token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n");
  }

  /** A stream, and where its messages go. */
  private record Stream(RawCaller caller, String messages) {
    JsonNode next() throws IOException {
      String chunk = caller.chunk();
      assertThat(chunk).startsWith("event: message\ndata: ");
      return JsonMapper.shared().readTree(chunk.substring(chunk.indexOf('{')));
    }
  }

  private Stream open(RawCaller caller, String server, String token) throws IOException {
    caller.send(head("GET", "/" + server + "/mcp/sse", token) + "\r\n");
    Said said = caller.head();
    assertThat(said.status()).isEqualTo(200);
    assertThat(said.field("Content-Type")).isEqualTo("text/event-stream");
    String first = caller.chunk();
    assertThat(first)
        .matches("event: endpoint\ndata: messages\\?session=[A-Za-z0-9_-]{43}\n\n")
        .doesNotContain(token);
    return new Stream(caller, "/" + server + "/mcp/" + first.substring(22).strip());
  }

  private static Said post(RawCaller caller, String messages, String token, String body)
      throws IOException {
    return caller
        .send(
            head("POST", messages, token)
                + "Content-Type: application/json\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body)
        .answer();
  }

  private Said post(Stream stream, String token, String body) throws IOException {
    return post(bridge.caller(), stream.messages(), token, body);
  }

  @Test
  void areServedByAConnectorInTheirRevision() throws Exception {
    Stream stream = open(bridge.caller(), "other", "sibling");

    Said accepted = post(stream, "sibling", INITIALIZE);

    assertThat(accepted.status()).isEqualTo(202);
    assertThat(accepted.content()).isEmpty();
    JsonNode welcome = stream.next();
    assertThat(welcome.at("/id").asString()).isEqualTo("i");
    assertThat(welcome.at("/result/protocolVersion").asString()).isEqualTo("2024-11-05");
    post(stream, "sibling", notification("notifications/initialized", ""));
    post(stream, "sibling", request(1, "tools/list", ""));
    JsonNode tools = stream.next();
    assertThat(tools.at("/id").asInt()).isEqualTo(1);
    assertThat(tools.at("/result/tools").toString())
        .as("filtered as at the other path")
        .contains("\"free\"")
        .doesNotContain("\"write\"");
    post(stream, "sibling", request(2, "nothing/such", ""));
    assertThat(stream.next().at("/error/code").asInt()).isEqualTo(-32601);
  }

  @Test
  void areHeldToTheSameChecks() throws Exception {
    Said none = bridge.caller().send(head("GET", "/docs/mcp/sse", "") + "\r\n").answer();
    assertThat(none.status()).isEqualTo(401);
    assertThat(none.field("WWW-Authenticate"))
        .contains("/.well-known/oauth-protected-resource/docs/mcp\"");
    assertThat(
            bridge.caller().send(head("GET", "/docs/mcp/sse", "sibling") + "\r\n").head().status())
        .isEqualTo(401);
    assertThat(
            bridge
                .caller()
                .send(head("GET", "/docs/mcp/sse", "good") + "Origin: https://evil.example\r\n\r\n")
                .head()
                .status())
        .isEqualTo(403);
    assertThat(
            bridge.caller().send(head("DELETE", "/docs/mcp/sse", "good") + "\r\n").head().status())
        .isEqualTo(405);
    Stream stream = open(bridge.caller(), "other", "sibling");
    assertThat(post(stream, "", INITIALIZE).status()).isEqualTo(401);
    Said narrow = post(stream, "sibling", request(1, "tools/call", "\"name\":\"write\""));
    assertThat(narrow.status()).isEqualTo(403);
    assertThat(narrow.field("WWW-Authenticate")).contains("insufficient_scope");
    Said broken = post(stream, "sibling", "{");
    assertThat(broken.status()).isEqualTo(400);
    assertThat(broken.code()).isEqualTo(-32700);
  }

  @Test
  @Requirement("A-70")
  void haveSessionsThatAreUnknownToEverybodyElse() throws Exception {
    Stream stream = open(bridge.caller(), "docs", "good");

    assertThat(post(stream, "stranger", INITIALIZE).status()).isEqualTo(404);
    assertThat(post(stream, "again", INITIALIZE).status()).as("another grant").isEqualTo(404);
    for (String query : new String[] {"", "?session=", "?session=x", "?other=1"}) {
      Said said = post(bridge.caller(), "/docs/mcp/messages" + query, "good", INITIALIZE);
      assertThat(said.status()).isEqualTo(404);
      assertThat(said.code()).isEqualTo(-32600);
    }
    String elsewhere = stream.messages().replace("/docs/", "/other/");
    assertThat(post(bridge.caller(), elsewhere, "sibling", INITIALIZE).status()).isEqualTo(404);
  }

  @Test
  void areBridged() throws Exception {
    bridge.opener.revision = "2024-11-05";
    Stream stream = open(bridge.caller(), "docs", "good");
    assertThat(post(stream, "good", INITIALIZE).status()).isEqualTo(202);
    assertThat(stream.next().at("/result/protocolVersion").asString()).isEqualTo("2024-11-05");
    ScriptedPeer peer = bridge.opener.next();
    post(stream, "good", notification("notifications/initialized", ""));
    assertThat(peer.heard()).isEqualTo("notifications/initialized");
    eventually(peer.listened::get);
    peer.unsolicited.notified(ScriptedPeer.note("notifications/tools/list_changed"));
    assertThat(stream.next().path("method").asString())
        .isEqualTo("notifications/tools/list_changed");
    assertThat(post(stream, "good", request(7, "tools/call", "")).status()).isEqualTo(202);
    Asked asked = peer.next();
    Wondering wondering = new Wondering();

    asked.say("notifications/progress");
    asked.listener().asked(wondering);

    assertThat(stream.next().path("method").asString()).isEqualTo("notifications/progress");
    JsonNode question = stream.next();
    String id = question.path("id").stringValue();
    assertThat(
            post(stream, "good", "{\"jsonrpc\":\"2.0\",\"id\":\"" + id + "\",\"result\":{}}")
                .status())
        .isEqualTo(202);
    assertThat(wondering.answer()).isInstanceOf(RpcMessage.Result.class);
    asked.answer("{\"n\":1}");
    assertThat(stream.next().at("/result/n").asInt()).isEqualTo(1);

    stream.caller().close();
    eventually(peer.closed::get);
    assertThat(post(stream, "good", request(8, "ping", "")).status()).isEqualTo(404);
    eventually(bridge::isIdle);
  }

  @Test
  void areToldOfABackendThatIsLost() throws Exception {
    Stream stream = open(bridge.caller(), "docs", "good");
    post(stream, "good", INITIALIZE);
    stream.next();
    ScriptedPeer peer = bridge.opener.next();
    post(stream, "good", request(7, "tools/call", ""));

    peer.crash(peer.next());

    JsonNode error = stream.next();
    assertThat(error.at("/error/message").asString()).isEqualTo("The server docs broke off");
    assertThat(error.at("/id").asInt()).isEqualTo(7);
    assertThat(post(stream, "good", request(8, "ping", "")).status()).isEqualTo(404);
  }

  @Test
  void endWithTheirGrant() throws Exception {
    Stream stream = open(bridge.caller(), "docs", "good");
    post(stream, "good", INITIALIZE);
    stream.next();
    ScriptedPeer peer = bridge.opener.next();

    bridge.gateway.ended(FakeVerifier.grant("good"));

    assertThat(stream.caller().ended()).isTrue();
    assertThat(peer.closed).isTrue();
    eventually(bridge::isIdle);
  }

  @Test
  void areLimited() throws Exception {
    for (int i = 0; i < 32; i++) {
      open(bridge.caller(), "docs", "good");
    }

    Said full = bridge.caller().send(head("GET", "/docs/mcp/sse", "good") + "\r\n").answer();

    assertThat(full.status()).isEqualTo(503);
    open(bridge.caller(), "docs", "stranger");
  }

  @Test
  void passToAnotherServer() throws Exception {
    try (RawBackend docs = new RawBackend();
        LiveGateway gateway = LiveGateway.of(docs);
        RawCaller poster = gateway.caller()) {
      RawCaller caller = gateway.caller();
      Stream stream = open(caller, "docs", "good");
      assertThat(post(poster, stream.messages(), "good", INITIALIZE).status()).isEqualTo(202);
      Peer first = docs.accept();
      assertThat(first.hear().body()).isEqualTo(INITIALIZE);
      first.json(
          200,
          "{\"jsonrpc\":\"2.0\",\"id\":\"i\",\"result\":{\"protocolVersion\":\"2024-11-05\"}}",
          "Mcp-Session-Id: behind",
          "Connection: close");
      assertThat(stream.next().at("/result/protocolVersion").asString()).isEqualTo("2024-11-05");
      first.close();
      post(poster, stream.messages(), "good", notification("notifications/initialized", ""));
      hears(docs, "Mcp-Session-Id", "behind");

      caller.close();
      for (boolean deleted = false; !deleted; ) {
        Peer peer = docs.accept();
        Heard heard = peer.hear();
        if (!heard.lines().isEmpty()) {
          deleted = heard.first().startsWith("DELETE ");
          assertThat(heard.field("Mcp-Session-Id")).isEqualTo("behind");
          peer.say("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        }
        peer.close();
      }
      eventually(gateway::isIdle);
    }
  }

  /** The notification, or the GET that follows it. */
  private static void hears(RawBackend docs, String field, String value) throws IOException {
    Peer peer = docs.accept();
    assertThat(peer.hear().field(field)).isEqualTo(value);
    peer.say("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    peer.close();
  }
}
