package dev.ostiary.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.SampleGateway.Call;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Resource;
import dev.ostiary.requirements.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrowserAccessTest {
  private final SampleGateway sample = SampleGateway.direct();

  @ParameterizedTest
  @CsvSource({
    "https://host, true",
    "https://app.example.com, true",
    "https://evil.example.com, false",
    "http://host, false",
    "https://host:444, false",
    "https://host.evil.example.com, false",
    "http://localhost:5173, false",
    "null, false",
    "'https://host, https://host', false"
  })
  @Requirement("T-2")
  void isForOwnAndListedOriginsOnly(String origin, boolean admitted) {
    FakeExchange answer =
        sample.send(Call.modern("tools/list", "").header("Origin", origin).token("good"));

    assertThat(answer.status()).isEqualTo(admitted ? 200 : 403);
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(admitted ? origin : "");
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:5173, 127.0.0.1:8080, true",
    "http://127.0.0.1:8080, localhost:8080, true",
    "http://[::1]:1, [::1]:8080, true",
    "https://localhost, 127.0.0.1:8080, true",
    "http://evil.example.com:8080, evil.example.com:8080, false",
    "http://localhost:8080, evil.example.com:8080, false",
    "http://evil.example.com, 127.0.0.1:8080, false",
    "http://localhost.evil.example.com, 127.0.0.1:8080, false",
    "http://localhost@evil.example.com, 127.0.0.1:8080, false",
    "file://localhost, 127.0.0.1:8080, false"
  })
  @Requirement({"T-2", "T-3"})
  void onLoopbackIsForLoopbackOriginsAndHostsOnly(String origin, String host, boolean admitted) {
    var local =
        new SampleGateway(
            new Issuer("http://127.0.0.1:8080"), (_, reply) -> reply.accepted(), Runnable::run);
    local.verifier.knows(
        "local",
        new Resource("http://127.0.0.1:8080/mcp"),
        "read:user",
        SampleGateway.NOW.plusSeconds(60));

    FakeExchange answer =
        local.send(
            Call.modern("tools/list", "")
                .header("Origin", origin)
                .header("Host", host)
                .token("local"));

    assertThat(answer.status()).isEqualTo(admitted ? 202 : 403);
  }

  /** The metadata would be of another resource, which only the client could tell its user. */
  @ParameterizedTest
  @CsvSource({"localhost:8080, true", "127.0.0.1:8080, false"})
  void namesItsAddressToAClientThatWasToldAnotherNameOfThisMachine(String host, boolean named) {
    var local =
        new SampleGateway(
            new Issuer("http://127.0.0.1:8080"), (_, reply) -> reply.accepted(), Runnable::run);

    FakeExchange answer = local.send(Call.modern("tools/list", "").header("Host", host));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.text().contains("http://127.0.0.1:8080/mcp")).isEqualTo(named);
  }

  @Test
  void asksForNoTokenInAPreflightAndNamesTheHeaders() {
    FakeExchange answer =
        sample.send(
            Call.of("OPTIONS")
                .header("Origin", "https://app.example.com")
                .header(
                    "Access-Control-Request-Headers",
                    "authorization,mcp-param-region,"
                        + " Mcp-Param-Tenant,mcp-param-,cookie,x-forwarded-for"));

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example.com");
    assertThat(answer.header("Access-Control-Allow-Methods")).contains("POST");
    assertThat(answer.header("Access-Control-Allow-Headers").split(", "))
        .containsExactlyInAnyOrder(
            "Authorization",
            "Content-Type",
            "MCP-Protocol-Version",
            "Mcp-Method",
            "Mcp-Name",
            "Mcp-Session-Id",
            "Last-Event-ID",
            "traceparent",
            "tracestate",
            "baggage",
            "mcp-param-region",
            "Mcp-Param-Tenant");
    assertThat(answer.header("Vary")).isEqualTo("Origin");
    assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
    assertThat(
            sample.send(Call.of("OPTIONS").header("Origin", "https://evil.example.com")).status())
        .isEqualTo(403);
  }

  @Test
  void showsScriptsTheChallenge() {
    FakeExchange answer =
        sample.send(Call.modern("tools/list", "").header("Origin", "https://app.example.com"));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("Access-Control-Expose-Headers"))
        .isEqualTo(
            "WWW-Authenticate, Mcp-Session-Id, MCP-Protocol-Version, Retry-After, X-Request-Id");
  }
}
