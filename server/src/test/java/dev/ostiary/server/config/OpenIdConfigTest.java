package dev.ostiary.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.connector.AllowRule;
import dev.ostiary.connector.openid.OpenIdSettings;
import dev.ostiary.connector.openid.ProviderType;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code sign-in.openid.NAME}: every key, the ready settings, and what is refused. */
final class OpenIdConfigTest {
  @TempDir private Path folder;

  @Test
  void readsEveryKey() throws IOException {
    assertThat(
            entry(
                """
                type: keycloak
                issuer: https://sso.acme.example/realms/staff
                metadata-url: https://sso.acme.example/metadata
                client-id: ostiary
                client-secret: s3cr3t
                title: Staff
                scopes: [roles]
                groups-claim: roles
                allow: { email-domains: [acme.example], groups: [engineering], subjects: [u1] }
                """))
        .isEqualTo(
            new OpenIdSettings(
                ProviderType.KEYCLOAK,
                "https://sso.acme.example/realms/staff",
                "https://sso.acme.example/metadata",
                "",
                "ostiary",
                new Secret("s3cr3t"),
                new Secret(""),
                "Staff",
                List.of("roles"),
                "roles",
                new AllowRule(
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of("engineering"),
                    List.of("acme.example"),
                    List.of("u1"))));
  }

  @Test
  void needsLittle() throws IOException {
    assertThat(entry("{ issuer: 'https://login.acme.example', client-id: ostiary }"))
        .isEqualTo(
            OpenIdSettings.at("acme", "https://login.acme.example", "ostiary", new Secret("")));
  }

  @Test
  void knowsTheIssuersThatAreTheSameForAll() throws IOException {
    OpenIdSettings google = entry("{ type: google, client-id: ostiary }");
    assertThat(google.issuer()).isEqualTo("https://accounts.google.com");
    assertThat(google.title()).isEqualTo("Google");
    assertThat(entry("{ type: gitlab, client-id: ostiary }").issuer())
        .isEqualTo("https://gitlab.com");
  }

  @Test
  void derivesTheIssuerOfATenant() throws IOException {
    String tenant = "11111111-2222-3333-4444-555555555555";
    OpenIdSettings one = entry("{ type: entra, tenant: " + tenant + ", client-id: ostiary }");
    assertThat(one.issuer()).isEqualTo("https://login.microsoftonline.com/" + tenant + "/v2.0");

    OpenIdSettings all = entry("{ type: entra, tenant: organizations, client-id: ostiary }");
    assertThat(all.issuer()).isEqualTo("https://login.microsoftonline.com/{tenantid}/v2.0");
    assertThat(all.metadataUrl())
        .isEqualTo(
            "https://login.microsoftonline.com/organizations/v2.0/.well-known/openid-configuration");
    assertThat(all.address()).hasToString("https://login.microsoftonline.com/v2.0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "client-id: c | acme.issuer | is missing | login.acme.example",
        "issuer: 'https://a.example' | acme.client-id | is missing"
            + " | http://127.0.0.1:8080/callback/acme",
        "issuer: 'http://a.example', client-id: c | acme.issuer | must be an https address"
            + " | 127.0.0.1",
        "issuer: 'https://a.example?x=y', client-id: c | acme.issuer | must be an https | machine",
        "issuer: 'https://a.example', metadata-url: 'ftp://a.example', client-id: c"
            + " | acme.metadata-url | must be an https address | machine",
        "issuer: 'https://a.example', client-id: c, client-secret: s, private-key-jwt: k"
            + " | acme.private-key-jwt | and so is client-secret | Keep the one",
        "issuer: 'https://a.example', client-id: c, private-key-jwt: k | acme.private-key-jwt"
            + " | must be an RSA or EC private key | openssl pkcs8",
        "type: entra, client-id: c | acme.tenant | is missing | Directory (tenant) ID",
        "type: entra, tenant: acme.example, client-id: c | acme.tenant | must be a tenant id"
            + " | Directory (tenant) ID",
        "type: okta, tenant: x, issuer: 'https://a.okta.com', client-id: c | acme.tenant"
            + " | only with type: entra | Leave it out",
        "type: auth0, client-id: c | acme.issuer | is missing | slash at the end",
        "type: azure, client-id: c | acme.type | must be none or google | Write",
        "issuer: 'https://a.example/{tenantid}', client-id: c | acme.metadata-url | is missing"
            + " | {tenantid}",
        "issuer: 'https://a.example', client-id: c, allow: { users: [x] } | acme.allow.users"
            + " | is not a key | Did you mean",
        "issuer: 'https://a.example', client-id: c, allow: { email-domains: ['@a.example'] }"
            + " | acme.allow.email-domains | must be domains | without an @",
        "type: google, client-id: c, allow: { groups: [x] } | acme.allow.groups"
            + " | needs groups-claim | leave the groups out",
        "issuer: 'https://a.example', client-id: c, scopes: ['a b'] | acme.scopes | must be scopes"
            + " | one scope an item"
      })
  void refuses(String keys, String path, String what, String remedy) throws IOException {
    assertThat(report("{ " + keys + " }"))
        .contains("sign-in.openid." + path)
        .contains(what)
        .contains(remedy);
  }

  @Test
  void allowsAProviderOnThisMachineInTheClear() throws IOException {
    assertThat(entry("{ issuer: 'http://127.0.0.1:9000', client-id: c }").issuer())
        .isEqualTo("http://127.0.0.1:9000");
  }

  private OpenIdSettings entry(String keys) throws IOException {
    return switch (source(keys).read()) {
      case Result.Ok<OstiaryConfig, String>(OstiaryConfig config) ->
          (OpenIdSettings) Objects.requireNonNull(config.signIn().get("acme"));
      case Result.Refused<OstiaryConfig, String>(String report) -> throw new AssertionError(report);
    };
  }

  private String report(String keys) throws IOException {
    return switch (source(keys).read()) {
      case Result.Ok<OstiaryConfig, String>(OstiaryConfig config) ->
          throw new AssertionError(config.signIn());
      case Result.Refused<OstiaryConfig, String>(String report) -> report;
    };
  }

  private ConfigSource source(String keys) throws IOException {
    String yaml =
        """
        sign-in:
          openid:
            acme:
        %s
        servers: { docs: { backend: "http://127.0.0.1:9/mcp" } }
        """
            .formatted(keys.stripTrailing().indent(6).stripTrailing());
    return ConfigSource.file(Files.writeString(folder.resolve("ostiary.yaml"), yaml), Map.of());
  }
}
