package dev.ostiary.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.RawBackend.Peer;
import dev.ostiary.gateway.RawCaller.Said;
import dev.ostiary.gateway.call.AllowedUsers;
import dev.ostiary.gateway.credential.BackendCredential;
import dev.ostiary.gateway.session.SealedSessions;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.http.Headers;
import dev.ostiary.mcp.Revision;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Subject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What backends send in place of an answer, and what clients understand instead. */
final class NoAnswerTest extends BehindGateway {
  @ParameterizedTest
  @ValueSource(strings = {"", " ", "OK", "<html>", "{\"jsonrpc\":\"2.0\"", "{} {}"})
  void contentThatIsNoJsonBecomesAnError(String content) throws IOException {
    RawCaller caller = modern("tools/call");
    acceptAndHear().json(200, content);

    Said said = caller.answer();

    assertThat(said.status()).isEqualTo(502);
    assertThat(said.code()).isEqualTo(-32603);
    assertThat(said.json().get("id").intValue()).isEqualTo(7);
  }

  @Test
  void anErrorThatIsNoJsonKeepsItsStatus() throws IOException {
    RawCaller caller = modern("tools/call");
    acceptAndHear().json(400, "oops");

    Said said = caller.answer();

    assertThat(said.status()).isEqualTo(400);
    assertThat(said.json().get("id").intValue()).isEqualTo(7);
    assertThat(said.message()).contains("status 400");
  }

