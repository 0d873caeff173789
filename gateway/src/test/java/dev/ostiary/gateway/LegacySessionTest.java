package dev.ostiary.gateway;

import static dev.ostiary.gateway.BehindGateway.eventually;
import static dev.ostiary.gateway.LiveBridge.notification;
import static dev.ostiary.gateway.LiveBridge.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.RawCaller.Said;
import dev.ostiary.gateway.ScriptedPeer.Asked;
import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.peer.PeerOpener.Opening;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.mcp.rpc.RpcMessage;
import dev.ostiary.requirements.Requirement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions of the legacy era in front of a backend that is spoken to message by message. */
class LegacySessionTest {
  private LiveBridge bridge;

  @BeforeEach
  void start() throws Exception {
    bridge = new LiveBridge();
  }

  @AfterEach
  void stop() throws Exception {
    eventually(bridge::isIdle);
    bridge.close();
  }

  private void restart(int conversations, int perUser) throws Exception {
    bridge.close();
    bridge = new LiveBridge(conversations, perUser);
  }

  @Test
  @Requirement({"T-44", "T-45"})
  void beginWithWhatTheBackendSaysOfItself() throws Exception {
    bridge.opener.revision = "2025-06-18";

    Said said = bridge.begin("good");

    assertThat(said.status()).isEqualTo(200);
    assertThat(said.field("Mcp-Session-Id")).matches("[!-~]+");
    assertThat(said.json().at("/id").asString()).isEqualTo("i");
    assertThat(said.json().at("/result/protocolVersion").asString()).isEqualTo("2025-06-18");
    ScriptedPeer peer = bridge.opener.next();
    assertThat(peer.client.capabilities().has("sampling")).isTrue();
    assertThat(peer.client.initialize().path("protocolVersion").asString()).isEqualTo("2025-11-25");
  }

