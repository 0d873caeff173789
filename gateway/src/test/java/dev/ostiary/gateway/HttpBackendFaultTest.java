package dev.ostiary.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.RawBackend.Peer;
import dev.ostiary.gateway.RawCaller.Said;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients are told when a backend fails, and that nothing is left of it. */
final class HttpBackendFaultTest extends BehindGateway {
  @Test
  void aBackendThatIsNotThere() throws IOException {
    docs.close();

    Said said = modern("tools/call").answer();

    isError(said, 502, "The server docs cannot be reached");
  }

  @Test
  void aBackendThatDoesNotBeginToAnswer() throws IOException {
    restart(
        LiveGateway.settings(docs.uri(), Duration.ofMillis(200), 16), LiveGateway.Variation.NONE);
    RawCaller caller = modern("tools/call");
    Peer peer = acceptAndHear();

    isError(caller.answer(), 504, "The server docs did not answer in time");
    assertThat(peer.ended()).isTrue();
  }

  @Test
  void aBackendThatStopsHalfway() throws IOException {
    RawCaller caller = modern("tools/call");
    Peer peer =
        acceptAndHear()
            .say("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{");

    eventually(
        () -> {
          gateway.pass(Duration.ofSeconds(31));
          return caller.hasNews();
        });

    isError(caller.answer(), 504, "The server docs did not answer in time");
    assertThat(peer.ended()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "220 ready\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: gzip\r\n\r\n{}",
        "HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX: \u0001\r\n\r\n"
      })
  void aBackendThatTalksGarbageAndHangsUp(String garbage) throws IOException {
    RawCaller caller = modern("tools/call");
    acceptAndHear().say(garbage).close();

    isError(caller.answer(), 502, "The server docs broke off");
  }

  /** A certificate or a port that is wrong will be so the next time, too. */
  @Test
  void aBackendWithoutTlsIsInTheLogAtOnce() throws IOException {
    restart(
        LiveGateway.settings(URI.create("https://127.0.0.1:" + docs.port() + "/mcp")),
        LiveGateway.Variation.NONE);
    RawCaller caller = modern("tools/call");
    accept().say("HTTP/1.1 400 Bad Request\r\n\r\n");

    assertThat(caller.answer().status()).isEqualTo(502);
    assertThat(gateway.log.lines)
        .anyMatch(
            line ->
                line.startsWith("WARNING server docs did not answer: ") && line.contains("SSL"));
  }

  @Test
  void aBackendThatResetsTheConnection() throws IOException {
    RawCaller caller = modern("tools/call");
    acceptAndHear().reset();

    isError(caller.answer(), 502, "The server docs broke off");
  }

  @Test
  void aBackendThatClosesItsHalf() throws IOException {
    RawCaller caller = modern("tools/call");
    Peer peer = acceptAndHear();
    peer.socket().shutdownOutput();

    isError(caller.answer(), 502, "The server docs broke off");
    assertThat(peer.ended()).isTrue();
  }

  @Test
  void aBackendWithAnEndlessHeader() throws IOException {
    RawCaller caller = modern("tools/call");
    Peer peer = acceptAndHear().say("HTTP/1.1 200 OK\r\nX: " + "y".repeat(70_000));

    isError(caller.answer(), 502, "The server docs broke off");
    assertThat(peer.ended()).isTrue();
  }

  @Test
  void aBackendThatFailsAgainAndAgainIsLeftAloneForAWhile() throws IOException {
    int port = docs.port();
    docs.close();
    for (int i = 0; i < 3; i++) {
      assertThat(modern("tools/call").answer().status()).isEqualTo(502);
    }
    Said spared = modern("tools/call").answer();
    isError(spared, 503, "The server docs could not be reached lately; try again in a moment");
    assertThat(spared.field("Retry-After")).isEqualTo("1");

    gateway.pass(Duration.ofSeconds(10));
    assertThat(modern("tools/call").answer().status()).isEqualTo(502);
    assertThat(modern("tools/call").answer().status()).isEqualTo(503);

    docs = new RawBackend(port);
    gateway.pass(Duration.ofSeconds(10));
    RawCaller probe = modern("tools/call");
    Peer peer = acceptAndHear();
    assertThat(modern("tools/call").answer().status()).isEqualTo(503);
    peer.json(200, OK);
    assertThat(probe.answer().status()).isEqualTo(200);

    RawCaller after = modern("tools/call");
    peer.hear();
    peer.json(200, OK);
    assertThat(after.answer().status()).isEqualTo(200);
    assertThat(gateway.log.lines)
        .anyMatch(line -> line.startsWith("WARNING server docs did not answer 3 times in a row"))
        .anyMatch(line -> line.startsWith("INFO server {0} answers again"));
  }

