package dev.ostiary.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.RawBackend.Heard;
import dev.ostiary.gateway.RawBackend.Peer;
import dev.ostiary.gateway.peer.Channel;
import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.remote.HttpChannels;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a channel over Streamable HTTP makes of a server's octets, and the server of its own. */
final class HttpChannelTest extends BehindGateway {
  private static final String WELCOME =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2025-06-18\"}}";
  private static final String RESULT = "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}";
  private static final String TAKEN = "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n";
  private static final String PROGRESS =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progress\":1}}";

  private RecordingListener listener;
  private Channel channel;

  @BeforeEach
  void openChannel() {
    listener = new RecordingListener();
    channel =
        new HttpChannels(gateway.backend, gateway.ticker).open(SampleMessages.CAUSE, listener);
  }

  @AfterEach
  void closeChannel() throws IOException {
    docs.close(); // nobody waits for the end of a session
    channel.close();
  }

  @Test
  void keepsToVersionAndSessionOfTheServer() throws IOException {
    channel.send(SampleMessages.request(1, "initialize"));
    Peer peer = accept();
    Heard initialize = peer.hear();
    peer.json(200, WELCOME, "Mcp-Session-Id: s1");
    listener.next("1 result 1");
    channel.send(SampleMessages.notification("notifications/initialized"));
    Heard initialized = peer.hear();
    peer.say(TAKEN);
    channel.send(SampleMessages.request(2, "ping"));
    Peer second = accept();
    Heard ping = second.hear();
    second.json(200, RESULT, "Connection: close").close();
    listener.next("2 result 2");
    channel.close();
    Peer last = accept();
    Heard delete = last.hear();
    last.say(TAKEN);

    assertThat(initialize.names()).doesNotContain("mcp-session-id", "mcp-protocol-version");
    assertThat(initialize.field("Accept")).isEqualTo("application/json, text/event-stream");
    assertThat(initialized.body()).contains("notifications/initialized");
    for (Heard heard : new Heard[] {initialized, ping, delete}) {
      assertThat(heard.field("Mcp-Session-Id")).isEqualTo("s1");
      assertThat(heard.field("MCP-Protocol-Version")).isEqualTo("2025-06-18");
    }
    assertThat(delete.first()).startsWith("DELETE ");
  }

  /** Some servers refuse what comes before it. */
  @Test
  void sendsNothingBeforeTheServerHasTakenThatItIsInitialized() throws IOException {
    channel.send(SampleMessages.notification("notifications/initialized"));
    channel.send(SampleMessages.request(2, "ping"));
    Peer peer = accept();
    assertThat(peer.hear().body()).contains("initialized");
    peer.say(TAKEN);

    Peer next = accept();
    assertThat(next.hear().body()).contains("ping");
    next.json(200, RESULT);
    listener.next("2 result 2");
  }

