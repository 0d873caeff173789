package dev.ostiary.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.RawBackend.Heard;
import dev.ostiary.gateway.RawBackend.Peer;
import dev.ostiary.gateway.peer.Channel;
import dev.ostiary.gateway.remote.SseChannels;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a channel over HTTP with SSE makes of a server's octets, and the server of its own. */
final class SseChannelTest extends BehindGateway {
  private static final String TAKEN = "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n";

  private RecordingListener listener;
  private Channel channel;

  @BeforeEach
  void openChannel() {
    listener = new RecordingListener();
    channel = new SseChannels(gateway.backend, gateway.ticker).open(SampleMessages.CAUSE, listener);
  }

  @AfterEach
  void closeChannel() {
    channel.close();
  }

  @Test
  void postsToTheAddressThatTheServerNames() throws IOException {
    channel.send(SampleMessages.request(1, "initialize"));
    Peer stream = accept();
    Heard get = stream.hear();
    stream.events().chunk("event: endpoint\ndata: /messages?session=1\n\n");
    Peer posts = accept();
    Heard post = posts.hear();
    posts.say(TAKEN);
    stream.chunk("event: message\ndata: {\"id\":1,\"result\":{}}\n\n");

    listener.next("-1 result 1");
    assertThat(get.first()).startsWith("GET /up/mcp?key=1 ");
    assertThat(get.field("Accept")).isEqualTo("text/event-stream");
    assertThat(post.first()).startsWith("POST /messages?session=1 ");
    assertThat(post.body()).contains("initialize");
    stream.chunk("event: message\ndata: {\"id\":\"s\",\"method\":\"roots/list\"}\n\n");
    listener.next("-1 roots/list");
    stream.close();
    listener.next("closed ended");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/messages",
        "//127.0.0.1:1/messages",
        "http://user@127.0.0.1/messages",
        "file:///etc/passwd",
        "http://["
      })
  void postsToNoOtherOrigin(String address) throws IOException {
    channel.send(SampleMessages.request(1, "initialize"));
    acceptAndHear().events().chunk("event: endpoint\ndata: " + address + "\n\n");

    listener.next("closed unavailable 502");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "404 Not Found\r\nContent-Length: 0\r\n\r\n",
        "405 No\r\nContent-Length: 0\r\n\r\n",
        "200 OK\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n"
      })
  void closesWhereThereIsNoStream(String answer) throws IOException {
    acceptAndHear().say("HTTP/1.1 " + answer);

    listener.next("closed unavailable 502");
  }

  @Test
  void readsTheRefusalOfAMessage() throws IOException {
    channel.send(SampleMessages.request(1, "ping"));
    acceptAndHear().events().chunk("event: endpoint\ndata: /messages\n\n");
    acceptAndHear().say("HTTP/1.1 400 Bad\r\nContent-Length: 3\r\n\r\nBad");

    listener.next("-1 error -32600");
  }

  @Test
  void endsWhereItsSessionIsUnknown() throws IOException {
    channel.send(SampleMessages.request(1, "ping"));
    acceptAndHear().events().chunk("event: endpoint\ndata: /messages\n\n");
    acceptAndHear().say("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");

    listener.next("1 ended");
    listener.next("closed ended");
  }
}