  @Nested
  class StreamsWithoutOne {
    private static final String ERROR =
        "event: message\n"
            + "data: {\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"code\":-32603,\"message\":\"The"
            + " server docs broke off\"}}\n\n";

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "``",
          "`: hello~~`",
          "`data: {\"method\":\"notifications/progress\",\"params\":{\"result\":1}}~~`",
          "`data: {\"result\":{}}`",
          "`data: {\"result`",
          "`data: [{\"result\":{}}]~~`",
          "`event: result~~`"
        })
    void endInAnError(String events) throws IOException {
      RawCaller caller = legacy("tools/call", "good");
      Peer peer = acceptAndHear().events();
      caller.head();
      String sent = events.replace("~", "\n");
      if (!sent.isEmpty()) {
        peer.chunk(sent);
        assertThat(caller.chunk()).isEqualTo(sent);
      }

      peer.chunk("");

      String open = sent.isEmpty() || sent.endsWith("\n\n") ? "" : "\n\n";
      assertThat(caller.chunk()).isEqualTo(open + ERROR);
      assertThat(caller.chunk()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "data: {\"id\":7,\"result\":{}}~~",
          "id: 1~data: {\"a\":\"}\\\\\",\"x\":[{\"b\":1}],~data: \"error\" : {}}~~",
        })
    void areTheOnlyOnesThatDo(String events) throws IOException {
      RawCaller caller = modern("tools/call");
      Peer peer = acceptAndHear().events();
      caller.head();
      for (char octet : events.replace("~", "\r\n").toCharArray()) {
        peer.chunk(String.valueOf(octet));
      }
      peer.chunk("");

      StringBuilder all = new StringBuilder();
      for (String chunk = caller.chunk(); !chunk.isEmpty(); chunk = caller.chunk()) {
        all.append(chunk);
      }
      assertThat(all.toString()).isEqualTo(events.replace("~", "\r\n"));
    }

    /** The client asks for the rest (2025-11-25, Streamable HTTP, Resumability). */
    @Test
    void mayBeContinuedIfTheyHaveIds() throws IOException {
      RawCaller caller = legacy("tools/call", "good");
      Peer peer = acceptAndHear().events();
      caller.head();
      peer.chunk("id: 1\ndata:\n\n").chunk("");

      assertThat(caller.chunk()).startsWith("id: ");
      assertThat(caller.chunk()).isEmpty();
    }
  }

  @Nested
  class ADeadSession {
    private static final String NO_ID =
        "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32000,\"message\":\"%s\"},\"id\":null}";

    @ParameterizedTest
    @ValueSource(
        strings = {
          "Bad Request: No valid session ID provided",
          "Bad Request: Server not initialized",
          "Bad Request: Missing session ID",
          "Invalid or expired session"
        })
    void isSaidWith404(String message) throws IOException {
      RawCaller caller = legacy("tools/call", "good", session());
      acceptAndHear().json(400, NO_ID.formatted(message), "Mcp-Session-Id: backend-2");

      Said said = caller.answer();

      assertThat(said.status()).isEqualTo(404);
      assertThat(said.code()).isEqualTo(-32600);
      assertThat(said.json().get("id").intValue()).isEqualTo(7);
      assertThat(said.names()).doesNotContain("mcp-session-id");
    }

    @Test
    void isSaidWith404WithoutJsonToo() throws IOException {
      RawCaller caller = legacy("tools/call", "good", session());
      acceptAndHear()
          .say(
              "HTTP/1.1 400 Bad\r\nContent-Type: text/plain\r\nContent-Length: 15\r\n\r\n"
                  + "Invalid session");

      assertThat(caller.answer().status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"code\":-32602,\"message\":\"no such"
              + " session\"}}",
          "{\"jsonrpc\":\"2.0\",\"id\":\"7\",\"error\":{\"code\":-32602,\"message\":\"no"
              + " session\"}}",
          "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32000,\"message\":\"Bad Request:"
              + " Unsupported protocol version\"}}",
          "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32700,\"message\":\"Parse"
              + " error\"}}"
        })
    void isNotWhatAnyOther400Means(String error) throws IOException {
      RawCaller caller = legacy("tools/call", "good", session());
      acceptAndHear().json(400, error);

      Said said = caller.answer();

      assertThat(said.status()).isEqualTo(400);
      assertThat(said.content()).isEqualTo(error);
    }

    @Test
    void isNoneWithoutASession() throws IOException {
      RawCaller caller = legacy("tools/call", "good");
      String error = NO_ID.formatted("Bad Request: No valid session ID provided");
      acceptAndHear().json(400, error);

      assertThat(caller.answer().content()).isEqualTo(error);
    }

    /** A server may bind its sessions to a token that has been renewed since. */
    @Test
    void isWhateverIsSaidOfNoRequestWhereTheCredentialIsTheUsers() throws IOException {
      restart(
          LiveGateway.settings(docs.uri()),
          new LiveGateway.Variation(PERSONAL, AllowedUsers.EVERYONE));
      RawCaller caller = legacy("tools/call", "good", session());
      acceptAndHear().json(400, NO_ID.formatted("Bad Request"));

      assertThat(caller.answer().status()).isEqualTo(404);
    }

    private static final BackendCredential PERSONAL =
        new BackendCredential() {
          @Override
          public CompletionStage<Answer> fields(Caller caller) {
            return CompletableFuture.completedStage(new Fields(Headers.none()));
          }

          @Override
          public boolean isPersonal() {
            return true;
          }

          @Override
          public CompletionStage<Answer> renewed(Caller caller, Headers refused) {
            return CompletableFuture.completedStage(new NoOther());
          }
        };

    private String session() {
      Caller caller =
          new Caller(
              new Subject("github:1"),
              new ClientId("cli"),
              FakeVerifier.grant("good"),
              LiveGateway.SCOPES);
      return "Mcp-Session-Id: "
          + new SealedSessions(
                  LiveGateway.DOCS.value(), new SampleSeal(), Duration.ofDays(1), () -> gateway.now)
              .seal("backend-1", Revision.V2025_11_25, caller);
    }
  }

  @Nested
  class Gzipped {
    @ParameterizedTest
    @CsvSource({"gzip,200", "GZIP,200", "x-gzip,200", "'gzip, gzip',502", "br,502", "deflate,502"})
    void contentIsDecodedAlthoughNobodyAskedForIt(String coding, int status) throws IOException {
      Said said = answer(coding, zipped(OK));

      assertThat(said.status()).isEqualTo(status);
      assertThat(said.names()).doesNotContain("content-encoding");
      if (status == 200) {
        assertThat(said.content()).isEqualTo(OK);
      } else {
        assertThat(said.code()).isEqualTo(-32603);
      }
    }

    @Test
    void contentThatIsBrokenOrEndlessIsNoAnswer() throws IOException {
      String zipped = zipped(OK);

      assertThat(answer("gzip", zipped.substring(0, zipped.length() - 12)).status()).isEqualTo(502);
      assertThat(answer("gzip", OK).status()).isEqualTo(502);
      assertThat(answer("gzip", zipped(" ".repeat(4 * 1024 * 1024 + 1) + OK)).status())
          .isEqualTo(502);
    }

    private Said answer(String coding, String content) throws IOException {
      RawCaller caller = modern("tools/call");
      Peer peer = accept();
      assertThat(peer.hear().field("Accept-Encoding")).isEqualTo("identity");
      peer.json(200, content, "Content-Encoding: " + coding, "Connection: close");
      Said said = caller.answer();
      peer.close();
      return said;
    }

    private static String zipped(String text) throws IOException {
      ByteArrayOutputStream octets = new ByteArrayOutputStream();
      try (GZIPOutputStream zip = new GZIPOutputStream(octets)) {
        zip.write(text.getBytes(UTF_8));
      }
      return octets.toString(ISO_8859_1);
    }
  }
}