  @Test
  void aProbeThatIsGivenUpLeavesRoomForTheNext() throws IOException {
    int port = docs.port();
    docs.close();
    for (int i = 0; i < 3; i++) {
      modern("tools/call").answer();
    }
    docs = new RawBackend(port);
    gateway.pass(Duration.ofSeconds(10));
    RawCaller probe = modern("tools/call");
    Peer peer = acceptAndHear();
    probe.close();
    assertThat(peer.ended()).isTrue();
    eventually(gateway::isIdle);

    RawCaller next = modern("tools/call");
    acceptAndHear().json(200, OK);

    assertThat(next.answer().status()).isEqualTo(200);
  }

  @Test
  void aBackendThatIsBackIsTriedSoon() throws IOException {
    int port = docs.port();
    docs.close();
    for (int i = 0; i < 3; i++) {
      modern("tools/call").answer();
    }
    assertThat(modern("tools/call").answer().status()).isEqualTo(503);
    for (int millis : new int[] {250, 500, 1000}) {
      gateway.pass(Duration.ofMillis(millis - 1));
      assertThat(modern("tools/call").answer().status()).isEqualTo(503);
      gateway.pass(Duration.ofMillis(1));
      assertThat(modern("tools/call").answer().status()).isEqualTo(502);
    }

    docs = new RawBackend(port);
    gateway.pass(Duration.ofSeconds(2));
    RawCaller probe = modern("tools/call");
    acceptAndHear().json(200, OK);
    assertThat(probe.answer().status()).isEqualTo(200);
  }

  @Test
  void callsThatFailTogetherAreOneFailure() throws IOException {
    List<RawCaller> callers = new ArrayList<>();
    List<Peer> peers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      callers.add(modernAs(i % 2 == 0 ? "good" : "brief", "tools/call"));
      peers.add(acceptAndHear());
    }
    for (Peer peer : peers) {
      peer.close();
    }
    for (RawCaller caller : callers) {
      isError(caller.answer(), 502, "The server docs broke off");
    }

