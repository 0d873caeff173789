package dev.ostiary.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.requirements.Requirement;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {
  @Test
  @Requirement("T-18")
  void findsHeadersWithoutRegardToTheCaseOfTheirNames() {
    Headers headers = Headers.of("Mcp-Method", "tools/List", "mcp-method", "second");

    assertThat(headers.first("MCP-METHOD")).contains("tools/List");
    assertThat(headers.all("mcp-METHOD")).containsExactly("tools/List", "second");
    assertThat(headers.has("mcp-name")).isFalse();
  }

  @Test
  void changesHeadersByMakingNewOnes() {
    Headers one = Headers.of("A", "1");

    assertThat(one.with("a", "2").all("A")).containsExactly("1", "2");
    assertThat(one.with("a", "2").replace("A", "3").all("a")).containsExactly("3");
    assertThat(one.without("a").fields()).isEmpty();
    assertThat(one.all("A")).containsExactly("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nSet-Cookie: x", "a\nb", "a\0b", "\u007f", "\u0100"})
  void refusesHeaderValuesThatWouldSplitALine(String value) {
    assertThatThrownBy(() -> Headers.of("A", value)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a:", "a\r", "é"})
  void refusesHeaderNamesThatAreNoTokens(String name) {
    assertThatThrownBy(() -> Headers.of(name, "x")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesANameWithoutAValue() {
    assertThatThrownBy(() -> Headers.of("A")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void printsNothingThatMayBeSecret() {
    Headers headers = Headers.of("Authorization", "Bearer secret");
    Request request =
        new Request(
            "id",
            "GET",
            "/callback",
            "code=secret",
            headers,
            Body.utf8("secret"),
            InetAddress.getLoopbackAddress());
    OutboundRequest outgoing =
        OutboundRequest.post(
            URI.create("https://github.example/token?code=secret"), headers, Body.utf8("secret"));
    Reply reply = Reply.seeOther("https://app.example/?code=secret");

    assertThat(List.of(request, outgoing, reply, headers, Body.utf8("secret")))
        .allSatisfy(message -> assertThat(message.toString()).doesNotContain("secret"));
    assertThat(outgoing.toString()).isEqualTo("POST https://github.example/token");
  }

  @Test
  void redirectsBrowsersWithSeeOther() {
    assertThat(Reply.seeOther("https://app.example/").status()).isEqualTo(303);
  }

  @Test
  void forbidsCachesToKeepSecrets() {
    Reply reply = Reply.json(200, "{}").with("Cache-Control", "public").noStore();

    assertThat(reply.headers().all("Cache-Control")).containsExactly("no-store");
    assertThat(reply.headers().all("Pragma")).containsExactly("no-cache");
  }

  @Test
  void knowsTheTypesOfItsReplies() {
    assertThat(Reply.json(200, "{}").headers().first("Content-Type")).contains("application/json");
    assertThat(Reply.html(200, "").headers().first("Content-Type"))
        .contains("text/html; charset=utf-8");
    assertThat(Reply.text(200, "").headers().first("Content-Type"))
        .contains("text/plain; charset=utf-8");
    assertThat(Reply.text(200, "é").replace("Content-Type", "x").headers().all("content-type"))
        .containsExactly("x");
  }

  @Test
  void believesATrustedProxyAboutTheAddress() {
    Request request = new FakeExchange("GET", "/").request();

    Request moved = request.from(InetAddress.ofLiteral("192.0.2.1"));

    assertThat(moved.remote()).isEqualTo(InetAddress.ofLiteral("192.0.2.1"));
    assertThat(moved.from(request.remote())).isEqualTo(request);
  }

  @Test
  void refusesARouteThatIsNoPath() {
    assertThatThrownBy(() -> Route.get("mcp")).isInstanceOf(IllegalArgumentException.class);
    assertThat(Route.post("/token").anyOrigin().crossOrigin()).isTrue();
  }

  @Test
  void tellsAProducerThatNobodyReads() {
    FakePieces pieces = new FakePieces("a", FakePieces.Then.SILENCE);

    new Body.Streamed(pieces).discard();

    assertThat(pieces.cancelled).isCompleted();
  }
}
