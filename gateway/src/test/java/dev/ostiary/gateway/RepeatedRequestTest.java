package dev.ostiary.gateway;

import static dev.ostiary.gateway.BehindGateway.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.ScriptedChannels.Asked;
import dev.ostiary.gateway.ScriptedChannels.Line;
import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.requirements.Requirement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Calls for which the backend is asked again: the request that counts is the latest, however fast
 * the backend has answered the one before, even while that was still being sent.
 */
final class RepeatedRequestTest {
  private static final String VISITOR = "{\"elicitation\":{\"url\":{}}}";
  private static final String TASKS =
      "{\"tools\":{},\"tasks\":{\"requests\":{\"tools\":{\"call\":{}}}}}";
  private static final String URLS =
      "{\"elicitations\":[{\"mode\":\"url\",\"url\":\"https://a.example/\","
          + "\"elicitationId\":\"e\",\"message\":\"Go\"}]}";

  private LiveEras eras;

  @BeforeEach
  void start() throws Exception {
    eras = new LiveEras(ScriptedChannels.legacy("{\"tools\":{},\"logging\":{}}"));
  }

  @AfterEach
  void stop() throws Exception {
    eras.close();
  }

  private RawCaller call(String params, String meta) throws Exception {
    return eras.modern("good", "tools/call", "\"name\":\"read\"" + params, VISITOR, meta);
  }

  private static String visited(RawCaller caller) throws Exception {
    JsonNode result = caller.answer().json().path("result");
    assertThat(result.path("resultType").asString()).isEqualTo("input_required");
    return ",\"requestState\":"
        + result.get("requestState")
        + ",\"inputResponses\":{\"url-1\":{\"action\":\"accept\"}}";
  }

  /** The first request is answered while it is being sent, later ones are kept. */
  private void refuseAtOnce(String method, int code, String data) {
    eras.channels.atOnce.put(
        method,
        asked -> {
          eras.channels.atOnce.remove(method);
          asked.refuse(code, data);
        });
  }

  private static void isCancelled(Line line, Asked asked) throws Exception {
    JsonNode params = line.told("notifications/cancelled").params();
    assertThat(params.path("requestId").asLong()).isEqualTo(asked.id());
  }

  @Test
  @Requirement("T-33")
  void afterUrlsThatWereNamedAtOnce() throws Exception {
    refuseAtOnce("tools/call", -32042, URLS);

    RawCaller again = call(visited(call("", "")), "");
    Line line = eras.channels.line();
    line.next("tools/call").answer("{\"content\":[]}");

    assertThat(again.answer().json().at("/result/resultType").asString()).isEqualTo("complete");
  }

  /** The client comes back before the first request has been sent to its end. */
  @Test
  @Requirement("T-11")
  void afterUrlsWhileTheFirstIsStillBeingSent() throws Exception {
    CountDownLatch repeated = new CountDownLatch(1);
    eras.channels.atOnce.put(
        "tools/call",
        asked -> {
          eras.channels.atOnce.remove("tools/call");
          asked.refuse(-32042, URLS);
          await(repeated);
        });
    RawCaller first = call("", ",\"io.modelcontextprotocol/logLevel\":\"info\"");
    Line line = eras.channels.line();
    Asked level = line.next("logging/setLevel");
    Thread sending = Thread.ofVirtual().start(() -> level.answer("{}"));
    RawCaller again = call(visited(first), "");
    Asked asked = line.next("tools/call");
    eras.modern("server/discover", "").answer(); // and meanwhile the repetition is sent to its end
    repeated.countDown();
    sending.join();

    again.close();

    isCancelled(line, asked);
    eventually(() -> eras.gateway.runningCalls() == 0);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  @Test
  @Requirement("T-11")
  void asATask() throws Exception {
    eras.close();
    eras = new LiveEras(ScriptedChannels.legacy(TASKS));
    refuseAtOnce("tools/call", -32601, "{}");
    RawCaller caller = call("", "");
    Line line = eras.channels.line();
    Asked asked = line.next("tools/call");
    assertThat(asked.params().has("task")).isTrue();

    caller.close();

    isCancelled(line, asked);
  }

  @Test
  @Requirement("T-11")
  void inAnotherConversation() throws Exception {
    eras.channels.atOnce.put(
        "tools/call",
        asked -> {
          eras.channels.atOnce.remove("tools/call");
          asked
              .line()
              .fail(
                  asked, new ChannelFailure.Ended(RpcError.internal("The session is lost"), true));
        });
    RawCaller caller = call("", "");
    eras.channels.line();
    Line line = eras.channels.line();
    Asked asked = line.next("tools/call");

    caller.close();

    isCancelled(line, asked);
  }

  @Test
  void withOtherHeaders() throws Exception {
    eras.close();
    eras = new LiveEras(ScriptedChannels.modern("{\"tools\":{}}", false));
    refuseAtOnce("tools/call", -32020, "{}");
    String session = eras.begin("good", "2025-11-25", "{}");
    eras.legacy(session, "tools/call", "\"name\":\"read\"");
    Line line = eras.channels.line();
    Asked asked = line.next("tools/call");

    eras.post(
            "good", session, LiveBridge.notification("notifications/cancelled", "\"requestId\":7"))
        .answer();

    isCancelled(line, asked);
  }
}
