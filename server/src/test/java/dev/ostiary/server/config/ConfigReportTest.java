package dev.ostiary.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.protocol.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigReportTest {
  private static final Map<String, String> REGISTERED =
      Map.of("GITHUB_CLIENT_ID", "id", "GITHUB_CLIENT_SECRET", "s3cr3t");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "lissten: x | lissten | is not a key that Ostiary knows | Did you mean listen?",
        "tokens: { code-lifetme: 1m } | tokens.code-lifetme | is not a key | Did you mean"
            + " code-lifetime?",
        "allow: { users: [a] } | allow | is not a key | Did you mean sign-in.github.allow?",
        "colour: red | colour | is not a key | Known here: url, listen,",
        "servers: { d: { connector: github, bakend: b } } | servers.d.bakend | is not a key"
            + " | Did you mean backend?",
        "servers: { d: { connector: github, backend: b } } | servers.d.backend | excludes connector"
            + " | Leave one of them out",
        "servers: { d: { backend: '/mcp' } } | servers.d.backend = /mcp | must be the http or https"
            + " | http://127.0.0.1:9000/mcp",
        "servers: { d: { backend: 'https://u:p@h/' } } | servers.d.backend | without user | Write",
        "servers: { d: { backend: 'http://h', allow: all } } | servers.d.allow = all | must be"
            + " everyone | organizations",
        "servers: { d: { backend: 'http://h', allow: {} } } | servers.d.allow | names no one |"
            + " Name",
        "servers: { d: { backend: 'http://h', allow: { users: ['@o'] } } } |"
            + " servers.d.allow.users = @o | must be GitHub login names | without an @",
        "servers: { d: { backend: 'http://h', ca: junk } } | servers.d.ca = junk | must be"
            + " certificates in PEM form | file:ca.pem",
        "servers: { d: { backend: 'http://h', ca: 'file:none' } } | servers.d.ca | names a file"
            + " that does not exist | Put the certificates there",
        "servers: { d: { backend: 'http://h', body-limit: 1 GB } } | servers.d.body-limit = 1 GB |"
            + " must be a number of bytes | 4 MiB",
        "servers: { d: { backend: 'http://h', body-limit: 65 MiB } } | servers.d.body-limit = 65"
            + " MiB | must be between 1 KiB and 64 MiB | default",
        "servers: { d: { backend: 'http://h', max-calls: many } } | servers.d.max-calls = many |"
            + " must be a whole number | Write",
        "servers: { d: { backend: 'http://h', max-calls: 0 } } | servers.d.max-calls = 0 | must be"
            + " between 1 and 100000 | default",
        "servers: { d: { backend: 'http://h', idle-timeout: 1s } } | servers.d.idle-timeout = 1s |"
            + " must be between 5s and 7d | default",
        "servers: { d: { backend: 'http://h', credential: mine } } | servers.d.credential = mine |"
            + " must be none or identity-headers or signed-identity or upstream-token or"
            + " upstream-id-token or api-key |"
            + " in just these letters",
        "servers: { d: { backend: 'http://h.example', credential: upstream-token } } |"
            + " servers.d.credential = upstream-token | would send the tokens of your users over"
            + " plain http | https",
        "servers: { d: { backend: 'http://h', credential: api-key } } | servers.d.api-key.value |"
            + " is missing | from a variable",
        "servers: { d: { backend: 'http://h', api-key: { value: k } } } | servers.d.api-key | is of"
            + " no use without credential: api-key | Write that",
        "servers: { d: { backend: 'http://h', credential: api-key, api-key: { value: k, header:"
            + " Mcp-Name } } } | servers.d.api-key.header = Mcp-Name | must be the name |"
            + " X-API-Key",
        "servers: { d: { backend: 'http://h', credential: api-key, api-key: { value: k, header:"
            + " 'a b' } } } | servers.d.api-key.header = a b | must be the name | X-API-Key",
        "servers: { d: { backend: 'http://h', credential: api-key, api-key: { value: k, prefix:"
            + " 'a b' } } } | servers.d.api-key.prefix = a b | must be one word | Bearer",
        "servers: { d: { backend: 'http://h', credential: api-key, api-key: { value: 'é' } } } |"
            + " servers.d.api-key.value | must be one line of visible ASCII | secret",
        "servers: { d: { connector: github, credential: none } } | servers.d.credential | is for a"
            + " backend | Leave it out",
        "tokens: 1h | tokens | must have keys of its own | Indent them below it:"
            + " access-token-lifetime,",
        "servers: [a] | servers | must have keys of its own | one for each name",
        "servers: { d: } | servers.d | must have keys of its own | connector, backend",
        "url: { a: b } | url | must be a value, not more keys | Write the address",
        "url: [a] | url | must be one value, not a list | Write the address",
        "url: | url | has no value | Write the address",
        "url: http://mcp.example.com | url = http://mcp.example.com | must be https | Write the"
            + " address",
        "url: https://mcp.example.com/ | url = | must not end with a slash | Write the address",
        "consent: { remember: yes-please } | consent.remember = yes-please | must be true or"
            + " false | Write true or false",
        "consent: { remember-for: 400d } | consent.remember-for = 400d | must be between 1m and"
            + " 365d | leave consent.remember out",
        "listen: 8080 | listen = 8080 | must be a host, a colon and a port | Write it as",
        "listen: 127.0.0.1:70000 | listen = | must have a port between 0 and 65535 | Write it as",
        "listen: ::1:80 | listen = | an IPv6 address in brackets | Write it as",
        "data: '' | data = | must not be empty | Write the path",
        "sign-in: { github: { base-url: http://example.com } } | sign-in.github.base-url ="
            + " | must be the https address | Leave it out for github.com",
        "sign-in: { github: { base-url: 'a b' } } | sign-in.github.base-url = | must be a URL |"
            + " Write it as",
        "sign-in: { github: { client-id: ' ' } } | sign-in.github.client-id | must not be empty |"
            + " Fill it in",
        "sign-in: { github: { client-secret: '' } } | sign-in.github.client-secret | must not be"
            + " empty | Take it from a variable",
        "sign-in: { github: { client-secret: '${NOPE}' } } | sign-in.github.client-secret"
            + " | needs the variable NOPE, which is not set | export NOPE=",
        "sign-in: { github: { client-secret: 'file:nope' } } | sign-in.github.client-secret"
            + " | names a file that does not exist: nope | Put the secret there",
        "sign-in: { github: { client-secret: 'file:.' } } | sign-in.github.client-secret"
            + " | names a file that cannot be read: . | Put the secret there",
        "sign-in: { github: { allow: { users: me } } } | allow.users | must be a list | [a, b]",
        "sign-in: { github: { allow: { users: [[a]] } } } | allow.users | must be a list of values"
            + " | Fill",
        "sign-in: { github: { allow: { users: ['@me'] } } } | allow.users = @me | login names |"
            + " without an @",
        "sign-in: { github: { allow: { organizations: ['a b'] } } } | allow.organizations = a b"
            + " | login names | without an @",
        "servers: { d: { path: /d } } | servers.d.connector | is missing, and so is backend | Write"
            + " connector: github",
        "servers: { d: { connector: gitlab } } | servers.d.connector = gitlab | must be github | in"
            + " just these",
        "servers: { D: { connector: github } } | servers.D | lower-case letters | part of the"
            + " server's URL",
        "servers: { token: { connector: github } } | servers.token | one of Ostiary's own endpoints"
            + " | Choose another name",
        "servers: { d: { connector: github, path: mcp } } | servers.d.path = mcp | must be the path"
            + " of a URL | Begin it with a slash",
        "servers: { d: { connector: github, path: /token/x } } | servers.d.path ="
            + " | among Ostiary's own endpoints | such as /d/mcp",
        "servers: { a: { connector: github, path: /x }, b: { connector: github, path: /x } }"
            + " | servers.b.path = /x | is the path of servers.a too | a path of its own",
        "servers: { a: { connector: github, path: /x, legacy-sse: true }, b: { connector: github,"
            + " path: /x/sse } } | servers.a.legacy-sse = true | needs the path /x/sse, which"
            + " servers.b has | another path",
        "servers: { a: { resource: 'https://a.example/mcp', legacy-sse: true } } |"
            + " servers.a.legacy-sse = true | runs elsewhere | Leave it out",
        "tokens: { code-lifetime: 60 } | tokens.code-lifetime = 60 | must be a number with s, m, h"
            + " or d | Write 30s",
        "tokens: { code-lifetime: 11m } | tokens.code-lifetime = 11m | must be between 10s and 10m"
            + " | RFC 6749",
        "tokens: { access-token-lifetime: 2d } | access-token-lifetime = 2d | between 1m and 1d |"
            + " stolen",
        "tokens: { refresh-token-lifetime: 1m } | refresh-token-lifetime = 1m | between 1h and 365d"
            + " | may be idle",
        "tokens: { refresh-token-grace: 2h } | refresh-token-grace = 2h | between 0s and 1h |"
            + " thieves",
        "tokens: { grant-lifetime: 1m } | grant-lifetime = 1m | between 1h and 3650d | sign in"
            + " again",
        "tokens: { grant-lifetime: 1d } | refresh-token-lifetime = 30d"
            + " | must not be longer than tokens.grant-lifetime, which is 1d | shorten it",
        "tokens: { signing-algorithm: HS256 } | signing-algorithm = HS256 | must be ES256 or RS256"
            + " | just these",
        "registration: disabled | registration | must have keys of its own | Indent them below it:"
            + " enabled, initial-access-token,",
        "registration: { enabled: no-thanks } | registration.enabled = no-thanks | must be true or"
            + " false | Write true or false",
        "registration: { enabled: false, initial-access-token: t } |"
            + " registration.initial-access-token | is of no use while registration.enabled is"
            + " false | Leave one",
        "registration: { initial-access-token: '' } | registration.initial-access-token | must not"
            + " be empty | from a variable",
        "registration: { unused-client-lifetime: 1m } | unused-client-lifetime = 1m | must be"
            + " between 1h and 3650d | register again",
        "clients: { a: { redirect-urls: [] } } | clients.a.redirect-urls | is not a key | Did you"
            + " mean redirect-uris?",
        "clients: { a: { name: A } } | clients.a.redirect-uris | is missing | Write where the"
            + " client waits",
        "clients: { a: { redirect-uris: [] } } | clients.a.redirect-uris | is missing or empty |"
            + " Write where the client waits",
        "clients: { a: { redirect-uris: ['http://a.example/cb'] } } | clients.a.redirect-uris ="
            + " http://a.example/cb | is http on a host that is not this machine | Write https",
        "clients: { a: { redirect-uris: ['https://*.example/'] } } | clients.a.redirect-uris ="
            + " | has a wildcard | Write https",
        "clients: { a: { redirect-uris: https://a.example/ } } | clients.a.redirect-uris | must be"
            + " a list | square brackets",
        "clients: { a: { secret: s, introspects: [none] } } | clients.a.introspects = none | is not"
            + " a server | by their keys",
        "clients: { a: { redirect-uris: ['https://a.example/'], introspects: [github] } } |"
            + " clients.a.introspects | prove themselves | secret, jwks",
        "authorization-server: { audience: x } | authorization-server.issuer | is missing | Write"
            + " the issuer",
        "authorization-server: { issuer: 'http://login.example' } | authorization-server.issuer |"
            + " must be an https URL | own metadata",
        "authorization-server: { issuer: 'https://login.example?x' } | authorization-server.issuer"
            + " | without user, query | own metadata",
        "authorization-server: { issuer: 'https://login.example', introspection: { client-id: x } }"
            + " | authorization-server.introspection.client-secret | is missing | Take it",
        "authorization-server: { issuer: 'https://login.example', scopes: { a: 'b\"c' } } |"
            + " authorization-server.scopes.a | must be scopes | Files.Read",
        "authorization-server: { issuer: 'https://login.example', scopes: all } |"
            + " authorization-server.scopes | must have scopes by foreign names | Files.Read",
        "servers: { d: { resource: 'http://d.example/mcp' } } | servers.d.resource | must be https"
            + " | Write the URL",
        "servers: { d: { resource: 'https://d.example/mcp#x' } } | servers.d.resource | must not"
            + " have a fragment | Write the URL",
        "servers: { d: { resource: 'http://127.0.0.1:8080/d' } } | servers.d.resource | is below"
            + " Ostiary's own url | runs elsewhere",
        "servers: { d: { resource: 'https://d.example/mcp', backend: 'https://b.example' } } |"
            + " servers.d.backend | does not go with resource | Leave",
        "servers: { d: { resource: 'https://d.example/mcp', allow: everyone } } | servers.d.allow |"
            + " is not enforced | Leave it out",
        "servers: { d: { resource: 'https://d.example/mcp', authorization-server: { issuer:"
            + " 'https://l.example' } } } | servers.d.authorization-server | is for a backend alone"
            + " | Leave it out",
        "clients: { 'https://a.example': { redirect-uris: ['https://a.example/'] } } |"
            + " clients.https://a.example | must be up to 100 letters | the client_id",
        "clients: { a: { redirect-uris: ['https://a.example/'], name: '' } } | clients.a.name = |"
            + " must not be empty | Fill it in",
        "clients: { a: { redirect-uris: ['https://a.example/'], token-endpoint-auth-method: basic }"
            + " } | token-endpoint-auth-method = basic | must be none or client_secret_basic | in"
            + " just these letters",
        "clients: { a: { redirect-uris: ['https://a.example/'], token-endpoint-auth-method:"
            + " client_secret_post } } | token-endpoint-auth-method = client_secret_post | needs a"
            + " secret | Give the client a secret",
        "clients: { a: { redirect-uris: ['https://a.example/'], secret: s,"
            + " token-endpoint-auth-method: none } } | token-endpoint-auth-method = none | does not"
            + " go with a secret | Leave one",
        "clients: { a: { redirect-uris: ['https://a.example/'], token-endpoint-auth-method:"
            + " private_key_jwt } } | clients.a.jwks-uri | cannot be used: private_key_jwt needs"
            + " jwks or jwks_uri | public keys",
        "clients: { a: { redirect-uris: ['https://a.example/'], jwks: '{}' } } | clients.a.jwks |"
            + " cannot be used: jwks must be a JWK Set | public keys",
        "clients: { a: { redirect-uris: ['https://a.example/'], jwks: 'file:none' } } |"
            + " clients.a.jwks | names a file that does not exist | Put the JWK Set there",
        "clients: { a: { redirect-uris: ['https://a.example/'], secret: s, jwks: '{}' } } |"
            + " clients.a.jwks | is of no use to this client | Leave it out",
        "clients: { a: { redirect-uris: ['https://a.example/'], secret: s, jwks: '{}',"
            + " token-endpoint-auth-method: private_key_jwt } } | token-endpoint-auth-method ="
            + " private_key_jwt | does not go with a secret | Leave one",
        "clients: { a: { redirect-uris: ['https://a.example/'], secret: '${NOPE}' } } |"
            + " clients.a.secret | needs the variable NOPE, which is not set | export NOPE=",
        "admin: { listen: 127.0.0.1:8080 } | admin.listen = 127.0.0.1:8080 | must not be where the"
            + " program listens for everybody | Take another port",
        "admin: { listen: 0.0.0.0:8080 } | admin.listen = 0.0.0.0:8080 | must not be where the"
            + " program listens for everybody | Take another port",
        "admin: { listen: 9464 } | admin.listen = 9464 | must be a host, a colon and a port |"
            + " 127.0.0.1:8080",
        "admin: on | admin | must have keys of its own | listen",
        "allowed-origins: ['https://a.example.com/'] | allowed-origins = https://a.example.com/"
            + " | must be origins | without a slash",
        "allowed-origins: ['https://a.example.com:443'] | allowed-origins = | must be origins | not"
            + " the usual",
        "allowed-origins: ['https://a:b:c'] | allowed-origins = | must be origins | not the usual",
        "contact: call me | contact = call me | must be an e-mail address, or a mailto or https URL"
            + " | ops@example.com",
        "- a | the file | must hold keys with values | Begin it with",
        "a: : b | the file | is not YAML from here on | indentation",
      })
  void namesTheKeyTheProblemAndTheRemedy(String yaml, String key, String what, String remedy)
      throws IOException {
    assertThat(report(yaml)).contains("line 1: ", key, what, remedy);
  }

  @Test
  void reportsEverythingAtOnceInTheOrderOfTheFile() throws IOException {
    String report =
        report(
            """
            url: ftp://example.com
            registration: { enabled: maybe }
            tokens:
              code-lifetime: 1h
            nonsense: 1
            """);

    assertThat(report).contains("ostiary.yaml has 4 problems.");
    assertThat(report)
        .containsSubsequence("line 1: url", "line 2: reg", "line 4: tokens.", "line 5: nonsense");
  }

  @Test
  void refusesAKeyThatIsGivenTwice() throws IOException {
    assertThat(report("url: https://a.example.com\nlisten: '[::1]:1'\nurl: https://b.example.com"))
        .contains("line 3: url", "was already given in line 1");
  }

  @Test
  void refusesAnAlias() throws IOException {
    assertThat(report("url: &here https://a.example.com\ndata: *here"))
        .contains("line 2: data", "must not be an alias");
  }

  @Test
  void refusesASecondDocument() throws IOException {
    assertThat(report("url: https://a.example.com\n---\nurl: https://b.example.com"))
        .contains("begins a second document");
  }

  @Nested
  class Secrets {
    @Test
    void areNeverRepeated() throws IOException {
      String report =
          report(
              """
              sign-in:
                github:
                  client-secret: [hunter2]
                  client-secrte: hunter2
                  clientsecret: "hunter2"
              """);

      assertThat(report).contains("3 problems").doesNotContain("hunter2");
    }

    @Test
    void areNotRepeatedWhenTheTextIsNoYaml() throws IOException {
      assertThat(report("client-secret: hunter2: hunter2")).doesNotContain("hunter2");
    }

    @Test
    void areNotRepeatedWhenAVariableWentToTheWrongKey() throws IOException {
      assertThat(report("url: '${GITHUB_CLIENT_SECRET}'"))
          .contains("url = ${GITHUB_CLIENT_SECRET}")
          .doesNotContain("s3cr3t");
    }
  }

  @Nested
  class WithoutCredentials {
    @Test
    void saysHowToRegisterAtGitHub() {
      assertThat(refusal(ConfigSource.environment(Map.of())))
          .contains(
              "https://github.com/settings/applications/new",
              "http://127.0.0.1:8080/callback",
              "export GITHUB_CLIENT_ID=... GITHUB_CLIENT_SECRET=...",
              "ostiary demo");
    }

    @Test
    void namesTheConfiguredGitHubAndCallback() throws IOException {
      String yaml =
          """
          url: https://mcp.example.com
          sign-in: { github: { base-url: "https://github.example.com" } }
          """;

      assertThat(refusal(source(yaml, Map.of())))
          .contains(
              "https://github.example.com/settings/applications/new",
              "https://mcp.example.com/callback");
    }

    @Test
    void saysWhichOfTheTwoIsMissing() {
      assertThat(refusal(ConfigSource.environment(Map.of("GITHUB_CLIENT_ID", "id"))))
          .contains("sign-in.github.client-secret", "and so is the variable GITHUB_CLIENT_SECRET");
      assertThat(refusal(ConfigSource.environment(Map.of("GITHUB_CLIENT_SECRET", "s"))))
          .contains("sign-in.github.client-id", "and so is the variable GITHUB_CLIENT_ID");
    }
  }

  private String report(String yaml) throws IOException {
    return refusal(source(yaml, REGISTERED));
  }

  private ConfigSource source(String yaml, Map<String, String> variables) throws IOException {
    return ConfigSource.file(Files.writeString(folder.resolve("ostiary.yaml"), yaml), variables);
  }

  private static String refusal(ConfigSource source) {
    if (source.read() instanceof Result.Refused<OstiaryConfig, String>(String report)) {
      return report;
    }
    throw new AssertionError("the configuration was accepted");
  }
}
