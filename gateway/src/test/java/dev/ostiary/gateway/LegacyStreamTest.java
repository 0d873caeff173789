package dev.ostiary.gateway;

import static dev.ostiary.gateway.BehindGateway.eventually;
import static dev.ostiary.gateway.LiveBridge.notification;
import static dev.ostiary.gateway.LiveBridge.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.RawCaller.Said;
import dev.ostiary.gateway.ScriptedPeer.Asked;
import dev.ostiary.gateway.ScriptedPeer.Wondering;
import dev.ostiary.mcp.rpc.RpcMessage;
import dev.ostiary.requirements.Requirement;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which message of a bridged session travels on which stream. */
class LegacyStreamTest {
  private static final String JSON_ONLY = "Accept: application/json";

  private LiveBridge bridge;
  private String session;
  private ScriptedPeer peer;

  @BeforeEach
  void start() throws Exception {
    bridge = new LiveBridge();
    session = bridge.begin();
    peer = bridge.opener.next();
  }

  @AfterEach
  void stop() throws Exception {
    bridge.front.close();
    eventually(() -> bridge.gateway.runningCalls() == 0);
    bridge.close();
  }

  /** The message in the next event. */
  private static JsonNode event(RawCaller caller) throws IOException {
    String chunk = caller.chunk();
    while (chunk.equals(":\n\n")) { // a comment, because time has passed
      chunk = caller.chunk();
    }
    assertThat(chunk).startsWith("event: message\ndata: ").endsWith("\n\n");
    return JsonMapper.shared().readTree(chunk.substring(chunk.indexOf('{')));
  }

  private static String said(RawCaller caller) throws IOException {
    return event(caller).path("method").asString("an answer");
  }

  @Test
  @Requirement("T-49")
  void haveWhatIsSaidOfARequestBeforeItsAnswer() throws Exception {
    RawCaller listening = bridge.listen(session);
    RawCaller first = bridge.request(session, "tools/call");
    Asked one = peer.next();
    RawCaller second = bridge.request(session, "tools/call");
    Asked two = peer.next();

    two.say("notifications/progress");
    one.say("notifications/message");
    one.say("notifications/progress");
    peer.unsolicited.notified(ScriptedPeer.note("notifications/tools/list_changed"));
    one.answer("{\"n\":1}");
    two.answer("{\"n\":2}");

    assertThat(first.head().field("Content-Type")).isEqualTo("text/event-stream");
    assertThat(said(first)).isEqualTo("notifications/message");
    assertThat(said(first)).isEqualTo("notifications/progress");
    assertThat(event(first).at("/result/n").asInt()).isEqualTo(1);
    assertThat(first.chunk()).isEmpty();
    second.head();
    assertThat(said(second)).isEqualTo("notifications/progress");
    assertThat(event(second).at("/result/n").asInt()).isEqualTo(2);
    assertThat(second.chunk()).isEmpty();
    assertThat(said(listening)).isEqualTo("notifications/tools/list_changed");
    assertThat(listening.hasNews()).isFalse();
    assertThat(peer.listened).isTrue();
  }

  @Test
  @Requirement("T-49")
  void keepWhatBelongsToNoRequestForTheListeningStream() throws Exception {
    RawCaller caller = bridge.request(session, "tools/call");
    Asked asked = peer.next();
    peer.unsolicited.notified(ScriptedPeer.note("notifications/tools/list_changed"));
    peer.unsolicited.notified(ScriptedPeer.note("notifications/message"));
    asked.answer("{}");

    caller.head();
    assertThat(said(caller)).as("a log line may travel here").isEqualTo("notifications/message");
    assertThat(said(caller)).isEqualTo("an answer");
    assertThat(caller.chunk()).isEmpty();
    RawCaller listening = bridge.listen(session);
    assertThat(said(listening)).isEqualTo("notifications/tools/list_changed");
    assertThat(listening.hasNews()).isFalse();
  }

  @Test
  void dropTheOldestOfTooManyThatWait() throws Exception {
    Wondering forgotten = new Wondering();
    peer.unsolicited.asked(forgotten);
    for (int i = 0; i < 64; i++) {
      peer.unsolicited.notified(ScriptedPeer.note("notifications/n" + i));
    }

    assertThat(forgotten.error()).isEqualTo("The client does not listen");
    RawCaller listening = bridge.listen(session);
    for (int i = 0; i < 64; i++) {
      assertThat(listening.chunk()).contains("notifications/n" + i + "\"");
    }
  }

