package dev.ostiary.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.gateway.RawBackend.Peer;
import dev.ostiary.gateway.RawCaller.Said;
import dev.ostiary.requirements.Requirement;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of events, from their beginning to whichever end. */
final class HttpBackendStreamTest extends BehindGateway {
  private static final String PROGRESS = "event: message\ndata: {\"method\":\"progress\"}\n\n";
  private static final String LEGACY = "MCP-Protocol-Version: 2025-11-25";

  @Test
  @Requirement({"T-10", "T-58", "T-9"})
  void passEachEventAsItComes() throws IOException {
    RawCaller caller = modern("tools/call");
    Peer peer = acceptAndHear().events("Cache-Control: max-age=9", "Set-Cookie: a=b");

    Said head = caller.head();
    peer.chunk(PROGRESS);
    assertThat(caller.chunk()).isEqualTo(PROGRESS);
    peer.chunk(": from the backend\n\n");
    assertThat(caller.chunk()).isEqualTo(": from the backend\n\n");
    peer.chunk("id: 1\r\nretry: 5\r\ndata: half");
    assertThat(caller.chunk()).isEqualTo("id: 1\r\nretry: 5\r\ndata: half");
    peer.chunk("\r\n\r\n");
    assertThat(caller.chunk()).isEqualTo("\r\n\r\n");
    peer.chunk(ANSWER).chunk("");

    assertThat(caller.chunk()).isEqualTo(ANSWER);
    assertThat(caller.chunk()).isEmpty();
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.field("Content-Type")).isEqualTo("text/event-stream");
    assertThat(head.field("X-Accel-Buffering")).isEqualTo("no");
    assertThat(head.field("Cache-Control")).contains("no-cache");
    assertThat(head.names()).doesNotContain("set-cookie", "content-length");
  }

  @Test
  @Requirement("T-47")
  void mayBeListenedToInOlderRevisions() throws IOException {
    RawCaller caller = other("GET", "good", "Accept: text/event-stream", LEGACY);
    Peer peer = acceptAndHear().events();
    assertThat(caller.head().field("Content-Type")).isEqualTo("text/event-stream");

    peer.chunk(PROGRESS);

    assertThat(caller.chunk()).isEqualTo(PROGRESS);
    caller.close();
    assertThat(peer.ended()).isTrue();
  }

  @Test
  void getCommentsWhileTheBackendIsSilent() throws IOException {
    RawCaller caller = modern("tools/call");
    Peer peer = acceptAndHear().events().chunk(PROGRESS);
    caller.head();
    caller.chunk();

    for (int i = 0; i < 3; i++) {
      passUntilNews(caller, Duration.ofSeconds(25));
      assertThat(caller.chunk()).isEqualTo(":\n\n");
    }

    peer.chunk(ANSWER).chunk("");
    assertThat(caller.chunk()).isEqualTo(ANSWER);
    assertThat(caller.chunk()).isEmpty();
  }

  @Test
  void getNoCommentInTheMiddleOfAnEvent() throws IOException {
    RawCaller caller = modern("tools/call");
    Peer peer = acceptAndHear().events().chunk(ANSWER.substring(0, 20));
    caller.head();
    caller.chunk();

    for (int i = 0; i < 10; i++) {
      gateway.pass(Duration.ofSeconds(25));
    }
    peer.chunk(ANSWER.substring(20)).chunk("");

    assertThat(caller.chunk()).isEqualTo(ANSWER.substring(20));
    assertThat(caller.chunk()).isEmpty();
  }

  @Test
  @Requirement("T-11")
  void endAtTheBackendWhenAModernClientGoesAway() throws IOException {
    RawCaller early = modern("tools/call");
    Peer silent = acceptAndHear();
    early.close();
    assertThat(silent.ended()).isTrue();

    RawCaller late = modern("tools/call");
    Peer streaming = acceptAndHear().events().chunk(PROGRESS);
    late.head();
    late.chunk();
    late.close();
    assertThat(streaming.ended()).isTrue();
  }

  @Test
  @Requirement("T-54")
  void goOnAtTheBackendWhenAnOlderClientGoesAway() throws IOException {
    RawCaller caller = legacy("tools/call", "good", LEGACY);
    Peer peer = acceptAndHear().events().chunk(PROGRESS);
    caller.head();
    caller.chunk();
    caller.close();
    for (int i = 0; i < 50; i++) {
      peer.chunk(PROGRESS.repeat(200));
    }
    peer.chunk("");
    eventually(gateway::isIdle);

    RawCaller next = legacy("tools/list", "good", LEGACY);

    assertThat(peer.hear().first()).startsWith("POST "); // so it had not been closed
    peer.json(200, OK);
    assertThat(next.answer().status()).isEqualTo(200);
  }

  @Test
  @Requirement("T-54")
  void areLetGoWhenAnOlderClientCanAskForTheRest() throws IOException {
    RawCaller caller = legacy("tools/call", "good", LEGACY);
    Peer peer = acceptAndHear().events().chunk("id: 1\ndata: \n\n");
    caller.head();
    caller.chunk();

    caller.close();

    assertThat(peer.ended()).isTrue();
  }

  @Test
  void endWithAWordWhenTheTokenHasExpired() throws IOException {
    RawCaller caller = modernAs("brief", "tools/call");
    Peer peer = acceptAndHear().events().chunk(PROGRESS);
    caller.head();
    caller.chunk();
    gateway.pass(Duration.ofMinutes(4)); // the comment, if any, is no end
    peer.chunk(PROGRESS);
    String next = caller.chunk();
    assertThat(next.replace(":\n\n", PROGRESS)).isEqualTo(PROGRESS);

    gateway.pass(Duration.ofSeconds(91));

    assertThat(rest(caller)).contains("\"id\":7", "-32000");
    assertThat(peer.ended()).isTrue();
  }

  @Test
  void endWithTheirGrant() throws IOException {
    RawCaller caller = modern("tools/call");
    Peer peer = acceptAndHear().events().chunk(PROGRESS);
    caller.head();
    caller.chunk();

    gateway.gateway.ended(FakeVerifier.grant("good"));

    assertThat(rest(caller)).startsWith("event: message\ndata: {").contains("\"id\":7", "-32000");
    assertThat(peer.ended()).isTrue();
  }

  @Test
  void endWithTheirTokenAlsoWhenNobodyTakesThem() throws IOException {
    RawCaller caller = legacy("tools/call", "good", LEGACY);
    Peer peer = acceptAndHear().events().chunk(PROGRESS);
    caller.head();
    caller.chunk();
    caller.close();

    gateway.gateway.revoked("jti of good");

    assertThat(peer.ended()).isTrue();
  }

  @Test
  void endWithTheirGrantBeforeTheyBegin() throws IOException {
    RawCaller caller = modern("tools/call");
    Peer peer = acceptAndHear();

    gateway.gateway.ended(FakeVerifier.grant("good"));

    Said said = caller.answer();
    assertThat(said.status()).isEqualTo(401);
    assertThat(said.field("WWW-Authenticate")).contains("invalid_token");
    assertThat(peer.ended()).isTrue();
  }

  @Test
  void endWhenNobodyKnowsWhetherTheirGrantStands() throws IOException {
    RawCaller caller = other("GET", "good", LEGACY);
    Peer peer = acceptAndHear().events().chunk(PROGRESS);
    caller.head();
    caller.chunk();

    gateway.verifier.loseTouch();
    gateway.ticker.tick();

    assertThat(caller.ended()).isTrue();
    assertThat(peer.ended()).isTrue();
  }

  @Test
  void endWithAWordWhenTheBackendIsSilentForTooLong() throws IOException {
    RawCaller caller = modern("tools/call");
    Peer peer = acceptAndHear().events().chunk(PROGRESS);
    caller.head();
    caller.chunk();

    passUntilNews(caller, Duration.ofMinutes(10));

    assertThat(rest(caller)).contains("\"id\":7", "-32603", "The server docs has fallen silent");
    assertThat(peer.ended()).isTrue();
  }

  @Test
  void endWithAWordWhenTheBackendBreaksOffBetweenEvents() throws IOException {
    RawCaller caller = modern("tools/call");
    Peer peer = acceptAndHear().events().chunk(PROGRESS);
    caller.head();
    caller.chunk();

    peer.reset();

    assertThat(rest(caller)).contains("\"id\":7", "-32603", "The server docs broke off");
  }

  @ParameterizedTest
  @ValueSource(strings = {"data: half", "id: 1\ndata: {}\n\n"})
  void breakOffWhereAWordWouldDoHarm(String last) throws IOException {
    boolean half = last.equals("data: half");
    RawCaller caller = half ? modern("tools/call") : legacy("tools/call", "good", LEGACY);
    Peer peer = acceptAndHear().events().chunk(last);
    caller.head();
    caller.chunk();

    peer.reset();

    assertThatThrownBy(caller::chunk)
        .isInstanceOfAny(EOFException.class, java.net.SocketException.class);
  }

  @Test
  void areLimitedInNumberForEachUserAndForAll() throws IOException {
    for (int i = 0; i < 2; i++) {
      RawCaller caller = modern("tools/call");
      acceptAndHear().events().chunk(PROGRESS);
      caller.head();
    }

    RawCaller third = modern("tools/call");
    Peer peer = acceptAndHear().events();

    Said said = third.answer();
    assertThat(said.status()).isEqualTo(503);
    assertThat(said.message()).isEqualTo("The server docs is busy; try again in a moment");
    assertThat(peer.ended()).isTrue();

    RawCaller other = modernAs("stranger", "tools/call");
    acceptAndHear().events().chunk(PROGRESS);
    assertThat(other.head().status()).isEqualTo(200);
    RawCaller last = modernAs("stranger", "tools/call");
    acceptAndHear().events();
    assertThat(last.answer().status()).isEqualTo(503);
  }

  /** All that still comes, which must end as it should. */
  private static String rest(RawCaller caller) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String chunk = caller.chunk(); !chunk.isEmpty(); chunk = caller.chunk()) {
      all.append(chunk);
    }
    return all.toString();
  }
}
