package dev.ostiary.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.RawCaller.Said;
import dev.ostiary.requirements.Requirement;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that asks an older backend for its revisions learns that it is an older one. */
final class DiscoverAnswerTest extends BehindGateway {
  private static final String HTML = "\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\n<p/>";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "200 OK" + HTML,
        "202 Accepted\r\nContent-Length: 0\r\n\r\n",
        "204 No Content\r\n\r\n",
        "302 Found\r\nLocation: /login\r\nContent-Length: 0\r\n\r\n",
        "400 Bad Request" + HTML,
        "403 Forbidden" + HTML,
        "404 Not Found" + HTML,
        "405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n",
        "406 Not Acceptable" + HTML,
        "407 Proxy\r\nContent-Length: 0\r\n\r\n",
        "415 Unsupported" + HTML,
        "500 Broken" + HTML,
        "501 Not Implemented\r\nContent-Length: 0\r\n\r\n"
      })
  @Requirement("T-14")
  void whateverTheStatusIs(String answer) throws IOException {
    RawCaller caller = modern("server/discover");
    acceptAndHear().say("HTTP/1.1 " + answer);

    isNotFound(caller.answer());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "200 | ``",
        "200 | OK",
        "200 | {}",
        "200 | []",
        "200 | {\"id\":null,\"error\":{\"code\":-32601,\"message\":\"\"}}",
        "200 | {\"id\":7,\"error\":{\"code\":-32601,\"message\":\"Method not found\"}}",
        "400 | {\"id\":null,\"error\":{\"code\":-32000,\"message\":\"Bad Request: Server not"
            + " initialized\"}}",
        "400 | {\"id\":\"server-error\",\"error\":{\"code\":-32600,\"message\":\"\"}}",
        "400 | {\"error\":\"invalid_request\"}",
        "404 | {\"id\":7,\"error\":{\"code\":-32601,\"message\":\"\"}}",
        "500 | {\"id\":7,\"error\":{\"code\":-32603,\"message\":\"\"}}",
        "403 | {\"id\":7,\"result\":{}}"
      })
  @Requirement("T-14")
  void whateverTheErrorIs(int status, String json) throws IOException {
    RawCaller caller = modern("server/discover");
    acceptAndHear().json(status, json);

    isNotFound(caller.answer());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ": hello\n\n", "data: {\"id\":null,\"error\":{}}\n\n"})
  void alsoWhenItIsSaidInAStream(String events) throws IOException {
    RawCaller caller = modern("server/discover");
    var peer = acceptAndHear().events();
    (events.isEmpty() ? peer : peer.chunk(events)).chunk("");

    isNotFound(caller.answer());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"supportedVersions\":[\"2026-07-28\"]}}",
        "400 | {\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"code\":-32022,\"message\":\"\"}}",
        "400 | {\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"code\":-32020,\"message\":\"\"}}"
      })
  void butTheAnswerOfAModernOneAsItIs(int status, String json) throws IOException {
    RawCaller caller = modern("server/discover");
    acceptAndHear().json(status, json);

    Said said = caller.answer();

    assertThat(said.status()).isEqualTo(status);
    assertThat(said.content()).isEqualTo(json);
  }

  @Test
  void andItsStreamToo() throws IOException {
    RawCaller caller = modern("server/discover");
    acceptAndHear().events().chunk(": hello\n\n").chunk(ANSWER).chunk("");

    assertThat(caller.answer().content()).isEqualTo(": hello\n\n" + ANSWER);
  }

  /** That says nothing about eras. */
  @Test
  void butThatOurCredentialsAreRefused() throws IOException {
    RawCaller caller = modern("server/discover");
    acceptAndHear().say("HTTP/1.1 401 Unauthorized" + HTML);

    assertThat(caller.answer().status()).isEqualTo(502);
  }

  /** That is no answer of any era. */
  @Test
  void butThatItCannotBeReached() throws IOException {
    docs.close();

    assertThat(modern("server/discover").answer().status()).isEqualTo(502);
  }

  private static void isNotFound(Said said) {
    assertThat(said.status()).isEqualTo(404);
    assertThat(said.code()).isEqualTo(-32601);
    assertThat(said.json().get("id").intValue()).isEqualTo(7);
    assertThat(said.names()).doesNotContain("location", "www-authenticate");
  }
}