  @Test
  @Requirement("T-47")
  void includeOneThatListensAtATime() throws Exception {
    RawCaller first = bridge.listen(session);

    Said second = bridge.send("GET", "", "good", "Mcp-Session-Id: " + session).answer();

    assertThat(second.status()).isEqualTo(409);
    assertThat(second.code()).isEqualTo(-32600);
    first.close();
    eventually(() -> bridge.gateway.runningCalls() == 0);
    bridge.listen(session);
  }

  /** There is nothing to ask for: events have no ids. */
  @Test
  @Requirement("T-50")
  void areNotResumable() throws Exception {
    Said said =
        bridge.send("GET", "", "good", "Mcp-Session-Id: " + session, "Last-Event-ID: 1").answer();

    assertThat(said.status()).isEqualTo(400);
  }

  @Test
  @Requirement("T-54")
  void areNotNeededForARequestToGoOn() throws Exception {
    RawCaller caller = bridge.request(session, "tools/call");
    Asked asked = peer.next();
    asked.say("notifications/progress");
    caller.head();
    caller.close();
    RawCaller other = bridge.request(session, "tools/list");
    peer.next().answer("{}");
    assertThat(other.answer().status()).isEqualTo(200);

    asked.say("notifications/progress");
    assertThat(asked.cancelled()).isFalse();
    asked.answer("{}");
    eventually(() -> bridge.gateway.runningCalls() == 0);
    assertThat(bridge.observer.told()).anyMatch(line -> line.endsWith(" ANSWERED"));
  }

  @Test
  void endWithoutAnAnswerWhenTheRequestIsCancelled() throws Exception {
    RawCaller caller = bridge.request(session, "tools/call");
    Asked asked = peer.next();
    RawCaller streaming = bridge.post(session, request(8, "tools/call", ""));
    Asked other = peer.next();
    other.say("notifications/progress");
    streaming.head();
    assertThat(said(streaming)).isEqualTo("notifications/progress");

    for (int id : new int[] {7, 8, 9}) {
      Said said =
          bridge
              .post(session, notification("notifications/cancelled", "\"requestId\":" + id))
              .answer();
      assertThat(said.status()).isEqualTo(202);
    }

    Said nothing = caller.answer();
    assertThat(nothing.status()).isEqualTo(202);
    assertThat(nothing.content()).isEmpty();
    assertThat(streaming.chunk()).isEmpty();
    assertThat(asked.cancelled()).isTrue();
    assertThat(other.cancelled()).isTrue();
    assertThat(peer.notifications).as("the peer tells it by itself").isEmpty();
  }

  @Test
  @Requirement("T-48")
  void areNotForNotifications() throws Exception {
    for (String method : new String[] {"initialized", "roots/list_changed", "other"}) {
      Said said = bridge.post(session, notification("notifications/" + method, "")).answer();

      assertThat(said.status()).isEqualTo(202);
      assertThat(said.content()).isEmpty();
      assertThat(peer.heard()).isEqualTo("notifications/" + method);
    }
  }

  @Test
  void endWhenTheBackendDoesNotAnswer() throws Exception {
    RawCaller caller = bridge.request(session, "tools/call");
    Asked asked = peer.next();
    bridge.pass(Duration.ofSeconds(29));
    asked.say("notifications/progress");
    bridge.pass(Duration.ofSeconds(29));
    caller.head();
    assertThat(said(caller)).isEqualTo("notifications/progress");

    bridge.pass(Duration.ofSeconds(1));

    JsonNode error = event(caller);
    assertThat(error.at("/error/code").asInt()).isEqualTo(-32603);
    assertThat(error.at("/id").asInt()).isEqualTo(7);
    assertThat(asked.cancelled()).isTrue();
    RawCaller silent = bridge.request(session, "tools/call");
    peer.next();
    bridge.pass(Duration.ofSeconds(30));
    Said late = silent.answer();
    assertThat(late.status()).isEqualTo(504);
    assertThat(late.message()).isEqualTo("The server docs did not answer in time");
  }

  @Test
  @Requirement({"T-48", "T-49"})
  void carryTheBackendsQuestionsToTheClient() throws Exception {
    RawCaller caller = bridge.request(session, "tools/call");
    Asked asked = peer.next();
    Wondering wondering = new Wondering();

    asked.listener().asked(wondering);

    caller.head();
    JsonNode question = event(caller);
    assertThat(question.path("method").asString()).isEqualTo("sampling/createMessage");
    assertThat(question.at("/params/maxTokens").asInt()).isEqualTo(1);
    String id = question.path("id").stringValue();
    bridge.pass(Duration.ofMinutes(5));
    assertThat(asked.cancelled()).as("it is the client's turn").isFalse();
    Said said = answer(id, "\"result\":{\"role\":\"user\"}");
    assertThat(said.status()).isEqualTo(202);
    assertThat(said.content()).isEmpty();
    assertThat(((RpcMessage.Result) wondering.answer()).result().path("role").asString())
        .isEqualTo("user");
    assertThat(answer(id, "\"result\":{}").status()).as("once more").isEqualTo(202);
    assertThat(answer("other", "\"result\":{}").status()).isEqualTo(202);
    asked.answer("{}");
    assertThat(said(caller)).isEqualTo("an answer");
  }