  @Test
  void haveTheirRequestsAnsweredWithTheirOwnIds() throws Exception {
    String session = bridge.begin();
    ScriptedPeer peer = bridge.opener.next();
    RawCaller caller = bridge.post(session, request(7, "tools/call", "\"name\":\"a\""));

    Asked asked = peer.next();
    asked.answer("{\"content\":[]}");

    Said said = caller.answer();
    assertThat(said.status()).isEqualTo(200);
    assertThat(said.field("Content-Type")).isEqualTo("application/json");
    assertThat(said.content())
        .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"content\":[]}}");
    assertThat(asked.params().path("name").asString()).isEqualTo("a");
    assertThat(asked.cause().judged()).isNotNull();
  }

  /** Both get what is said to each of them. */
  @Test
  void mayHaveTwoRequestsWithEqualIdsUnderWay() throws Exception {
    String session = bridge.begin();
    ScriptedPeer peer = bridge.opener.next();
    RawCaller first = bridge.request(session, "tools/list");
    Asked asked = peer.next();
    RawCaller second = bridge.request(session, "prompts/list");

    peer.next().answer("{\"n\":2}");
    asked.answer("{\"n\":1}");

    assertThat(second.answer().json().at("/result/n").asInt()).isEqualTo(2);
    assertThat(first.answer().json().at("/result/n").asInt()).isEqualTo(1);
  }

  @Test
  void areRefusedAsTheBackendRefusesThem() throws Exception {
    bridge.opener.instead =
        new Opening.Refused(RpcMessage.Failure.of(null, RpcError.unsupportedVersion("1")));

    Said refused = bridge.begin("good");

    assertThat(refused.status()).isEqualTo(200);
    assertThat(refused.json().at("/id").asString()).isEqualTo("i");
    assertThat(refused.code()).isEqualTo(-32022);
    assertThat(refused.names()).doesNotContain("mcp-session-id");
    bridge.opener.instead =
        new Opening.Failed(
            new ChannelFailure.Unavailable(
                503, RpcError.internal("paused"), Duration.ofMillis(1500), null));
    Said failed = bridge.begin("good");
    assertThat(failed.status()).isEqualTo(503);
    assertThat(failed.field("Retry-After")).isEqualTo("2");
    bridge.opener.instead = new Opening.Failed(new ChannelFailure.SignInAgain());
    assertThat(bridge.begin("good").field("WWW-Authenticate")).contains("invalid_token");
  }

  @Test
  void areNotBegunInARevisionThatNobodyKnows() throws Exception {
    bridge.opener.revision = "2026-07-28";

    Said said = bridge.begin("good");

    assertThat(said.status()).isEqualTo(502);
    assertThat(said.names()).doesNotContain("mcp-session-id");
    assertThat(bridge.opener.next().closed).isTrue();
  }

  @Test
  void areNotBegunWhenTheBackendDoesNotAnswer() throws Exception {
    CompletableFuture<Object> later = new CompletableFuture<>();
    bridge.opener.after = later;
    RawCaller caller = bridge.send("POST", LiveBridge.INITIALIZE, "good");
    eventually(() -> bridge.gateway.runningCalls() == 1);

    bridge.pass(Duration.ofSeconds(30));

    Said said = caller.answer();
    assertThat(said.status()).isEqualTo(504);
    assertThat(said.code()).isEqualTo(-32603);
    later.complete(0);
    ScriptedPeer late = bridge.opener.next();
    eventually(late.closed::get);
  }

  @Test
  @Requirement({"A-70", "T-45"})
  void areUnknownToEverybodyElse() throws Exception {
    String session = bridge.begin();

    for (String bad :
        List.of("stranger " + session, "again " + session, "good x" + session, "good junk")) {
      String[] parts = bad.split(" ", 2);
      for (String method : List.of("POST", "GET", "DELETE")) {
        Said said =
            bridge
                .send(method, request(7, "tools/list", ""), parts[0], "Mcp-Session-Id: " + parts[1])
                .answer();

        assertThat(said.status()).as(method).isEqualTo(404);
        assertThat(said.code()).isEqualTo(-32600);
        assertThat(said.json().has("id")).isEqualTo(method.equals("POST"));
      }
    }
  }

  @Test
  @Requirement("T-46")
  void areNeeded() throws Exception {
    for (String method : List.of("POST", "GET", "DELETE")) {
      Said said = bridge.send(method, request(7, "tools/list", ""), "good").answer();

      assertThat(said.status()).as(method).isEqualTo(400);
      assertThat(said.code()).isEqualTo(-32600);
    }
    assertThat(bridge.opener.opened).isEmpty();
  }

  @Test
  @Requirement("T-45")
  void endWithDelete() throws Exception {
    String session = bridge.begin();
    ScriptedPeer peer = bridge.opener.next();
    RawCaller listening = bridge.listen(session);
    RawCaller running = bridge.request(session, "tools/list");
    Asked asked = peer.next();

    Said said = bridge.send("DELETE", "", "good", "Mcp-Session-Id: " + session).answer();

    assertThat(said.status()).isEqualTo(204);
    assertThat(listening.chunk()).isEmpty();
    assertThat(running.answer().status()).isEqualTo(404);
    assertThat(asked.cancelled()).isTrue();
    assertThat(peer.closed).isTrue();
    assertThat(bridge.request(session, "tools/list").answer().status()).isEqualTo(404);
  }

  @Test
  void endWithTheirGrant() throws Exception {
    String session = bridge.begin();
    ScriptedPeer peer = bridge.opener.next();
    RawCaller running = bridge.request(session, "tools/list");
    Asked asked = peer.next();

    bridge.gateway.ended(FakeVerifier.grant("good"));

    assertThat(running.answer().status()).isEqualTo(401);
    assertThat(asked.cancelled()).isTrue();
    assertThat(peer.closed).isTrue();
    assertThat(bridge.request(session, "tools/list").answer().status()).isEqualTo(404);
  }

  @Test
  void thatAreJustBeginningEndWithTheirGrantToo() throws Exception {
    CompletableFuture<Object> later = new CompletableFuture<>();
    bridge.opener.after = later;
    RawCaller caller = bridge.send("POST", LiveBridge.INITIALIZE, "good");
    eventually(() -> bridge.gateway.runningCalls() == 1);

    bridge.gateway.ended(FakeVerifier.grant("good"));
    later.complete(0);

    assertThat(caller.answer().status()).isEqualTo(401);
    ScriptedPeer late = bridge.opener.next();
    eventually(late.closed::get);
  }

  @Test
  void areOverAfterADay() throws Exception {
    String session = bridge.begin();

    bridge.pass(Duration.ofDays(1));

    assertThat(bridge.opener.next().closed).isTrue();
    assertThat(bridge.request(session, "tools/list").answer().status()).isEqualTo(404);
  }

  @Test
  void goOnInAnotherConversationWhenTheirsWasUnused() throws Exception {
    String session = bridge.begin();
    ScriptedPeer first = bridge.opener.next();
    bridge.post(session, notification("notifications/initialized", "")).answer();
    first.heard();
    set(session, first, "logging/setLevel", "\"level\":\"info\"");
    set(session, first, "resources/subscribe", "\"uri\":\"a:/1\"");
    set(session, first, "resources/subscribe", "\"uri\":\"a:/2\"");
    set(session, first, "resources/unsubscribe", "\"uri\":\"a:/1\"");

    bridge.pass(Duration.ofMinutes(30));
    assertThat(first.closed).isTrue();
    RawCaller caller = bridge.request(session, "tools/list");
    ScriptedPeer second = bridge.opener.next();

    assertThat(second.client.initialize()).isEqualTo(first.client.initialize());
    assertThat(second.heard()).isEqualTo("notifications/initialized");
    assertThat(second.next().params().path("level").asString()).isEqualTo("info");
    Asked subscribing = second.next();
    assertThat(subscribing.params().path("uri").asString()).isEqualTo("a:/2");
    assertThat(subscribing.cause().judged()).isNotNull();
    second.next().answer("{\"n\":1}");
    assertThat(caller.answer().json().at("/result/n").asInt()).isEqualTo(1);
    assertThat(second.requests).isEmpty();
  }

  private void set(String session, ScriptedPeer peer, String method, String params)
      throws Exception {
    RawCaller caller = bridge.post(session, request(1, method, params));
    peer.next().answer("{}");
    assertThat(caller.answer().status()).isEqualTo(200);
  }

  @Test
  void doNotGoOnWithABackendThatHasSettledOnAnotherRevision() throws Exception {
    String session = bridge.begin();
    bridge.opener.next();
    bridge.pass(Duration.ofMinutes(30));
    bridge.opener.revision = "2025-06-18";

    Said said = bridge.request(session, "tools/list").answer();

    assertThat(said.status()).isEqualTo(404);
    ScriptedPeer other = bridge.opener.next();
    eventually(other.closed::get);
    assertThat(bridge.request(session, "tools/list").answer().status()).isEqualTo(404);
  }

  @Test
  void goOnAfterACrashThatNobodyNoticed() throws Exception {
    String session = bridge.begin();
    bridge.opener.next().crash();

    RawCaller caller = bridge.request(session, "tools/list");

    bridge.opener.next().next().answer("{}");
    assertThat(caller.answer().status()).isEqualTo(200);
  }

  @Test
  void endWithACrashUnderARequest() throws Exception {
    String session = bridge.begin();
    ScriptedPeer peer = bridge.opener.next();
    RawCaller caller = bridge.request(session, "tools/list");

    peer.crash(peer.next());

    Said said = caller.answer();
    assertThat(said.status()).isEqualTo(502);
    assertThat(said.message()).isEqualTo("The server docs broke off");
    assertThat(bridge.request(session, "tools/list").answer().status()).isEqualTo(404);
  }

  @Test
  void openOneConversationForManyRequestsAtOnce() throws Exception {
    String session = bridge.begin();
    bridge.opener.next();
    bridge.pass(Duration.ofMinutes(30));
    List<RawCaller> callers = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      callers.add(bridge.caller());
    }
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      RawCaller caller = callers.get(i);
      String body = request(i, "tools/list", "");
      threads.add(
          Thread.startVirtualThread(
              () -> {
                try {
                  caller.send(
                      "POST", body, "Authorization: Bearer good", "Mcp-Session-Id: " + session);
                } catch (java.io.IOException broken) {
                  throw new java.io.UncheckedIOException(broken);
                }
              }));
    }
    for (Thread each : threads) {
      each.join();
    }

    ScriptedPeer peer = bridge.opener.next();
    for (int i = 0; i < 64; i++) {
      peer.next().answer("{}");
    }
    for (int i = 0; i < 64; i++) {
      Said said = callers.get(i).answer();
      assertThat(said.status()).isEqualTo(200);
      assertThat(said.json().path("id").asInt()).isEqualTo(i);
    }
    assertThat(bridge.opener.opened).isEmpty();
  }

  @Test
  void haveEachTheirOwnConversation() throws Exception {
    restart(64, 64);
    Set<String> sessions = new HashSet<>();
    List<RawCaller> callers = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      callers.add(bridge.send("POST", LiveBridge.INITIALIZE, "good"));
    }
    for (RawCaller each : callers) {
      sessions.add(each.answer().field("Mcp-Session-Id"));
    }

    assertThat(sessions).hasSize(64).doesNotContain("");
    assertThat(bridge.opener.opened).hasSize(64);
  }

  @Test
  void makeRoomForOthersOfTheSameUser() throws Exception {
    restart(100, 2);
    String first = bridge.begin();
    ScriptedPeer firstPeer = bridge.opener.next();
    bridge.pass(Duration.ofSeconds(1));
    String second = bridge.begin();
    ScriptedPeer secondPeer = bridge.opener.next();
    RawCaller running = bridge.request(first, "tools/list");
    Asked asked = firstPeer.next();

    String third = bridge.begin();
    ScriptedPeer thirdPeer = bridge.opener.next();

    assertThat(secondPeer.closed).as("the unused one").isTrue();
    assertThat(firstPeer.closed).isFalse();
    RawCaller alsoRunning = bridge.request(third, "tools/list");
    Asked also = thirdPeer.next();
    Said full = bridge.begin("good");
    assertThat(full.status()).isEqualTo(503);
    assertThat(full.field("Retry-After")).isEqualTo("1");
    assertThat(bridge.request(second, "tools/list").answer().status()).isEqualTo(503);
    assertThat(bridge.begin("stranger").status()).as("another user").isEqualTo(200);
    asked.answer("{}");
    also.answer("{}");
    assertThat(running.answer().status()).isEqualTo(200);
    assertThat(alsoRunning.answer().status()).isEqualTo(200);
    RawCaller back = bridge.request(second, "tools/list");
    bridge.opener.next();
    bridge.opener.next().next().answer("{}");
    assertThat(back.answer().status()).isEqualTo(200);
  }

  @Test
  void areLimitedInAll() throws Exception {
    restart(1, 1);
    String session = bridge.begin();
    ScriptedPeer peer = bridge.opener.next();

    assertThat(bridge.begin("stranger").status()).as("just used").isEqualTo(503);
    bridge.pass(Duration.ofSeconds(61));
    assertThat(bridge.begin("stranger").status()).isEqualTo(200);
    assertThat(peer.closed).isTrue();
    bridge.pass(Duration.ofSeconds(61));
    RawCaller caller = bridge.request(session, "tools/list");
    bridge.opener.next();
    bridge.opener.next().next().answer("{}");
    assertThat(caller.answer().status()).isEqualTo(200);
  }

  /** Clients that begin anew each time do not fill the memory. */
  @Test
  void areForgottenWhenThereAreTooManyOfOneUser() throws Exception {
    restart(100, 1);
    String first = bridge.begin();
    for (int i = 0; i < 8; i++) {
      bridge.pass(Duration.ofSeconds(1));
      bridge.begin();
    }

    assertThat(bridge.request(first, "tools/list").answer().status()).isEqualTo(404);
  }
}