    RawCaller next = modern("tools/call");
    acceptAndHear().json(200, OK);
    assertThat(next.answer().status()).isEqualTo(200);
  }

  @Test
  void callsOfOneUserThatTheBackendBreaksOffAtSpareTheOthers() throws IOException {
    for (int i = 0; i < 10; i++) {
      RawCaller caller = modern("tools/call");
      acceptAndHear().close();
      assertThat(caller.answer().status()).isEqualTo(502);
    }

    RawCaller other = modernAs("stranger", "tools/call");
    acceptAndHear().json(200, OK);
    assertThat(other.answer().status()).isEqualTo(200);
  }

  @Test
  void callsOfSeveralUsersThatAreNotAnsweredAreTheBackendsFailure() throws IOException {
    for (int i = 0; i < 3; i++) {
      RawCaller caller = modernAs(i == 0 ? "stranger" : "good", "tools/call");
      acceptAndHear().close();
      assertThat(caller.answer().status()).isEqualTo(502);
    }

    assertThat(modern("tools/call").answer().status()).isEqualTo(503);
  }

  @Test
  void callsOfOneUserLeaveRoomForTheOthers() throws IOException {
    restart(
        LiveGateway.settings(docs.uri(), Duration.ofSeconds(30), 8), LiveGateway.Variation.NONE);
    List<Peer> slow = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      var _ = modern("tools/call");
      slow.add(acceptAndHear());
    }
    RawCaller fifth = modern("tools/call");
    eventually(() -> gateway.backend.size() == 5);
    isError(modern("tools/call").answer(), 503, "The server docs is busy; try again in a moment");

    RawCaller other = modernAs("stranger", "tools/call");
    acceptAndHear().json(200, OK);

    assertThat(other.answer().status()).isEqualTo(200);
    slow.getFirst().json(200, OK).hear();
    slow.getFirst().json(200, OK);
    assertThat(fifth.answer().status()).isEqualTo(200);
  }

  @Test
  void callsThatAnOlderClientLeftCountForItsUser() throws IOException {
    restart(
        LiveGateway.settings(docs.uri(), Duration.ofSeconds(30), 8), LiveGateway.Variation.NONE);
    for (int i = 0; i < 4; i++) {
      RawCaller caller = legacy("tools/call", "good", "MCP-Protocol-Version: 2025-11-25");
      acceptAndHear();
      caller.close();
    }
    RawCaller waits = legacy("tools/call", "good", "MCP-Protocol-Version: 2025-11-25");
    eventually(() -> gateway.backend.size() == 5);

    RawCaller other = modernAs("stranger", "tools/call");
    acceptAndHear().json(200, OK);

    assertThat(other.answer().status()).isEqualTo(200);
    gateway.pass(Duration.ofSeconds(5));
    assertThat(waits.answer().status()).isEqualTo(503);
    gateway.gateway.endCalls();
  }

  @Test
  void aSlowBackendFillsUpByItself() throws IOException {
    restart(
        LiveGateway.settings(docs.uri(), Duration.ofSeconds(30), 1), LiveGateway.Variation.NONE);
    RawCaller first = modern("tools/call");
    Peer peer = acceptAndHear();
    RawCaller second = modern("tools/call");
    eventually(() -> gateway.backend.size() == 2);

    isError(modern("tools/call").answer(), 503, "The server docs is busy; try again in a moment");
    RawCaller elsewhere = caller();
    elsewhere.send(
        "POST /other/mcp HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer sibling\r\n"
            + "Content-Type: application/json\r\nContent-Length: "
            + message("ping", "").length()
            + "\r\n\r\n"
            + message("ping", ""));
    assertThat(elsewhere.answer().status()).isEqualTo(200);

    peer.json(200, OK);
    assertThat(first.answer().status()).isEqualTo(200);
    peer.hear();
    peer.json(200, OK);
    assertThat(second.answer().status()).isEqualTo(200);
  }

  @Test
  void nobodyWaitsForTheirTurnForLong() throws IOException {
    restart(
        LiveGateway.settings(docs.uri(), Duration.ofSeconds(30), 1), LiveGateway.Variation.NONE);
    RawCaller first = modern("tools/call");
    Peer peer = acceptAndHear();
    RawCaller second = modern("tools/call");
    eventually(() -> gateway.backend.size() == 2);

    gateway.pass(Duration.ofSeconds(5));

    isError(second.answer(), 503, "The server docs is busy; try again in a moment");
    RawCaller third = modern("tools/call");
    eventually(() -> gateway.backend.size() == 2);
    third.close();
    eventually(() -> gateway.backend.size() == 1);
    peer.json(200, OK);
    assertThat(first.answer().status()).isEqualTo(200);
  }

  @Test
  void aClientThatVanishesWhileItSends() throws IOException {
    RawCaller caller = caller();
    caller.send(
        "POST /docs/mcp HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer good\r\n"
            + "Content-Length: 100\r\n\r\n{");
    caller.close();

    RawCaller next = modern("tools/list");
    acceptAndHear().json(200, OK);
    assertThat(next.answer().status()).isEqualTo(200);
  }

  private void isError(Said said, int status, String message) {
    assertThat(said.status()).isEqualTo(status);
    assertThat(said.code()).isEqualTo(-32603);
    assertThat(said.json().get("id").intValue()).isEqualTo(7);
    assertThat(said.message()).isEqualTo(message);
    assertThat(said.content()).doesNotContain("127.0.0.1", "" + docs.port());
    assertThat(said.field("Content-Type")).isEqualTo("application/json");
  }
}
