package dev.ostiary.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.RawBackend.Heard;
import dev.ostiary.gateway.RawBackend.Peer;
import dev.ostiary.gateway.SampleGateway.Call;
import dev.ostiary.gateway.backend.AdmittedCall;
import dev.ostiary.gateway.backend.Backend;
import dev.ostiary.gateway.call.AllowedUsers;
import dev.ostiary.gateway.credential.BackendCredential;
import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.gateway.policy.RequiredScopes;
import dev.ostiary.gateway.reply.CallReply;
import dev.ostiary.gateway.session.SealedSessions;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.mcp.Message.Envelope;
import dev.ostiary.mcp.Revision;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server whose tools may only read: what they are is read from its own list. */
final class ReadOnlyServerTest {
  private static final Policy POLICY =
      Policy.builder().otherwise(RequiredScopes.NOTHING).readOnly(true).build();
  private static final String READER =
      "{\"name\":\"reader\",\"annotations\":{\"readOnlyHint\":true}}";
  private static final String WRITER = "{\"name\":\"writer\"}";
  private static final String LATER =
      "{\"name\":\"later\",\"annotations\":{\"readOnlyHint\":true}}";

  @Nested
  class WhoseListNobodyHasAskedFor {
    private final FakeBackend backend = new FakeBackend(false);
    private final SampleGateway sample = SampleGateway.with(backend, POLICY);

    @Test
    void isAskedForItOnce() {
      assertThat(call("reader", "good").json().has("result")).isTrue();
      assertThat(call("later", "good").json().has("result")).isTrue();
      assertThat(backend.heard)
          .containsExactly(
              "tools/list null", "tools/list 2", "tools/call reader", "tools/call later");
    }

    @Test
    void doesOnlyWhatTheListSaysIsHarmless() {
      FakeExchange refused = call("writer", "good");

      assertThat(refused.code()).isEqualTo(-32602);
      assertThat(refused.text()).contains("tools/list does not mark this one");
      assertThat(backend.heard).containsExactly("tools/list null", "tools/list 2");
    }

    @Test
    void knowsNoToolThatIsNotInIt() {
      FakeExchange refused = call("other", "good");

      assertThat(refused.status()).isEqualTo(200);
      assertThat(refused.code()).isEqualTo(-32602);
      assertThat(refused.text()).contains("not available");
      assertThat(call("other", "good").code()).isEqualTo(-32602);
      assertThat(backend.heard).as("it is not read again at once").hasSize(2);

      backend.pages.put(
          "2", "{\"tools\":[{\"name\":\"other\",\"annotations\":{\"readOnlyHint\":true}}]}");
      sample.now = sample.now.plusSeconds(10);
      assertThat(call("other", "good").json().has("result")).isTrue();
    }

    @Test
    void isAskedAgainInTime() {
      call("reader", "good");
      backend.pages.put("null", "{\"tools\":[{\"name\":\"reader\"}]}");

      assertThat(call("reader", "good").json().has("result")).isTrue();
      sample.now = sample.now.plusSeconds(600);
      sample.verifier.knows("new", SampleGateway.RESOURCE, "", sample.now.plusSeconds(60));

      assertThat(call("reader", "new").code()).isEqualTo(-32602);
      assertThat(call("later", "new").text()).contains("not available");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{\"tools\":{}}",
          "{\"Tools\":[]}",
          "{}",
          "5",
          "{\"tools\":[],\"nextCursor\":\"null\"}",
          "{\"tools\":[" + READER + "],\"tools\":[]}"
        })
    void doesNothingWhileItCannotBeRead(String result) {
      backend.pages.put("null", result);

      FakeExchange refused = call("reader", "good");

      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("Retry-After")).isNotEmpty();
      assertThat(backend.heard)
          .allMatch(each -> each.startsWith("tools/list"))
          .hasSizeLessThan(101);
    }

    @Test
    void doesNothingWithoutRoomForTheQuestion() {
      backend.full = true;

      assertThat(call("reader", "good").status()).isEqualTo(503);
    }

    @Test
    void isJudgedInABatchAndInOlderRevisionsToo() {
      String batch =
          "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"reader\"}},"
              + "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":"
              + "\"writer\"}}]";

      assertThat(sample.send(Call.json(batch).token("good")).json().at("/1/error/code").intValue())
          .isEqualTo(-32602);
      assertThat(
              sample
                  .send(
                      Call.legacy("2025-06-18", "tools/call", "\"name\":\"reader\"").token("good"))
                  .json()
                  .has("result"))
          .isTrue();
      assertThat(backend.revisions).containsOnly(Revision.V2025_03_26, Revision.V2025_06_18);
    }

