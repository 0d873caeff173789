package dev.ostiary.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.RawBackend.Peer;
import dev.ostiary.gateway.RawCaller.Said;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What becomes of calls and streams when Ostiary ends. */
final class StoppingTest extends BehindGateway {
  private static final String PROGRESS = "event: message\ndata: {\"method\":\"progress\"}\n\n";

  @Test
  void endsAStreamThatOnlyWaitsForNewsInOrderAndAtOnce() throws IOException {
    RawCaller listener =
        other("GET", "good", "Accept: text/event-stream", "MCP-Protocol-Version: 2025-11-25");
    Peer news = acceptAndHear().events().chunk(PROGRESS);
    listener.head();
    listener.chunk();

    gateway.gateway.endLastingStreams();

    assertThat(listener.chunk()).as("the last chunk").isEmpty();
    assertThat(news.ended()).isTrue();
  }

  @Test
  void tellsASubscriberOfTheModernEraWhyItsStreamEnds() throws IOException {
    RawCaller subscriber = modern("subscriptions/listen");
    Peer news = acceptAndHear().events().chunk(PROGRESS);
    subscriber.head();
    subscriber.chunk();

    gateway.gateway.endLastingStreams();

    assertThat(subscriber.chunk()).contains("\"id\":7", "shutting down");
    assertThat(subscriber.chunk()).isEmpty();
    assertThat(news.ended()).isTrue();
  }

  @Test
  void letsACallFinish() throws IOException {
    RawCaller caller = modern("tools/call");
    Peer peer = acceptAndHear().events().chunk(PROGRESS);
    caller.head();
    caller.chunk();
    RawCaller waiting = modern("tools/list");
    Peer busy = acceptAndHear();

    gateway.gateway.endLastingStreams();

    peer.chunk(ANSWER).chunk("");
    assertThat(caller.chunk()).isEqualTo(ANSWER);
    assertThat(caller.chunk()).isEmpty();
    busy.json(200, OK);
    assertThat(waiting.answer().status()).isEqualTo(200);
  }

  @Test
  void tellsACallThatTakesTooLong() throws IOException {
    RawCaller streaming = modern("tools/call");
    acceptAndHear().events().chunk(PROGRESS);
    streaming.head();
    streaming.chunk();
    RawCaller waiting = modern("tools/list");
    Peer busy = acceptAndHear();

    gateway.gateway.endCalls();

    assertThat(streaming.chunk()).contains("\"id\":7", "shutting down");
    assertThat(streaming.chunk()).isEmpty();
    Said said = waiting.answer();
    assertThat(said.status()).isEqualTo(503);
    assertThat(said.field("Retry-After")).isNotEmpty();
    assertThat(busy.ended()).isTrue();
  }
}
