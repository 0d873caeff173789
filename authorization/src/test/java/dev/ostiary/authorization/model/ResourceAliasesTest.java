package dev.ostiary.authorization.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.requirements.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceAliasesTest {
  private static final Issuer ISSUER = new Issuer("https://mcp.example.com");
  private static final ProtectedServer GITHUB = server("github", "https://mcp.example.com/mcp");
  private static final ProtectedServer DOCS = server("docs", "https://mcp.example.com/docs/mcp");

  private final ResourceAliases one = new ResourceAliases(ISSUER, List.of(GITHUB));
  private final ResourceAliases two = new ResourceAliases(ISSUER, List.of(GITHUB, DOCS));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://mcp.example.com/mcp",
        "https://mcp.example.com/mcp/",
        "HTTPS://MCP.Example.COM/mcp",
        "https://mcp.example.com",
        "https://mcp.example.com/"
      })
  @Requirement("A-14")
  void nameTheOnlyServer(String resource) {
    assertThat(one.find(resource)).contains(GITHUB);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://mcp.example.com/MCP",
        "https://mcp.example.com/mcp//",
        "https://mcp.example.com/mcp?x=1",
        "https://mcp.example.com/mcp#x",
        "https://mcp.example.com:443/mcp",
        "http://mcp.example.com/mcp",
        "https://mcp.example.com.evil.example/mcp",
        "https://user@mcp.example.com/mcp",
        "https://mcp.example.com/./mcp",
        "urn:mcp",
        "not a uri"
      })
  @Requirement("R-34")
  void nameNothingElse(String resource) {
    assertThat(one.find(resource)).isEmpty();
  }

  /** The Kelvin sign, which becomes a k in lower case. */
  @Test
  @Requirement("R-34")
  void areNotNamedByLettersThatOnlyLookAlike() {
    ProtectedServer server = server("k", "https://kit.example.com/mcp");
    ResourceAliases aliases =
        new ResourceAliases(new Issuer("https://kit.example.com"), List.of(server));

    assertThat(aliases.find("https://KIT.example.com/mcp")).contains(server);
    assertThat(aliases.find("https://\u212ait.example.com/mcp")).isEmpty();
  }

  @Test
  void tellSeveralServersApart() {
    assertThat(two.find("https://mcp.example.com/docs/mcp/")).contains(DOCS);
    assertThat(two.find("https://mcp.example.com/mcp")).contains(GITHUB);
    assertThat(two.find("https://mcp.example.com")).isEmpty();
  }

  private static ProtectedServer server(String name, String resource) {
    return new ProtectedServer(
        name,
        name,
        new Resource(resource),
        Scopes.of("read:user"),
        Scopes.of("read:user"),
        "github");
  }
}