  private Said answer(String id, String what) throws IOException {
    return bridge
        .post(session, "{\"jsonrpc\":\"2.0\",\"id\":\"" + id + "\"," + what + "}")
        .answer();
  }

  @Test
  void carryAnErrorInAnswerToAQuestion() throws Exception {
    RawCaller listening = bridge.listen(session);
    Wondering wondering = new Wondering();
    peer.unsolicited.asked(wondering);

    answer(
        event(listening).path("id").stringValue(),
        "\"error\":{\"code\":-1,\"message\":\"rejected\"}");

    assertThat(wondering.error()).isEqualTo("rejected");
  }

  @Test
  void tellTheClientThatAQuestionIsWithdrawn() throws Exception {
    RawCaller caller = bridge.request(session, "tools/call");
    Asked asked = peer.next();
    Wondering wondering = new Wondering();
    asked.listener().asked(wondering);
    caller.head();
    String id = event(caller).path("id").stringValue();

    wondering.cancelling.run();

    JsonNode cancelled = event(caller);
    assertThat(cancelled.path("method").asString()).isEqualTo("notifications/cancelled");
    assertThat(cancelled.at("/params/requestId").asString()).isEqualTo(id);
    assertThat(answer(id, "\"result\":{}").status()).isEqualTo(202);
    assertThat(wondering.answered).isNotDone();
    asked.answer("{}");
  }

  /** A client that takes JSON only can be asked where it listens. */
  @Test
  void mayNotBeThereForAQuestion() throws Exception {
    RawCaller caller = bridge.post(session, request(7, "tools/call", ""), JSON_ONLY);
    Asked asked = peer.next();
    Wondering first = new Wondering();
    asked.say("notifications/progress");
    asked.listener().asked(first);
    assertThat(first.error()).contains("accepts JSON only");

    RawCaller listening = bridge.listen(session);
    Wondering second = new Wondering();
    asked.listener().asked(second);
    answer(event(listening).path("id").stringValue(), "\"result\":{}");
    assertThat(second.answer()).isInstanceOf(RpcMessage.Result.class);
    asked.answer("{\"n\":1}");
    Said said = caller.answer();
    assertThat(said.field("Content-Type")).isEqualTo("application/json");
    assertThat(said.json().at("/result/n").asInt()).isEqualTo(1);
  }

  @Test
  void doNotWaitForeverForTheClientsAnswer() throws Exception {
    Wondering unheard = new Wondering();
    peer.unsolicited.asked(unheard);
    RawCaller caller = bridge.request(session, "tools/call");
    Asked asked = peer.next();
    Wondering unanswered = new Wondering();
    asked.listener().asked(unanswered);
    caller.head();

    bridge.pass(Duration.ofSeconds(30));
    assertThat(unheard.error()).isEqualTo("The client does not listen");
    assertThat(unanswered.answered).isNotDone();
    asked.say("notifications/progress");
    bridge.pass(Duration.ofMinutes(9).plusSeconds(30));

    assertThat(unanswered.error()).isEqualTo("The client did not answer in time");
    asked.answer("{}");
  }

  @Test
  void haveQuestionsAnsweredWhenTheirRequestOrSessionEnds() throws Exception {
    RawCaller caller = bridge.request(session, "tools/call");
    Asked asked = peer.next();
    Wondering first = new Wondering();
    asked.listener().asked(first);
    asked.answer("{}");
    assertThat(first.error()).contains("does not wait");
    assertThat(caller.answer().status()).isEqualTo(200);
    Wondering second = new Wondering();
    peer.unsolicited.asked(second);

    bridge.send("DELETE", "", "good", "Mcp-Session-Id: " + session).answer();

    assertThat(second.error()).contains("does not wait");
  }

  @Test
  void areLimitedInQuestions() throws Exception {
    RawCaller caller = bridge.request(session, "tools/call");
    Asked asked = peer.next();
    for (int i = 0; i < 64; i++) {
      asked.listener().asked(new Wondering());
    }
    Wondering last = new Wondering();

    asked.listener().asked(last);

    assertThat(last.error()).contains("too many");
    asked.answer("{}");
    assertThat(caller.head().status()).isEqualTo(200);
  }

