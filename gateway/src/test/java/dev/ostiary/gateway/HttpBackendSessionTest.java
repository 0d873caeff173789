package dev.ostiary.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.RawBackend.Heard;
import dev.ostiary.gateway.RawBackend.Peer;
import dev.ostiary.gateway.RawCaller.Said;
import dev.ostiary.gateway.call.AllowedUsers;
import dev.ostiary.gateway.credential.BackendCredential;
import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.gateway.policy.RequiredScopes;
import dev.ostiary.gateway.session.BackendSession;
import dev.ostiary.gateway.session.SealedSessions;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.mcp.Revision;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Subject;
import dev.ostiary.requirements.Requirement;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions of older revisions: the backend's own id stays here, the client's is sealed. */
final class HttpBackendSessionTest extends BehindGateway {
  private static final String INITIALIZE =
      message("initialize", "\"protocolVersion\":\"2025-11-25\",\"capabilities\":{}");

  private static final String X = "x".repeat(5000);

  @Test
  @Requirement("T-45")
  void giveTheClientAnIdThatOnlyWorksHere() throws IOException {
    String id = begin("2025-11-25", false);

    RawCaller caller = legacy("tools/list", "good", "Mcp-Session-Id: " + id);
    Peer peer = accept();
    Heard heard = peer.hear();
    peer.json(200, OK, "Mcp-Session-Id: backend-1");

    assertThat(id).isNotEqualTo("backend-1").matches("[!-~]+");
    assertThat(heard.field("Mcp-Session-Id")).isEqualTo("backend-1");
    assertThat(caller.answer().field("Mcp-Session-Id")).isEqualTo(id);
  }

