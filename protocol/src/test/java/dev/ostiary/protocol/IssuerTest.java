package dev.ostiary.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.requirements.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://mcp.example.com",
        "https://mcp.example.com:8443",
        "https://example.com/tenant1",
        "http://127.0.0.1:8080",
        "http://localhost:8080",
        "http://[::1]:8080"
      })
  void isAnHttpsOriginOrALoopbackOne(String value) {
    assertThat(new Issuer(value).value()).isEqualTo(value);
  }

  @ParameterizedTest
  @Requirement({"R-49", "A-13"})
  @ValueSource(
      strings = {
        "http://mcp.example.com",
        "http://127.0.0.1.example.com",
        "http://10.0.0.1",
        "ftp://mcp.example.com"
      })
  void isNeverPlainHttpBeyondThisMachine(String value) {
    assertThatThrownBy(() -> new Issuer(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be https");
  }

  @ParameterizedTest
  @Requirement("R-32")
  @ValueSource(
      strings = {
        "https://mcp.example.com/",
        "https://mcp.example.com:443",
        "https://mcp.example.com:",
        "https://mcp.example.com:0",
        "http://127.0.0.1:65536",
        "https://MCP.example.com",
        "https://mcp.example.com?a",
        "https://mcp.example.com#a",
        "https://u@mcp.example.com",
        "https://mcp.example.com/a/../b",
        "mcp.example.com",
        "https:///a"
      })
  void hasOneSpellingOnly(String value) {
    assertThatThrownBy(() -> new Issuer(value)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void saysWhereItsPathsAre() {
    assertThat(new Issuer("https://example.com").path()).isEmpty();
    assertThat(new Issuer("https://example.com/tenant1").path()).isEqualTo("/tenant1");
    assertThat(new Issuer("https://example.com/tenant1").at("/token"))
        .isEqualTo("https://example.com/tenant1/token");
  }
}