  @Test
  void repeatsMethodAndNameOfAModernMessageInItsHeader() throws IOException {
    channel.send(SampleMessages.modern(2, "resources/read", "\"uri\":\"file:///\u00fcber\""));
    Peer peer = accept();
    Heard heard = peer.hear();
    peer.json(200, RESULT);

    listener.next("2 result 2");
    assertThat(heard.field("MCP-Protocol-Version")).isEqualTo("2026-07-28");
    assertThat(heard.field("Mcp-Method")).isEqualTo("resources/read");
    assertThat(heard.field("Mcp-Name")).isEqualTo("=?base64?ZmlsZTovLy/DvGJlcg==?=");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void hearsEachEventAsItComes(String line) throws IOException {
    channel.send(SampleMessages.request(2, "ping"));
    Peer peer = acceptAndHear().events();
    peer.chunk("\u00ef\u00bb\u00bf: hello" + line + line);
    String event = "event: message" + line + "data: " + PROGRESS + line + line;
    peer.chunk(event.substring(0, 20));
    peer.chunk(event.substring(20));
    listener.next("2 notifications/progress");
    peer.chunk("data: garbage" + line + line + "data: " + RESULT + line + line).chunk("");

    listener.next("2 result 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "400 | {\"id\":2,\"error\":{\"code\":-32602,\"message\":\"\"}} | 2 error -32602",
        "500 | {\"id\":2,\"error\":{\"code\":-32603,\"message\":\"\"}} | 2 error -32603",
        "404 | {\"id\":2,\"error\":{\"code\":-32601,\"message\":\"\"}} | 2 error -32601",
        "400 | {\"id\":null,\"error\":{\"code\":-32000,\"message\":\"\"}} | 2 error -32000",
        "400 | {\"error\":\"invalid_request\"} | 2 error -32600",
        "200 | {\"id\":\"2\",\"result\":{}} | 2 result 2",
        "200 | {} | 2 unavailable 502",
        "200 | <p/> | 2 unavailable 502"
      })
  void readsErrorsOfAnyStatus(int status, String json, String heard) throws IOException {
    channel.send(SampleMessages.request(2, "ping"));
    acceptAndHear().json(status, json);

    listener.next(heard);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\n<p/>"
      })
  void takesWhatIsNoAnswerForNone(String answer) throws IOException {
    channel.send(SampleMessages.request(2, "ping"));
    acceptAndHear().say(answer);

    listener.next("2 unavailable 502");
  }

  @Test
  void tellsThatAStreamBrokeOff() throws IOException {
    channel.send(SampleMessages.request(2, "ping"));
    acceptAndHear().events().chunk("data: " + PROGRESS + "\n\n").close();

    listener.next("2 notifications/progress");
    listener.next("2 unavailable 502");
  }

  @Test
  void asksForTheRestOfAStreamThatHasIds() throws IOException {
    initialize();
    channel.send(SampleMessages.request(2, "ping"));
    acceptAndHear().events().chunk("id: e1\nretry: 1000\ndata:\n\n").chunk("").close();
    passUntilAccepted(Duration.ofSeconds(2));
    Peer again = accept();
    Heard get = again.hear();
    again.events().chunk("id: e2\ndata: " + RESULT + "\n\n").chunk("");

    assertThat(get.first()).startsWith("GET ");
    assertThat(get.field("Last-Event-ID")).isEqualTo("e1");
    assertThat(get.field("Mcp-Session-Id")).isEqualTo("s1");
    listener.next("2 result 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "404 | {\"id\":null,\"error\":{\"code\":-32001,\"message\":\"Session not found\"}}",
        "400 | {\"id\":null,\"error\":{\"code\":-32000,\"message\":\"No valid session\"}}"
      })
  void endsWithItsSession(int status, String json) throws IOException {
    initialize();
    channel.send(SampleMessages.request(2, "ping"));
    acceptAndHear().json(status, json);

    listener.next("closed ended");
  }

  @Test
  void letsWhatIsUnderWayEndWhenItsSessionIsOver() throws IOException {
    initialize();
    channel.send(SampleMessages.request(2, "ping"));
    Peer slow = acceptAndHear();
    channel.send(SampleMessages.request(3, "ping"));
    acceptAndHear().json(404, "{}");
    listener.next("3 ended");
    channel.send(SampleMessages.request(4, "ping"));
    listener.next("4 ended");
    slow.json(200, RESULT);

    listener.next("2 result 2");
    listener.next("closed ended");
  }

  @Test
  void hearsWhatTheServerSaysUnaskedAndComesAgain() throws IOException {
    initialize();
    channel.listen(SampleMessages.CAUSE);
    channel.listen(SampleMessages.CAUSE);
    Peer peer = accept();
    assertThat(peer.hear().first()).startsWith("GET ");
    peer.events().chunk("id: g1\ndata: " + PROGRESS + "\n\n");
    listener.next("-1 notifications/progress");
    peer.chunk("").close();
    passUntilAccepted(Duration.ofSeconds(2));
    Peer again = accept();
    Heard get = again.hear();
    again.say("HTTP/1.1 405 No\r\nContent-Length: 0\r\n\r\n");

    assertThat(get.field("Last-Event-ID")).isEqualTo("g1");
  }

  @Test
  void closesTheStreamOfAModernRequestThatIsAbandoned() throws IOException {
    channel.send(SampleMessages.modern(2, "ping", ""));
    Peer peer = acceptAndHear().events().chunk("data: " + PROGRESS + "\n\n");
    listener.next("2 notifications/progress");

    channel.abandon(2);

    assertThat(peer.ended()).isTrue();
  }

  @Test
  void hearsNoMoreOfALegacyRequestThatIsAbandoned() throws IOException {
    channel.send(SampleMessages.request(2, "ping"));
    Peer peer = acceptAndHear().events().chunk("data: " + PROGRESS + "\n\n");
    listener.next("2 notifications/progress");

    channel.abandon(2);
    peer.chunk("data: " + RESULT + "\n\n").chunk("").close();
    eventually(() -> gateway.backend.size() == 0);
    channel.send(SampleMessages.request(3, "ping"));
    Peer next = accept();
    assertThat(next.hear().body()).contains("\"id\":3");
    next.json(200, RESULT.replace(":2", ":3"));

    listener.next("3 result 3");
  }

  @Test
  void saysWhenItCannotBeReached() throws IOException {
    docs.close();

    channel.send(SampleMessages.request(2, "ping"));

    assertThat(listener.nextFailure()).isInstanceOf(ChannelFailure.Unavailable.class);
  }

  private void initialize() throws IOException {
    channel.send(SampleMessages.request(1, "initialize"));
    Peer peer = acceptAndHear();
    peer.json(200, WELCOME, "Mcp-Session-Id: s1", "Connection: close");
    listener.next("1 result 1");
    peer.close();
  }

  /** Lets the pause pass after which a stream is asked for again. */
  private void passUntilAccepted(Duration time) {
    eventually(() -> gateway.backend.size() == 0 && gateway.ticker.size() > 2);
    gateway.pass(time);
  }
}
