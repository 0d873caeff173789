package dev.ostiary.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.requirements.Requirement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Requirement("T-3")
class HostRuleTest {
  private final Router router =
      new Router(
          List.of(new FakeEndpoint(Route.get("/health"), _ -> Reply.of(204))),
          Map.of(),
          Runnable::run);
  private final HostRule rule = new HostRule("MCP.example.com", router);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mcp.example.com",
        "MCP.Example.COM",
        "mcp.example.com:443",
        "localhost",
        "LOCALHOST:8080",
        "127.0.0.1",
        "127.8.9.10:1234",
        "[::1]",
        "[::1]:8080",
        "192.0.2.7:8080",
        "[2001:db8::7]"
      })
  void answersToThePublicNameLoopbackAndAddresses(String host) {
    assertThat(FakeExchange.serve(rule, "GET", "/health", "Host", host).status()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "evil.example",
        "mcp.example.com.evil.example",
        "mcp.example.com:8443",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "evil.example:127",
        "user@mcp.example.com",
        "[::1].evil.example",
        "[evil]",
        "999.1.1.1",
        "localhost:80x",
        "::1"
      })
  void refusesEveryOtherName(String host) {
    Reply reply = FakeExchange.serve(rule, "GET", "/health", "Host", host);

    assertThat(reply.status()).isEqualTo(421);
    assertThat(((Body.Whole) reply.body()).utf8()).contains("mcp.example.com", "'url'");
    assertThat(reply.headers().has("X-Request-Id")).isTrue();
    assertThat(reply.headers().all("Access-Control-Allow-Origin")).containsExactly("*");
  }

  @Test
  void refusesARequestWithoutOneHost() {
    assertThat(FakeExchange.serve(rule, "GET", "/health").status()).isEqualTo(400);
    assertThat(
            FakeExchange.serve(
                    rule, "GET", "/health", "Host", "mcp.example.com", "Host", "evil.example")
                .status())
        .isEqualTo(400);
  }

  @Test
  void answersToAnAuthorityWithItsPort() {
    HostRule withPort = new HostRule("mcp.example.com:8443", router);

    assertThat(
            FakeExchange.serve(withPort, "GET", "/health", "Host", "mcp.example.com:8443").status())
        .isEqualTo(204);
    assertThat(FakeExchange.serve(withPort, "GET", "/health", "Host", "mcp.example.com").status())
        .isEqualTo(421);
  }

  @Test
  void leavesContentLimitsAlone() {
    assertThat(FakeExchange.send(rule, "GET", "/health", 1, "Host", "mcp.example.com"))
        .isEqualTo(413);
  }
}
