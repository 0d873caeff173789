package dev.ostiary.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.RawBackend.Heard;
import dev.ostiary.gateway.RawBackend.Peer;
import dev.ostiary.gateway.RawCaller.Said;
import dev.ostiary.requirements.Requirement;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes between a client and a backend, octet for octet, and what does not. */
final class HttpBackendTest extends BehindGateway {
  @Test
  @Requirement({"A-20", "T-20", "T-41", "T-57"})
  void getsTheBodyAndTheRequiredHeadersAsTheyAreAndNoCredentials() throws IOException {
    String body =
        "{ \"jsonrpc\":\"2.0\", \"id\":\"\\u00e9\",\n \"method\":\"tools/call\",\"params\":{"
            + "\"name\":\"read\",\"arguments\":{\"n\":1.00,\"n2\":12345678901234567890,\"s\":"
            + "\"\u00c3\u00a9\"},\"_meta\":{"
            + "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{},\"x/y\":[null]}}}";
    String answer = "{\"jsonrpc\": \"2.0\",\"id\":\"\\u00e9\",\"result\":{\"x\":1.10}}";
    RawCaller caller =
        caller()
            .send(
                "POST",
                body,
                "Authorization: Bearer good",
                "Cookie: session=secret",
                "Accept: application/json, text/event-stream;q=0.9",
                "MCP-Protocol-Version: 2026-07-28",
                "Mcp-Method: tools/call",
                "Mcp-Name: read",
                "Mcp-Param-N: 1.00",
                "mcp-param-Other: =?base64?w6k=?=",
                "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "tracestate: a=1",
                "baggage: b=2",
                "Mcp-Session-Id: ignored",
                "Last-Event-ID: ignored",
                "Origin: http://127.0.0.1:9999",
                "X-Forwarded-For: 203.0.113.1",
                "Forwarded: for=203.0.113.1",
                "DPoP: proof",
                "Proxy-Authorization: Basic eDp5",
                "Accept-Encoding: gzip",
                "TE: trailers",
                "Connection: keep-alive, X-Hop",
                "X-Hop: 1",
                "User-Agent: client/1");
    Peer peer = accept();
    Heard heard = peer.hear();
    peer.json(200, answer);

    assertThat(caller.answer().content()).isEqualTo(answer);
    assertThat(heard.first()).isEqualTo("POST /up/mcp?key=1 HTTP/1.1");
    assertThat(heard.body()).isEqualTo(body);
    assertThat(heard.names())
        .containsExactlyInAnyOrder(
            "host",
            "content-type",
            "content-length",
            "accept",
            "accept-encoding",
            "mcp-protocol-version",
            "mcp-method",
            "mcp-name",
            "mcp-param-n",
            "mcp-param-other",
            "traceparent",
            "tracestate",
            "baggage");
    assertThat(heard.field("Host")).isEqualTo("127.0.0.1:" + docs.port());
    assertThat(heard.field("Accept")).isEqualTo("application/json, text/event-stream");
    assertThat(heard.field("Mcp-Param-Other")).isEqualTo("=?base64?w6k=?=");
    assertThat(String.join("\n", heard.lines())).doesNotContain("good", "secret", "203.0.113");
  }