  private void oldest() throws Exception {
    bridge.close();
    bridge = new LiveBridge();
    bridge.opener.revision = "2025-03-26";
    session = bridge.begin();
    peer = bridge.opener.next();
  }

  private static String batch(String... messages) {
    return "[" + String.join(",", messages) + "]";
  }

  @Test
  @Requirement("T-53")
  void mayBeOneArrayForABatch() throws Exception {
    oldest();
    RawCaller caller =
        bridge.post(
            session,
            batch(
                request(1, "tools/list", ""),
                notification("notifications/roots/list_changed", ""),
                LiveBridge.INITIALIZE,
                request(2, "prompts/list", "")));
    Asked first = peer.next();
    Asked second = peer.next();

    second.answer("{\"n\":2}");
    first.answer("{\"n\":1}");

    Said said = caller.answer();
    assertThat(said.status()).isEqualTo(200);
    assertThat(said.field("Content-Type")).isEqualTo("application/json");
    assertThat(said.json().size()).isEqualTo(3);
    assertThat(said.json().at("/0/error/code").asInt()).isEqualTo(-32600);
    assertThat(said.json().at("/0/id").asString()).isEqualTo("i");
    assertThat(said.json().at("/1/result/n").asInt()).isEqualTo(2);
    assertThat(said.json().at("/2/id").asInt()).isEqualTo(1);
    assertThat(peer.heard()).isEqualTo("notifications/roots/list_changed");
  }

  @Test
  @Requirement("T-53")
  void mayBeAStreamForABatch() throws Exception {
    oldest();
    RawCaller caller =
        bridge.post(session, batch(request(1, "tools/call", ""), request(2, "tools/call", "")));
    Asked first = peer.next();
    Asked second = peer.next();
    first.say("notifications/progress");
    first.answer("{}");
    assertThat(second.cancelled()).isFalse();
    peer.crash();

    caller.head();
    assertThat(said(caller)).isEqualTo("notifications/progress");
    assertThat(event(caller).path("id").asInt()).isEqualTo(1);
    assertThat(event(caller).at("/error/message").asString())
        .isEqualTo("The server docs broke off");
    assertThat(caller.chunk()).isEmpty();
  }

  @Test
  @Requirement({"T-48", "T-53"})
  void areNotForABatchThatAsksForNothing() throws Exception {
    oldest();
    Wondering wondering = new Wondering();
    RawCaller listening = bridge.listen(session);
    peer.unsolicited.asked(wondering);
    String id = event(listening).path("id").stringValue();

    Said said =
        bridge
            .post(
                session,
                batch(
                    notification("notifications/initialized", ""),
                    "{\"jsonrpc\":\"2.0\",\"id\":\"" + id + "\",\"result\":{}}"))
            .answer();

    assertThat(said.status()).isEqualTo(202);
    assertThat(said.content()).isEmpty();
    assertThat(wondering.answer()).isInstanceOf(RpcMessage.Result.class);
    assertThat(peer.heard()).isEqualTo("notifications/initialized");
  }

  @Test
  @Requirement("T-53")
  void areEventsOnlyForAClientThatTakesNothingElse() throws Exception {
    RawCaller caller =
        bridge.post(session, request(7, "tools/list", ""), "Accept: text/event-stream");
    peer.next().answer("{\"n\":1}");
    assertThat(caller.answer().content()).startsWith("event: message\ndata: {");
    oldest();
    RawCaller batch =
        bridge.post(session, batch(request(1, "tools/list", "")), "Accept: text/event-stream");
    peer.next().answer("{\"n\":1}");

    assertThat(batch.answer().content())
        .isEqualTo("event: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"n\":1}}\n\n");
  }

  @Test
  void areCutOffForARequestThatTheBackendLoses() throws Exception {
    RawCaller caller = bridge.request(session, "tools/call");
    Asked asked = peer.next();
    asked.say("notifications/progress");
    caller.head();
    assertThat(said(caller)).isEqualTo("notifications/progress");
    RawCaller listening = bridge.listen(session);

    peer.crash(asked);

    assertThat(event(caller).at("/error/message").asString())
        .isEqualTo("The server docs broke off");
    assertThat(caller.chunk()).isEmpty();
    assertThat(listening.chunk()).isEmpty();
    assertThat(bridge.request(session, "tools/list").answer().status()).isEqualTo(404);
  }
}