  @Test
  void beginInAStreamToo() throws IOException {
    String id = begin("2025-06-18", true);

    RawCaller caller = legacy("tools/list", "good", "mcp-session-id: " + id);
    Peer peer = accept();

    assertThat(peer.hear().field("Mcp-Session-Id")).isEqualTo("backend-1");
    peer.json(200, OK);
    assertThat(caller.answer().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Requirement("T-53")
  void rememberTheirRevision(boolean stream) throws IOException {
    String batch = "[" + message("ping", "") + "]";
    String newer = begin("2025-11-25", stream);
    String oldest = begin("2025-03-26", stream);

    RawCaller caller = legacyBody(batch, "good", "Mcp-Session-Id: " + oldest);
    acceptAndHear().json(200, "[" + OK + "]");

    assertThat(caller.answer().status()).isEqualTo(200);
    Said refused = legacyBody(batch, "good", "Mcp-Session-Id: " + newer).answer();
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.code()).isEqualTo(-32600);
  }

  /** The client has offered it or not: that is between the two of them. */
  @ParameterizedTest
  @ValueSource(strings = {"2024-11-05", "2024-10-07"})
  void goOnInWhateverRevisionTheBackendHasSettledOn(String settled) throws IOException {
    String id = "Mcp-Session-Id: " + begin(settled, false);
    String version = "MCP-Protocol-Version: " + settled;

    RawCaller ready =
        legacyBody(
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}", "good", id, version);
    Peer first = acceptAndHear().say("HTTP/1.1 202 Accepted\r\nConnection: close\r\n\r\n");
    first.close();
    assertThat(ready.answer().status()).isEqualTo(202);
    RawCaller caller = legacy("tools/list", "good", id, version);
    Peer second = accept();
    Heard heard = second.hear();
    second.json(200, OK, "Connection: close");

    assertThat(caller.answer().content()).isEqualTo(OK);
    assertThat(heard.field("MCP-Protocol-Version")).isEqualTo(settled);
    assertThat(heard.field("Mcp-Session-Id")).isEqualTo("backend-1");
    second.close();
    RawCaller listening = other("GET", "good", id, version);
    Peer third = acceptAndHear().events();
    assertThat(listening.head().status()).isEqualTo(200);
    third.close();
    assertThat(legacyBody("[" + message("ping", "") + "]", "good", id, version).answer().status())
        .isEqualTo(400);
  }

  @Test
  void areNotSubjectToAVersionInTheHeaderThatIsNotAgreedOnYet() throws IOException {
    RawCaller caller = legacyBody(INITIALIZE, "good", "MCP-Protocol-Version: 2099-01-01");
    Peer peer = accept();
    Heard heard = peer.hear();
    peer.json(200, OK);

    assertThat(caller.answer().status()).isEqualTo(200);
    assertThat(heard.body()).isEqualTo(INITIALIZE);
    assertThat(heard.names()).doesNotContain("mcp-protocol-version");
  }

  @Test
  void areJudgedByThePolicyInEveryRevision() throws IOException {
    Policy policy =
        Policy.builder()
            .tool("read", RequiredScopes.DENIED)
            .otherwise(RequiredScopes.NOTHING)
            .build();
    restart(
        LiveGateway.settings(docs.uri()),
        new LiveGateway.Variation(BackendCredential.NONE, AllowedUsers.EVERYONE, policy));

    Said said = legacy("tools/call", "good", "MCP-Protocol-Version: 2024-11-05").answer();

    assertThat(said.code()).isEqualTo(-32602);
  }

  @Test
  @Requirement({"A-70", "T-45"})
  void areUnknownToEverybodyElse() throws IOException {
    String id = begin("2025-11-25", false);

    for (String bad :
        new String[] {"stranger " + id, "good " + id + "x", "good junk", "good " + X}) {
      String[] parts = bad.split(" ", 2);
      for (String method : new String[] {"POST", "GET", "DELETE"}) {
        String field = "Mcp-Session-Id: " + parts[1];
        Said said =
            (method.equals("POST")
                    ? legacy("tools/list", parts[0], field)
                    : other(method, parts[0], field, "Last-Event-ID: 1"))
                .answer();

        assertThat(said.status()).as(method).isEqualTo(404);
        assertThat(said.code()).isEqualTo(-32600);
        assertThat(said.json().has("id")).isEqualTo(method.equals("POST"));
      }
    }
  }

  @Test
  void areBoundToTheirServer() {
    Caller caller = callerOf("github:1");
    SealedSessions here = sessions("https://host/a/mcp");
    String id = here.seal("backend-1", Revision.V2025_11_25, caller);

    assertThat(here.open(id, caller))
        .contains(new BackendSession(id, "backend-1", Revision.V2025_11_25));
    assertThat(sessions("https://host/b/mcp").open(id, caller)).isEmpty();
    assertThat(here.open(id, callerOf("github:2"))).isEmpty();
  }

  private static SealedSessions sessions(String server) {
    return new SealedSessions(
        server, new SampleSeal(), Duration.ofDays(1), () -> SampleGateway.NOW);
  }

  private static Caller callerOf(String subject) {
    return new Caller(
        new Subject(subject), new ClientId("cli"), FakeVerifier.grant("x"), LiveGateway.SCOPES);
  }

  @Test
  void areOverAfterADay() throws IOException {
    String id = begin("2025-11-25", false);

    gateway.pass(Duration.ofDays(1));

    assertThat(legacy("tools/list", "good", "Mcp-Session-Id: " + id).answer().status())
        .isEqualTo(404);
  }

  @Test
  @Requirement("T-45")
  void endAtTheBackend() throws IOException {
    String id = begin("2025-11-25", false);

    RawCaller end = other("DELETE", "good", "Mcp-Session-Id: " + id);
    Peer peer = accept();
    Heard heard = peer.hear();
    peer.say("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
    assertThat(heard.first()).startsWith("DELETE /up/mcp");
    assertThat(heard.field("Mcp-Session-Id")).isEqualTo("backend-1");
    assertThat(end.answer().status()).isEqualTo(204);
    peer.close();

    RawCaller after = legacy("tools/list", "good", "Mcp-Session-Id: " + id);
    acceptAndHear().say("HTTP/1.1 404 Gone\r\nContent-Length: 0\r\n\r\n");
    Said said = after.answer();
    assertThat(said.status()).isEqualTo(404);
    assertThat(said.code()).isEqualTo(-32600);
  }

  @Test
  @Requirement("T-46")
  void areAskedForByTheBackendItself() throws IOException {
    String error = "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32000,\"message\":\"\"}}";
    RawCaller caller = legacy("tools/list", "good");
    acceptAndHear().json(400, error);

    Said said = caller.answer();

    assertThat(said.status()).isEqualTo(400);
    assertThat(said.content()).isEqualTo(error);
  }

  @Test
  @Requirement({"T-50", "A-70"})
  void bringTheRestOfAStreamByIdsOfTheirOwn() throws IOException {
    String id = begin("2025-11-25", false);
    String event = eventOf(id, "s-4");
    assertThat(event).isNotEqualTo("s-4").matches("[!-~]+");

    RawCaller caller = other("GET", "good", "Mcp-Session-Id: " + id, "Last-Event-ID: " + event);
    Peer peer = accept();
    Heard heard = peer.hear();
    peer.events().chunk("id: s-5\r\ndata: {}\r\n\r\n");

    assertThat(heard.field("Last-Event-ID")).isEqualTo("s-4");
    assertThat(heard.field("Mcp-Session-Id")).isEqualTo("backend-1");
    assertThat(caller.head().status()).isEqualTo(200);
    String rest = caller.chunk();
    assertThat(rest).startsWith("id: ").endsWith("\r\ndata: {}\r\n\r\n").doesNotContain("s-5");
  }

  /** A server may keep the events of all its sessions in one place. */
  @Test
  @Requirement({"T-50", "A-70"})
  void haveEventsThatAreOfNoUseToAnyOther() throws IOException {
    String mine = begin("2025-11-25", false);
    String event = eventOf(mine, "s-4");
    String next = beginAs("stranger", "backend-2");
    String other = begin("2025-11-25", false, "backend-3");

    for (String[] attempt :
        new String[][] {
          {"stranger", next, event},
          {"good", other, event},
          {"good", mine, "s-4"},
          {"good", mine, event + "x"},
          {"good", mine, ""},
        }) {
      Said refused =
          other("GET", attempt[0], "Mcp-Session-Id: " + attempt[1], "Last-Event-ID: " + attempt[2])
              .answer();
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.code()).isEqualTo(-32600);
    }
    String field = "Mcp-Session-Id: " + mine;
    assertThat(
            other("GET", "good", field, "Last-Event-ID: " + event, "Last-Event-ID: " + event)
                .answer()
                .status())
        .isEqualTo(400);
    assertThat(other("GET", "good", "Last-Event-ID: " + event).answer().status()).isEqualTo(400);
  }

  /** The id that the client of a session gets for an event of the backend's. */
  private String eventOf(String session, String backendEvent) throws IOException {
    RawCaller caller = legacy("tools/call", "good", "Mcp-Session-Id: " + session);
    Peer peer = acceptAndHear().events("Connection: close");
    caller.head();
    peer.chunk("id: ").chunk(backendEvent + "\ndata:\n\n").chunk("");
    StringBuilder events = new StringBuilder();
    for (String chunk = caller.chunk(); !chunk.isEmpty(); chunk = caller.chunk()) {
      events.append(chunk);
    }
    peer.close();
    caller.close();
    assertThat(events.toString()).startsWith("id: ").endsWith("\ndata:\n\n");
    return events.substring("id: ".length(), events.indexOf("\n"));
  }

  /** Several POSTs of one session at the same time. */
  @Test
  @Requirement("T-49")
  void mayHaveSeveralStreamsOpen() throws IOException {
    String field = "Mcp-Session-Id: " + begin("2025-11-25", false);
    RawCaller first = legacy("tools/call", "good", field);
    Peer firstPeer = acceptAndHear().events();
    RawCaller second = legacy("tools/call", "good", field);
    Peer secondPeer = acceptAndHear().events();
    first.head();
    second.head();

    secondPeer.chunk(answer(2)).chunk("");
    firstPeer.chunk(answer(1)).chunk("");

    assertThat(first.chunk()).isEqualTo(answer(1));
    assertThat(first.chunk()).isEmpty();
    assertThat(second.chunk()).isEqualTo(answer(2));
    assertThat(second.chunk()).isEmpty();
  }

  private static String answer(int result) {
    return "data: {\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"n\":" + result + "}}\n\n";
  }

  private String begin(String settled, boolean stream) throws IOException {
    return begin(settled, stream, "backend-1");
  }

  private String begin(String settled, boolean stream, String backendId) throws IOException {
    return begin("good", settled, stream, backendId);
  }

  private String beginAs(String token, String backendId) throws IOException {
    return begin(token, "2025-11-25", false, backendId);
  }

  /** Begins a session, and returns the client's id. */
  private String begin(String token, String settled, boolean stream, String backendId)
      throws IOException {
    RawCaller caller = legacyBody(INITIALIZE, token);
    Peer peer = accept();
    Heard heard = peer.hear();
    assertThat(heard.names()).doesNotContain("mcp-session-id");
    String result =
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"capabilities\":{},\"protocolVersion\":\""
            + settled
            + "\"}}";
    String expected = stream ? "data: " + result + "\n\n" : result;
    if (stream) {
      peer.events("Mcp-Session-Id: " + backendId, "Connection: close");
      peer.chunk(expected.substring(0, 20)).chunk(expected.substring(20)).chunk("");
    } else {
      peer.json(200, result, "Mcp-Session-Id: " + backendId, "Connection: close");
    }
    Said said = caller.answer();
    assertThat(said.content()).isEqualTo(expected);
    peer.close();
    caller.close();
    return said.field("Mcp-Session-Id");
  }
}
