package dev.ostiary.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.RawBackend.Heard;
import dev.ostiary.gateway.RawBackend.Peer;
import dev.ostiary.gateway.RawCaller.Said;
import dev.ostiary.requirements.Requirement;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What passes between a client and a backend, octet for octet, and what does not. */
final class HttpBackendTest {
  private RawBackend docs;
  private LiveGateway gateway;

  @BeforeEach
  void start() throws IOException {
    docs = new RawBackend();
    gateway = LiveGateway.of(docs);
  }

  @AfterEach
  void stop() throws IOException {
    gateway.close();
    docs.close();
  }

  @Test
  @Requirement({"A-20", "T-20", "T-57"})
  void sendsTheBodyAndTheRequiredHeadersAsTheyAreAndNoCredentials() throws IOException {
    String body =
        "{ \"jsonrpc\":\"2.0\", \"id\":\"\\u00e9\",\n \"method\":\"tools/call\",\"params\":{"
            + "\"name\":\"read\",\"arguments\":{\"n\":1.00,\"n2\":12345678901234567890},\"_meta\":{"
            + "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{},\"x/y\":[null]}}}";
    try (RawCaller caller = gateway.caller()) {
      caller.send(
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
      Peer peer = docs.accept();
      Heard heard = peer.hear();
      peer.json(200, "{\"jsonrpc\": \"2.0\",\"id\":\"\\u00e9\",\"result\":{\"x\":1.10}}");
      Said said = caller.answer();

      assertThat(heard.first()).isEqualTo("POST /up/mcp?key=1 HTTP/1.1");
      assertThat(heard.body()).isEqualTo(body);
      assertThat(heard.names())
          .containsExactlyInAnyOrder(
              "host",
              "content-type",
              "content-length",
              "accept",
              "mcp-protocol-version",
              "mcp-method",
              "mcp-name",
              "mcp-param-n",
              "mcp-param-other",
              "traceparent",
              "tracestate",
              "baggage");
      assertThat(heard.field("Host")).isEqualTo("127.0.0.1:" + docs.port());
      assertThat(heard.field("Accept")).isEqualTo("application/json, text/event-stream;q=0.9");
      assertThat(heard.field("Mcp-Param-Other")).isEqualTo("=?base64?w6k=?=");
      assertThat(String.join("\n", heard.lines())).doesNotContain("good", "secret", "203.0.113");
      assertThat(said.status()).isEqualTo(200);
      assertThat(said.content())
          .isEqualTo("{\"jsonrpc\": \"2.0\",\"id\":\"\\u00e9\",\"result\":{\"x\":1.10}}");
    }
  }
}