  /** In revisions that do not require them, they have not been compared before. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "tools/call | read | tools/call | read",
        "tools/call | =?base64?cmVhZA==?= | tools/call | =?base64?cmVhZA==?=",
        "tools/call | drop | tools/call | -",
        "ping | read | - | read",
        "tools/list | other | - | -",
        "TOOLS/CALL | READ | - | -"
      })
  @Requirement("T-22")
  void hearsNoNamesInTheHeaderThatDifferFromTheContent(
      String method, String name, @Nullable String heardMethod, @Nullable String heardName)
      throws IOException {
    RawCaller caller =
        legacy(
            "tools/call",
            "good",
            "MCP-Protocol-Version: 2025-11-25",
            "Mcp-Method: " + method,
            "Mcp-Name: " + name);
    Peer peer = accept();
    Heard heard = peer.hear();
    peer.json(200, OK);

    assertThat(caller.answer().status()).isEqualTo(200);
    assertThat(heard.field("Mcp-Method")).isEqualTo(heardMethod == null ? "" : heardMethod);
    assertThat(heard.field("Mcp-Name")).isEqualTo(heardName == null ? "" : heardName);
  }

  @Test
  void hearsNoNamesInTheHeaderOfABatchAListeningOrTwice() throws IOException {
    String call = message("tools/call", "\"name\":\"read\"");
    String[] fields = {"Mcp-Method: tools/call", "Mcp-Name: read"};
    String[] twice = {fields[0], fields[0], fields[1], "mcp-name: drop"};

    assertThat(heard(legacyBody("[" + call + "]", "good", fields)))
        .doesNotContain("mcp-method", "mcp-name");
    assertThat(heard(legacyBody(call, "good", twice))).doesNotContain("mcp-method", "mcp-name");
    assertThat(heard(other("GET", "good", fields))).doesNotContain("mcp-method", "mcp-name");
    assertThat(heard(modern("tools/list", "Mcp-Name: drop")))
        .contains("mcp-method")
        .doesNotContain("mcp-name");
  }

  private List<String> heard(RawCaller caller) throws IOException {
    Peer peer = accept();
    Heard heard = peer.hear();
    peer.json(200, OK, "Connection: close");
    assertThat(caller.answer().status()).isEqualTo(200);
    peer.close();
    return heard.names();
  }

  @Test
  @Requirement("T-57")
  void saysNothingInItsHeaderThatIsNobodysBusiness() throws IOException {
    RawCaller caller = modern("tools/list");
    acceptAndHear()
        .json(
            200,
            OK,
            "Set-Cookie: a=b",
            "WWW-Authenticate: Bearer realm=\"backend\"",
            "Location: http://127.0.0.1/elsewhere",
            "Access-Control-Allow-Origin: *",
            "Access-Control-Allow-Credentials: true",
            "Cross-Origin-Opener-Policy: unsafe-none",
            "Strict-Transport-Security: max-age=0",
            "Clear-Site-Data: \"*\"",
            "Alt-Svc: h2=\":1\"",
            "Server: secret/1",
            "X-Powered-By: secret",
            "Via: 1.1 secret",
            "Cache-Control: public, max-age=60",
            "X-Request-Id: theirs",
            "Mcp-Session-Id: none-in-this-era",
            "Proxy-Authenticate: Basic",
            "Retry-After: 3",
            "Mcp-Custom: yes");

    Said said = caller.answer();

    assertThat(said.names())
        .containsExactlyInAnyOrder(
            "content-type",
            "content-length",
            "cache-control",
            "retry-after",
            "mcp-custom",
            "x-request-id",
            "x-content-type-options",
            "date");
    assertThat(said.field("Cache-Control")).isEqualTo("no-store");
    assertThat(said.field("X-Request-Id")).isNotEqualTo("theirs");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 400, 403, 404, 429, 500, 503})
  void mayAnswerWithAnyStatus(int status) throws IOException {
    String json = "{\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"code\":-32001,\"message\":\"no\"}}";
    RawCaller caller = modern("tools/list");
    acceptAndHear().json(status, json);

    Said said = caller.answer();

    assertThat(said.status()).isEqualTo(status);
    assertThat(said.content()).isEqualTo(json);
  }

  @ParameterizedTest
  @CsvSource({"400, -32600", "404, -32600", "405, -32600", "413, -32600", "500, -32603"})
  @Requirement({"T-56", "T-21"})
  void thatAnswersWithAPageIsGivenTheWordsOfTheProtocol(int status, int code) throws IOException {
    RawCaller caller = modern("tools/list");
    acceptAndHear()
        .say(
            "HTTP/1.1 "
                + status
                + " No\r\nContent-Type: text/html\r\nAllow: PUT\r\nContent-Length: 4\r\n\r\n<p/>");

    Said said = caller.answer();

    assertThat(said.status()).isEqualTo(status);
    assertThat(said.code()).isEqualTo(code);
    assertThat(said.json().get("id").intValue()).isEqualTo(7);
    assertThat(said.field("Content-Type")).isEqualTo("application/json");
    assertThat(said.field("Allow")).isEqualTo("PUT");
    assertThat(said.message()).contains("server docs", "" + status);
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 301, 302, 303, 304, 307, 308})
  void thatRedirectsIsNotFollowed(int status) throws IOException {
    RawCaller caller = modern("tools/list");
    acceptAndHear()
        .say("HTTP/1.1 " + status + " Go\r\nLocation: http://h/\r\nContent-Length: 0\r\n\r\n");

    Said said = caller.answer();

    assertThat(said.status()).isEqualTo(502);
    assertThat(said.code()).isEqualTo(-32603);
    assertThat(said.names()).doesNotContain("location");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\n<p/>",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n"
            + "Content-Length: 2\r\n\r\n{}"
      })
  @Requirement("T-6")
  void thatAnswersARequestWithNoneOfTheTwoFormsIsAnError(String answer) throws IOException {
    RawCaller caller = modern("tools/list");
    acceptAndHear().say(answer);

    Said said = caller.answer();

    assertThat(said.status()).isEqualTo(502);
    assertThat(said.message()).isEqualTo("The server docs answered in a form that cannot be read");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 407})
  @Requirement("T-57")
  void keepsItsOwnChallengeToItself(int status) throws IOException {
    RawCaller caller = modern("tools/list");
    acceptAndHear().json(status, "{}", "WWW-Authenticate: Bearer realm=\"backend\"");

    Said said = caller.answer();

    assertThat(said.status()).isEqualTo(502);
    assertThat(said.names()).doesNotContain("www-authenticate");
    assertThat(said.message()).isEqualTo("The server docs refused Ostiary's credentials (401)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "202 Accepted\r\nContent-Length: 0\r\n",
        "204 No Content\r\n",
        "200 OK\r\nContent-Type: text/plain\r\n"
      })
  @Requirement({"T-5", "T-48"})
  void acceptsNotificationsAndResponses(String answer) throws IOException {
    String notification = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
    String response = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";
    for (String body : new String[] {notification, response}) {
      RawCaller caller = legacyBody(body, "good", "MCP-Protocol-Version: 2025-11-25");
      try (Peer peer = acceptAndHear()) {
        peer.say("HTTP/1.1 " + answer + "Connection: close\r\n\r\n");
        peer.socket().shutdownOutput();

        Said said = caller.answer();

        assertThat(said.status()).isEqualTo(202);
        assertThat(said.content()).isEmpty();
      }
    }
  }

  @Test
  @Requirement("T-53")
  void getsBatchesWhereTheRevisionHasThem() throws IOException {
    String batch = "[" + message("ping", "") + "," + message("tools/list", "") + "]";
    RawCaller caller = legacyBody(batch, "good", "MCP-Protocol-Version: 2025-03-26");
    Peer peer = accept();
    assertThat(peer.hear().body()).isEqualTo(batch);
    peer.json(200, "[" + OK + "," + OK + "]");

    assertThat(caller.answer().content()).isEqualTo("[" + OK + "," + OK + "]");
    Said refused = legacyBody(batch, "good", "MCP-Protocol-Version: 2025-06-18").answer();
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.code()).isEqualTo(-32600);
  }

  @Test
  @Requirement("T-53")
  void mayAcceptABatchOfNotifications() throws IOException {
    String batch = "[{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}]";
    RawCaller caller = legacyBody(batch, "good", "MCP-Protocol-Version: 2025-03-26");
    acceptAndHear().say("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");

    assertThat(caller.answer().status()).isEqualTo(202);
  }

  @Test
  void isToldWhatClientsUsuallyAccept() throws IOException {
    RawCaller caller = modern("tools/list");
    Peer peer = accept();

    assertThat(peer.hear().field("Accept")).isEqualTo("application/json, text/event-stream");
    peer.json(200, OK);
    assertThat(caller.answer().status()).isEqualTo(200);
  }

  @Test
  void mayAnswerAtLength() throws IOException {
    String json =
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"x\":\"" + "y".repeat(300_000) + "\"}}";
    RawCaller caller = modern("tools/list");
    acceptAndHear().json(200, json);

    assertThat(caller.answer().content()).isEqualTo(json);
  }

  @Test
  void answersOneCallAfterAnotherOnTheSameConnections() throws IOException {
    RawCaller caller = modern("tools/list");
    Peer peer = acceptAndHear();
    peer.json(200, OK);
    assertThat(caller.answer().status()).isEqualTo(200);
    eventually(gateway::isIdle);

    RawCaller second = modern("tools/list");

    assertThat(peer.hear().first()).startsWith("POST ");
    peer.json(200, OK);
    assertThat(second.answer().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "DELETE"})
  @Requirement("T-39")
  void isNotAskedForMoreThanPostInTheModernEra(String method) throws IOException {
    Said said =
        other(method, "good", "MCP-Protocol-Version: 2026-07-28", "Mcp-Session-Id: x").answer();

    assertThat(said.status()).isEqualTo(405);
    assertThat(said.field("Allow")).isEqualTo("POST, OPTIONS");
    assertThat(said.code()).isEqualTo(-32600);
  }

  @Test
  @Requirement("T-47")
  void mayOfferNoStream() throws IOException {
    RawCaller caller = other("GET", "good", "Accept: text/event-stream");
    Peer peer = accept();
    Heard heard = peer.hear();
    peer.say("HTTP/1.1 405 No\r\nAllow: POST\r\nContent-Length: 0\r\n\r\n");

    assertThat(heard.first()).isEqualTo("GET /up/mcp?key=1 HTTP/1.1");
    assertThat(heard.field("Accept")).isEqualTo("text/event-stream");
    Said said = caller.answer();
    assertThat(said.status()).isEqualTo(405);
    assertThat(said.field("Allow")).isEqualTo("POST");
    assertThat(said.code()).isEqualTo(-32600);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "DELETE", "POST"})
  @Requirement("T-51")
  void isNotAskedInARevisionThatDoesNotExist(String method) throws IOException {
    Said said =
        (method.equals("POST")
                ? legacy("tools/list", "good", "MCP-Protocol-Version: 2099-01-01")
                : other(method, "good", "MCP-Protocol-Version: 2099-01-01"))
            .answer();

    assertThat(said.status()).isEqualTo(400);
    assertThat(said.code()).isEqualTo(-32022);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sibling", "unknown"})
  @Requirement("A-22")
  void isNotAskedForSomebodyElsesToken(String token) throws IOException {
    for (String method : new String[] {"POST", "GET", "DELETE"}) {
      Said said =
          (method.equals("POST") ? legacy("tools/list", token) : other(method, token)).answer();

      assertThat(said.status()).isEqualTo(401);
      assertThat(said.field("WWW-Authenticate")).contains("invalid_token");
    }
  }

  @Test
  void saysWhichMethodsItMayServe() throws IOException {
    Said said = caller().send("OPTIONS", "", "Origin: http://127.0.0.1:9").answer();

    assertThat(said.status()).isEqualTo(204);
    assertThat(said.field("Allow")).isEqualTo("POST, GET, DELETE, OPTIONS");
  }
}
