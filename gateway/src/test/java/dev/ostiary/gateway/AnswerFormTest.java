package dev.ostiary.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.RawBackend.Heard;
import dev.ostiary.gateway.RawBackend.Peer;
import dev.ostiary.gateway.RawCaller.Said;
import dev.ostiary.gateway.SampleGateway.Call;
import dev.ostiary.gateway.call.AllowedUsers;
import dev.ostiary.gateway.credential.BackendCredential;
import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.gateway.policy.RequiredScopes;
import dev.ostiary.gateway.reply.AnswerForm;
import dev.ostiary.http.Headers;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Backends are asked for both forms of an answer, and clients get one that they take. */
final class AnswerFormTest extends BehindGateway {
  private static final String PROGRESS =
      "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{}}\n\n";

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, EITHER",
        "'', EITHER",
        "*/*, EITHER",
        "'application/json, text/event-stream', EITHER",
        "'APPLICATION/JSON;q=0.5 , Text/Event-Stream', EITHER",
        "text/html, EITHER",
        "application/json, JSON",
        "application/*, JSON",
        "'Application/JSON; charset=utf-8', JSON",
        "'*/*, text/event-stream;q=0', JSON",
        "'application/json, text/*;q=0.000', JSON",
        "text/event-stream, EVENTS",
        "'TEXT/*', EVENTS",
        "'application/json;q=0, */*;q=0.1', EVENTS",
      })
  void isWhatTheClientAccepts(@Nullable String accept, AnswerForm form) {
    assertThat(AnswerForm.of(accept == null ? Headers.none() : Headers.of("Accept", accept)))
        .isEqualTo(form);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/*", "", "application/*", "APPLICATION/JSON", "text/event-stream"})
  void isAskedForInBothWhateverTheClientSays(String accept) throws IOException {
    RawCaller caller = modern("tools/call", "Accept: " + accept);
    Peer peer = accept();
    Heard heard = peer.hear();
    peer.json(200, OK);

    assertThat(heard.field("Accept")).isEqualTo("application/json, text/event-stream");
    assertThat(caller.answer().content()).contains(OK);
  }

  @Test
  void isEventsWhereTheClientListens() throws IOException {
    RawCaller caller = other("GET", "good", "Accept: */*");
    Peer peer = accept();
    Heard heard = peer.hear();
    peer.events().chunk(PROGRESS);

    assertThat(heard.field("Accept")).isEqualTo("text/event-stream");
    assertThat(caller.head().field("Content-Type")).isEqualTo("text/event-stream");
    assertThat(caller.chunk()).isEqualTo(PROGRESS);
  }

  @Test
  void isTheAnswerAloneForAClientWithoutStreams() throws IOException {
    RawCaller caller = modern("tools/call", "Accept: application/json");
    Peer peer = acceptAndHear().events("Mcp-Custom: yes");
    peer.chunk(PROGRESS).chunk(": comment\n\n").chunk(ANSWER);

    Said said = caller.answer();

    assertThat(said.status()).isEqualTo(200);
    assertThat(said.field("Content-Type")).isEqualTo("application/json");
    assertThat(said.field("Mcp-Custom")).isEqualTo("yes");
    assertThat(said.content()).isEqualTo(OK);
    assertThat(peer.ended()).isTrue();
  }

  @Test
  void isAnErrorForAClientWithoutStreamsIfThereIsNoAnswerInOne() throws IOException {
    RawCaller caller = modern("tools/call", "Accept: application/json");
    acceptAndHear().events().chunk(PROGRESS).chunk("");

    Said said = caller.answer();

    assertThat(said.status()).isEqualTo(502);
    assertThat(said.json().get("id").intValue()).isEqualTo(7);
  }

  @Test
  void isAnEventForAClientOfStreamsAlone() throws IOException {
    RawCaller caller = modern("tools/call", "Accept: text/event-stream");
    acceptAndHear().json(200, "{\n \"id\":7,\n \"result\":{}}");

    Said said = caller.answer();

    assertThat(said.field("Content-Type")).isEqualTo("text/event-stream");
    assertThat(said.content())
        .isEqualTo("event: message\ndata: {\ndata:  \"id\":7,\ndata:  \"result\":{}}\n\n");
  }

  @Test
  void isAnEventForAClientOfStreamsAloneHoweverLongItIs() throws IOException {
    String answer = "{\"id\":7,\"result\":{\"x\":\"" + "y".repeat(200_000) + "\"}}";
    RawCaller caller = modern("tools/call", "Accept: text/event-stream");
    acceptAndHear().json(200, answer);

    assertThat(caller.answer().content()).isEqualTo("event: message\ndata: " + answer + "\n\n");
  }

  @Test
  void isJsonForErrorsOfHttp() throws IOException {
    RawCaller caller = modern("tools/call", "Accept: text/event-stream");
    acceptAndHear().json(400, "{\"id\":7,\"error\":{\"code\":-32600,\"message\":\"\"}}");

    assertThat(caller.answer().field("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void isFilteredInEveryForm() throws IOException {
    Policy policy =
        Policy.builder()
            .tool("drop", RequiredScopes.DENIED)
            .otherwise(RequiredScopes.NOTHING)
            .build();
    restart(
        LiveGateway.settings(docs.uri()),
        new LiveGateway.Variation(BackendCredential.NONE, AllowedUsers.EVERYONE, policy));
    String list = "{\"id\":7,\"result\":{\"tools\":[{\"name\":\"a\"},{\"name\":\"drop\"}]}}";

    RawCaller events = modern("tools/list", "Accept: text/event-stream");
    Peer first = acceptAndHear().json(200, list, "Connection: close");
    assertThat(events.answer().content())
        .startsWith("event: message\ndata: ")
        .doesNotContain("drop");
    first.close();
    RawCaller json = modern("tools/list", "Accept: application/json");
    acceptAndHear().events().chunk("data: " + list + "\n\n").chunk("");
    assertThat(json.answer().content())
        .isEqualTo("{\"id\":7,\"result\":{\"tools\":[{\"name\":\"a\"}]}}");
  }

  @Test
  void isTheClientsChoiceOfABuiltInServerToo() {
    FakeExchange answer =
        SampleGateway.direct()
            .send(
                Call.modern("tools/list", "").header("Accept", "text/event-stream").token("good"));

    assertThat(answer.header("Content-Type")).isEqualTo("text/event-stream");
    assertThat(answer.text()).startsWith("event: message\ndata: {").endsWith("}\n\n");
  }
}