    private FakeExchange call(String tool, String token) {
      return sample.send(Call.modernTool(tool).token(token));
    }
  }

  @Test
  void isAskedOnceByCallsThatWaitForTheSameList() {
    List<CallReply> waiting = new ArrayList<>();
    SampleGateway sample = SampleGateway.with((_, reply) -> waiting.add(reply), POLICY);
    FakeExchange first = sample.send(Call.modernTool("reader").token("good"));
    FakeExchange second = sample.send(Call.modernTool("writer").token("writer"));
    assertThat(waiting).hasSize(1);
    assertThat(first.isAnswered() || second.isAnswered()).isFalse();

    waiting
        .getFirst()
        .json(200, ("{\"result\":{\"tools\":[" + READER + "," + WRITER + "]}}").getBytes(UTF_8));

    assertThat(waiting).as("the call that may be made").hasSize(2);
    assertThat(second.code()).isEqualTo(-32602);
  }

  /** One user's tools may have the names of another's. */
  @Test
  void isAskedByEachUserWhereItKnowsThem() {
    FakeBackend backend = new FakeBackend(true);
    SampleGateway sample = SampleGateway.with(backend, POLICY);
    sample.verifier.knowsAs(
        "github:2", "stranger", SampleGateway.RESOURCE, "", SampleGateway.NOW.plusSeconds(60));
    sample.send(Call.modernTool("reader").token("good"));
    backend.pages.put("null", "{\"tools\":[{\"name\":\"reader\"}]}");

    assertThat(sample.send(Call.modernTool("reader").token("stranger")).code()).isEqualTo(-32602);
    assertThat(sample.send(Call.modernTool("reader").token("good")).json().has("result")).isTrue();
  }

  @Nested
  class OverHttp extends BehindGateway {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isAskedInTheSessionAndAsTheUserOfTheCall(boolean events) throws IOException {
      restart(
          LiveGateway.settings(docs.uri()),
          new LiveGateway.Variation(BackendCredential.NONE, AllowedUsers.EVERYONE, POLICY));
      RawCaller caller =
          legacy(
              "tools/call",
              "good",
              "MCP-Protocol-Version: 2025-11-25",
              "Mcp-Session-Id: " + session());
      Peer peer = accept();
      Heard list = peer.hear();
      String tools =
          "{\"jsonrpc\":\"2.0\",\"id\":\"tools-1\",\"result\":{\"tools\":["
              + READER.replace("reader", "read")
              + "]}}";
      if (events) {
        peer.events("Connection: close").chunk("id: 1\ndata:\n\n").chunk("data: " + tools + "\n\n");
      } else {
        peer.json(200, tools, "Connection: close");
      }
      Peer second = accept();
      Heard call = second.hear();
      second.json(200, OK);

      assertThat(caller.answer().content()).isEqualTo(OK);
      assertThat(list.body()).contains("\"method\":\"tools/list\"");
      assertThat(list.field("Mcp-Session-Id")).isEqualTo("backend-1");
      assertThat(list.field("MCP-Protocol-Version")).isEqualTo("2025-11-25");
      assertThat(call.body()).contains("tools/call");
      peer.close();
    }

    private String session() {
      Caller caller =
          new Caller(
              new Subject("github:1"),
              new ClientId("cli"),
              FakeVerifier.grant("good"),
              LiveGateway.SCOPES);
      return new SealedSessions(
              LiveGateway.DOCS.value(), new SampleSeal(), Duration.ofDays(1), () -> gateway.now)
          .seal("backend-1", Revision.V2025_11_25, caller);
    }
  }

  /** Answers lists by their cursors, and calls. */
  private static final class FakeBackend implements Backend {
    private final boolean personal;
    private final Map<String, String> pages =
        new LinkedHashMap<>(
            Map.of(
                "null", "{\"tools\":[" + READER + "," + WRITER + "],\"nextCursor\":\"2\"}",
                "2", "{\"tools\":[" + LATER + "]}"));
    private final List<String> heard = new ArrayList<>();
    private final List<Revision> revisions = new ArrayList<>();
    private boolean full;

    FakeBackend(boolean personal) {
      this.personal = personal;
    }

    @Override
    public void take(AdmittedCall call, CallReply reply) {
      if (full) {
        throw new RejectedExecutionException("full");
      }
      Envelope envelope = (Envelope) call.message();
      boolean list = envelope.method().equals("tools/list");
      String about = list ? envelope.params().cursor() : envelope.params().name();
      heard.add(envelope.method() + " " + about);
      revisions.add(call.revision());
      String result = list ? pages.get(String.valueOf(about)) : "{}";
      reply.json(200, ("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + result + "}").getBytes(UTF_8));
    }

    @Override
    public boolean isPersonal() {
      return personal;
    }
  }
}
