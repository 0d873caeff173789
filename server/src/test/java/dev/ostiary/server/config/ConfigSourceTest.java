package dev.ostiary.server.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.client.assertion.AssertionPolicy;
import dev.ostiary.authorization.client.document.DocumentPolicy;
import dev.ostiary.authorization.client.document.DomainPattern;
import dev.ostiary.authorization.client.registration.RegistrationPolicy;
import dev.ostiary.authorization.key.SigningAlgorithm;
import dev.ostiary.authorization.model.Lifetimes;
import dev.ostiary.authorization.model.Limit;
import dev.ostiary.authorization.model.Limits;
import dev.ostiary.config.Entry;
import dev.ostiary.config.Environment;
import dev.ostiary.config.Node;
import dev.ostiary.config.Reading;
import dev.ostiary.connector.AllowRule;
import dev.ostiary.connector.github.GitHub;
import dev.ostiary.connector.github.GitHubSettings;
import dev.ostiary.connector.local.LocalSettings;
import dev.ostiary.connector.local.LocalUser;
import dev.ostiary.connector.openid.OpenIdSettings;
import dev.ostiary.connector.openid.ProviderType;
import dev.ostiary.embed.config.Admin;
import dev.ostiary.embed.config.Allow;
import dev.ostiary.embed.config.ClientEntry;
import dev.ostiary.embed.config.ConfigKeys;
import dev.ostiary.embed.config.ConnectorServer;
import dev.ostiary.embed.config.Consent;
import dev.ostiary.embed.config.HttpServer;
import dev.ostiary.embed.config.Listen;
import dev.ostiary.embed.config.MetadataDocuments;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.embed.config.Program;
import dev.ostiary.embed.config.ServerEntry;
import dev.ostiary.embed.config.ServerPolicy;
import dev.ostiary.embed.config.ServerTarget;
import dev.ostiary.embed.config.StdioServer;
import dev.ostiary.embed.config.Tokens;
import dev.ostiary.embed.config.credential.Credential;
import dev.ostiary.embed.config.foreign.ForeignAuthorization;
import dev.ostiary.embed.config.foreign.ForeignAuthorization.Introspection;
import dev.ostiary.embed.config.foreign.ForeignAuthorization.Registration;
import dev.ostiary.embed.config.key.MasterKeyPlace;
import dev.ostiary.embed.config.store.StoreEntry;
import dev.ostiary.gateway.policy.Listed;
import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.gateway.policy.RequiredScopes;
import dev.ostiary.http.AddressRange;
import dev.ostiary.http.fetch.FetchProxy;
import dev.ostiary.protocol.ClientAuthenticationMethod;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import dev.ostiary.protocol.registration.RegistrationRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigSourceTest {
  private static final String AUTHORITY =
      """
      -----BEGIN CERTIFICATE-----
      MIIBjTCCATOgAwIBAgIUbPlKgLHq0z3s/roFDhhUxYKrIvUwCgYIKoZIzj0EAwIw
      GzEZMBcGA1UEAwwQU2FtcGxlIGF1dGhvcml0eTAgFw0yNjExMjIwMDE2MDdaGA8y
      MTI2MTAyOTAwMTYwN1owGzEZMBcGA1UEAwwQU2FtcGxlIGF1dGhvcml0eTBZMBMG
      ByqGSM49AgEGCCqGSM49AwEHA0IABAlsWhsmT6POXajR6EzTUQzgpsdWF1Wsj3Gy
      /eSmWMrOM3bIoALoVnfYmWHYtkN7wu1y3Ji+G52xg4/1clRkmKSjUzBRMB0GA1Ud
      DgQWBBRRctml4G4M1NopZ/2BEfNV/MKOHzAfBgNVHSMEGDAWgBRRctml4G4M1Nop
      Z/2BEfNV/MKOHzAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQDH
      MKzhROfiz7l49zb5UsbV4QMiudcxgaNdNTclUaJUyQIgU9s3TGzkacONMdWLcNAE
      qRhPzefZ/sCvlMIyxTpxLc8=
      -----END CERTIFICATE-----
      """;

  private static final Map<String, String> VARIABLES =
      Map.of("GITHUB_CLIENT_ID", "id", "GITHUB_CLIENT_SECRET", "s3cr3t", "HOST", "mcp.example.com");

  private static final String JWKS =
      "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\","
          + "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]}";

  private static final GitHubSettings GITHUB =
      new GitHubSettings(
          URI.create("https://github.com"), "id", new Secret("s3cr3t"), AllowRule.ANYBODY);

  /** Every key, with another value than the default. */
  private static final String EVERYTHING =
      """
      url: https://${HOST}
      listen: "[::1]:9000"
      admin: { listen: 127.0.0.1:9464, hosts: [ostiary.svc] }
      data: /srv/ostiary
      store:
        postgresql:
          url: jdbc:postgresql://db.example.com/ostiary?sslmode=verify-full
          user: ostiary
          password: "file:secret"
          pool: 12
          pooler: true
      master-key: file:/etc/ostiary/master.key
      sign-in:
        github:
          client-id: "${GITHUB_CLIENT_ID}-x"
          client-secret: "file:secret"
          base-url: https://acme.ghe.com
          allow:
            users: [octocat, hubot]
            organizations: [acme]
            teams: [acme/platform]
        local:
          users:
            alice: { password-hash: "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaA" }
        openid:
          acme:
            type: keycloak
            issuer: https://sso.acme.example/realms/staff
            metadata-url: https://sso.acme.example/metadata
            client-id: ostiary
            client-secret: "file:secret"
            title: Staff
            scopes: [roles]
            groups-claim: roles
            allow: { email-domains: [acme.example], groups: [engineering], subjects: [u1] }
          office:
            type: entra
            tenant: organizations
            client-id: ostiary
            private-key-jwt: '{"kty":"EC","d":"x"}'
      servers:
        code:
          connector: github
          policy: { tools: { calculate: allow } }
          list: usable
          read-only: true
          legacy-sse: true
        other: { connector: github, path: /elsewhere, sign-in: [github] }
        docs:
          backend: http://127.0.0.1:9000/mcp
          transport: sse
          credential: api-key
          api-key: { value: "file:key", header: Authorization, prefix: Key }
          ca: "file:ca.pem"
          sign-in: [github, acme]
          allow:
            users: [octocat]
            organizations: [acme]
            teams: [acme/design]
            groups: [design]
            email-domains: [acme.example]
            subjects: [u2]
          body-limit: 512 KiB
          session-lifetime: 1h
          connect-timeout: 1s
          answer-timeout: 2s
          idle-timeout: 5s
          keep-alive: 3s
          connection-idle-timeout: 4s
          max-calls: 4
          max-waiting: 5
          max-streams: 6
          max-failures: 7
          failure-pause: 8s
        open:
          backend: "https://mcp.example.org/"
          allow: everyone
          title: Open data
          authorization-server:
            issuer: https://login.example.org/tenant/
            audience: api://open
            introspection: { client-id: gate, client-secret: "file:secret" }
            metadata-url: https://login.example.org/metadata
            scopes-claim: scp
            typeless: true
            scopes: { "Files.Read": "files:read", Admin: "files:read files:write" }
            roles-claim: realm_access.roles
            registration:
              client-id: shared
              client-secret: "file:secret"
              parameters: { audience: "api://open", prompt: login }
        elsewhere: { resource: "https://elsewhere.example.org/mcp" }
        files:
          command: [npx, server-filesystem, "/srv/${HOST}"]
          env: { TOKEN: "${upstream-token}", WHO: "${HOST} ${user.sub}", KEY: "file:key" }
          sign-in: [github]
          directory: /srv
          run-as: files
          max-children: 9
          max-children-per-user: 3
          start-timeout: 2s
          child-idle-timeout: 6s
          answer-timeout: 7s
          idle-timeout: 8s
          keep-alive: 9s
          body-limit: 1 MiB
          session-lifetime: 2h
      tokens:
        access-token-lifetime: 10m
        refresh-token-lifetime: 7d
        refresh-token-grace: 0s
        grant-lifetime: 90d
        code-lifetime: 30s
        signing-algorithm: RS256
      registration:
        enabled: true
        initial-access-token: "${HOST}-token"
        unused-client-lifetime: 12h
        redirect-schemes: [acme-editor]
      clients:
        my.app:
          name: My app
          redirect-uris: ["http://127.0.0.1/cb", "com.example.app:/cb"]
        back-office:
          redirect-uris: ["https://office.example.com/cb"]
          secret: "file:secret"
          token-endpoint-auth-method: client_secret_post
          introspects: [elsewhere]
        keyed:
          redirect-uris: ["https://keyed.example.com/cb"]
          jwks: "file:jwks"
        keyed-elsewhere:
          redirect-uris: ["https://keyed.example.com/cb"]
          jwks-uri: https://keyed.example.com/keys
          token-endpoint-auth-method: private_key_jwt
      client-assertions: { enabled: false, endpoint-audience: false }
      metadata-documents:
        enabled: false
        allow: [claude.ai, "*.Example.com"]
        deny: [evil.example.com]
        size-limit: 16 KiB
        timeout: 7s
        stale-for: 6h
        proxy: http://proxy.example.com:3128
      consent: { remember: true, remember-for: 7d }
      limits:
        registration: 1 per 1s
        authorization: 2 per 2m burst 20
        token: 3 per 3h burst 30
        refusal: off
        failed-secrets-of-address: 5 per 5m burst 50
        failed-secrets-of-client: 6 per 6m burst 60
      trusted-proxies: [10.0.0.0/8, "::1"]
      allowed-origins: ["https://app.example.com"]
      contact: mailto:ops@example.com
      """;

  @TempDir private Path folder;

  @Test
  void twoVariablesAreAWholeConfiguration() {
    assertThat(ConfigSource.environment(VARIABLES).read())
        .isEqualTo(
            Result.ok(
                new OstiaryConfig(
                    new Issuer("http://127.0.0.1:8080"),
                    new Program(
                        new Listen("127.0.0.1", 8080),
                        Admin.OFF,
                        Path.of("ostiary-data"),
                        StoreEntry.FILE,
                        null),
                    Map.of("github", GITHUB),
                    Map.of("github", new ServerEntry(new ConnectorServer("github"), "/mcp")),
                    new Tokens(
                        new Lifetimes(
                            Duration.ofMinutes(1),
                            Duration.ofHours(1),
                            Duration.ofDays(30),
                            Duration.ofDays(365),
                            Duration.ofMinutes(10),
                            Duration.ofMinutes(10),
                            Duration.ofMinutes(10),
                            Duration.ofHours(8)),
                        SigningAlgorithm.ES256),
                    new RegistrationPolicy(true, null, Duration.ofDays(30), List.of()),
                    Map.of(),
                    new AssertionPolicy(true, true),
                    new MetadataDocuments(
                        true,
                        new DocumentPolicy(List.of(), List.of(), Duration.ofDays(1)),
                        5120,
                        Duration.ofSeconds(5),
                        null),
                    new Consent(false, Duration.ofDays(30)),
                    Limits.DEFAULTS,
                    List.of(),
                    List.of(),
                    "",
                    null)));
  }

  @Test
  void anEmptyFileChangesNothing() throws IOException {
    assertThat(read("")).isEqualTo(OstiaryConfig.defaults(GITHUB));
    assertThat(read("# nothing yet\n")).isEqualTo(OstiaryConfig.defaults(GITHUB));
  }

  @Test
  void everyKeyReachesItsRecord() throws IOException {
    Files.writeString(folder.resolve("secret"), "from a file\n");
    Files.writeString(folder.resolve("ca.pem"), AUTHORITY);
    Files.writeString(folder.resolve("jwks"), JWKS);
    Files.writeString(folder.resolve("key"), "k3y\n");

    OstiaryConfig config = read(EVERYTHING);

    Allow listed =
        new Allow.Only(
            new AllowRule(
                List.of("octocat"),
                List.of("acme"),
                List.of("acme/design"),
                List.of("design"),
                List.of("acme.example"),
                List.of("u2")));
    HttpServer open = HttpServer.at(URI.create("https://mcp.example.org/"));
    assertThat(config)
        .isEqualTo(
            new OstiaryConfig(
                new Issuer("https://mcp.example.com"),
                new Program(
                    new Listen("[::1]", 9000),
                    new Admin(new Listen("127.0.0.1", 9464), List.of("ostiary.svc")),
                    Path.of("/srv/ostiary"),
                    new StoreEntry(
                        new StoreEntry.Postgresql(
                            "jdbc:postgresql://db.example.com/ostiary?sslmode=verify-full",
                            "ostiary",
                            new Secret("from a file"),
                            12,
                            true)),
                    new MasterKeyPlace.OfFile(Path.of("/etc/ostiary/master.key"))),
                Map.of(
                    "github",
                    new GitHubSettings(
                        URI.create("https://acme.ghe.com"),
                        "id-x",
                        new Secret("from a file"),
                        new AllowRule(
                            List.of("octocat", "hubot"),
                            List.of("acme"),
                            List.of("acme/platform"),
                            List.of(),
                            List.of(),
                            List.of())),
                    "local",
                    new LocalSettings(
                        Map.of(
                            "alice",
                            new LocalUser(
                                new Secret(
                                    "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0"
                                        + "$aGFzaGhhc2hoYXNoaGFzaA")))),
                    "acme",
                    new OpenIdSettings(
                        ProviderType.KEYCLOAK,
                        "https://sso.acme.example/realms/staff",
                        "https://sso.acme.example/metadata",
                        "",
                        "ostiary",
                        new Secret("from a file"),
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
                            List.of("u1"))),
                    "office",
                    new OpenIdSettings(
                        ProviderType.ENTRA,
                        "https://login.microsoftonline.com/{tenantid}/v2.0",
                        "https://login.microsoftonline.com/organizations/v2.0"
                            + "/.well-known/openid-configuration",
                        "organizations",
                        "ostiary",
                        new Secret(""),
                        new Secret("{\"kty\":\"EC\",\"d\":\"x\"}"),
                        "Microsoft",
                        List.of(),
                        "groups",
                        AllowRule.ANYBODY)),
                Map.of(
                    "code",
                    new ServerEntry(new ConnectorServer("github"), "/code/mcp")
                        .legacySse(true)
                        .policy(
                            new ServerPolicy(
                                Policy.builder().tool("calculate", RequiredScopes.NOTHING).build(),
                                Listed.USABLE,
                                true)),
                    "other",
                    new ServerEntry(new ConnectorServer("github"), "/elsewhere")
                        .signIn(List.of("github")),
                    "docs",
                    new ServerEntry(docs(), "/docs/mcp", listed).signIn(List.of("github", "acme")),
                    "open",
                    new ServerEntry(open, "/open/mcp", new Allow.Everyone())
                        .title("Open data")
                        .authorizationServer(
                            new ForeignAuthorization(
                                "https://login.example.org/tenant/",
                                "api://open",
                                new Introspection("gate", new Secret("from a file")),
                                URI.create("https://login.example.org/metadata"),
                                "scp",
                                true,
                                Map.of(
                                    "Files.Read",
                                    Scopes.of("files:read"),
                                    "Admin",
                                    Scopes.of("files:read", "files:write")),
                                "realm_access.roles",
                                new Registration(
                                    "shared",
                                    new Secret("from a file"),
                                    Map.of("audience", "api://open", "prompt", "login")))),
                    "elsewhere",
                    new ServerEntry(
                        new ServerTarget.Elsewhere(
                            new Resource("https://elsewhere.example.org/mcp")),
                        "/elsewhere/mcp"),
                    "files",
                    new ServerEntry(files(), "/files/mcp").signIn(List.of("github"))),
                new Tokens(
                    new Lifetimes(
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(10),
                        Duration.ofDays(7),
                        Duration.ofDays(90),
                        Duration.ZERO,
                        Lifetimes.DEFAULTS.consent(),
                        Lifetimes.DEFAULTS.signIn(),
                        Lifetimes.DEFAULTS.session()),
                    SigningAlgorithm.RS256),
                new RegistrationPolicy(
                    true,
                    new Secret("mcp.example.com-token"),
                    Duration.ofHours(12),
                    List.of("acme-editor")),
                Map.of(
                    "my.app",
                    ClientEntry.open("My app", "http://127.0.0.1/cb", "com.example.app:/cb"),
                    "back-office",
                    new ClientEntry(
                        "back-office",
                        List.of("https://office.example.com/cb"),
                        new Secret("from a file"),
                        ClientAuthenticationMethod.CLIENT_SECRET_POST,
                        RegistrationRequest.Keys.NONE,
                        List.of("elsewhere")),
                    "keyed",
                    ClientEntry.withKeys("keyed", JWKS, "https://keyed.example.com/cb"),
                    "keyed-elsewhere",
                    new ClientEntry(
                        "keyed-elsewhere",
                        List.of("https://keyed.example.com/cb"),
                        null,
                        ClientAuthenticationMethod.PRIVATE_KEY_JWT,
                        new RegistrationRequest.Keys(
                            null, "https://keyed.example.com/keys", null))),
                new AssertionPolicy(false, false),
                new MetadataDocuments(
                    false,
                    new DocumentPolicy(
                        List.of(new DomainPattern("claude.ai"), new DomainPattern("*.example.com")),
                        List.of(new DomainPattern("evil.example.com")),
                        Duration.ofHours(6)),
                    16 * 1024,
                    Duration.ofSeconds(7),
                    new FetchProxy("proxy.example.com", 3128)),
                new Consent(true, Duration.ofDays(7)),
                new Limits(
                    new Limit(1, Duration.ofSeconds(1), 1),
                    new Limit(2, Duration.ofMinutes(2), 20),
                    new Limit(3, Duration.ofHours(3), 30),
                    Limit.NONE,
                    new Limit(5, Duration.ofMinutes(5), 50),
                    new Limit(6, Duration.ofMinutes(6), 60)),
                List.of(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("::1")),
                List.of("https://app.example.com"),
                "mailto:ops@example.com",
                null));
    assertThat(config.servers().keySet())
        .containsExactly("code", "other", "docs", "open", "elsewhere", "files");
    assertThat(config.clients().keySet())
        .containsExactly("my.app", "back-office", "keyed", "keyed-elsewhere");
  }

  private static StdioServer files() {
    return new StdioServer(
        List.of("npx", "server-filesystem", "/srv/mcp.example.com"),
        Map.of(
            "TOKEN",
            new Secret("${upstream-token}"),
            "WHO",
            new Secret("mcp.example.com ${user.sub}"),
            "KEY",
            new Secret("k3y")),
        Path.of("/srv"),
        "files",
        9,
        3,
        Duration.ofSeconds(2),
        Duration.ofSeconds(6),
        Duration.ofSeconds(7),
        Duration.ofSeconds(8),
        Duration.ofSeconds(9),
        1024 * 1024,
        Duration.ofHours(2));
  }

  @Test
  void saysWhatIsWrongWithACommand() throws IOException {
    assertThat(problems("files: { command: [a], backend: 'http://127.0.0.1:1/', allow: everyone }"))
        .contains("does not go with command");
    assertThat(problems("files: { command: [a], credential: upstream-token, allow: everyone }"))
        .contains("does not go with command", "Show the program what it needs in env");
    assertThat(problems("files: { command: [a], env: { A: '${user.name}' }, allow: everyone }"))
        .contains("has the unknown placeholder ${user.name}", "${upstream-token}, ${user.sub}");
    assertThat(problems("files: { command: [a], env: { A: '${NOT_SET}' }, allow: everyone }"))
        .contains("needs the variable NOT_SET");
    assertThat(problems("files: { command: [], allow: everyone }"))
        .contains("begin with a program");
    assertThat(problems("files: { command: [a], directory: b, allow: everyone }"))
        .contains("must be the whole path");
    assertThat(problems("files: { command: [a] }")).contains("everybody who can sign in");
    assertThat(problems("files: { backend: 'http://127.0.0.1:1/', run-as: x, allow: everyone }"))
        .contains("is for a command");
  }

  private String problems(String server) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("ostiary.yaml"),
            "url: https://mcp.example.com\nservers:\n  " + server + "\n");
    return switch (ConfigSource.file(file, VARIABLES).read()) {
      case Result.Ok<OstiaryConfig, String> _ -> "";
      case Result.Refused<OstiaryConfig, String>(String report) -> report;
    };
  }

  /** Without any of them the outcome is another; only registration is on anyway. */
  @Test
  void everyKeyThatThereIsIsAmongThem() throws IOException {
    Node.Table all = YamlText.read(EVERYTHING, new ArrayList<>());

    assertThat(ConfigKeys.ROOT.entries("", null).map(Entry::path))
        .filteredOn(path -> !path.equals("registration.enabled") && !path.startsWith(FOREIGN))
        .allSatisfy(path -> assertThat(outcome(without(all, path))).isNotEqualTo(outcome(all)));
  }

  private static final String FOREIGN = "authorization-server.";

  /** Those of the authorization server at the top, which every server with a backend takes. */
  private static final String GATEWAY =
      """
      authorization-server:
        issuer: https://login.example.com
        audience: api://mcp
        introspection: { client-id: gateway, client-secret: "file:secret" }
        metadata-url: https://login.example.com/metadata
        scopes-claim: permissions
        typeless: true
        scopes: { "Files.Write": "files:write" }
        roles-claim: roles
        registration:
          client-id: shared
          client-secret: "file:secret"
          parameters: { audience: "api://mcp" }
      servers: { docs: { backend: "http://127.0.0.1:9000/mcp", allow: everyone } }
      """;

  @Test
  void everyKeyOfAForeignAuthorizationServerReachesItsRecord() throws IOException {
    Files.writeString(folder.resolve("secret"), "from a file\n");
    Node.Table all = YamlText.read(GATEWAY, new ArrayList<>());

    assertThat(read(GATEWAY).authorizationServer())
        .isEqualTo(
            new ForeignAuthorization(
                "https://login.example.com",
                "api://mcp",
                new Introspection("gateway", new Secret("from a file")),
                URI.create("https://login.example.com/metadata"),
                "permissions",
                true,
                Map.of("Files.Write", Scopes.of("files:write")),
                "roles",
                new Registration(
                    "shared", new Secret("from a file"), Map.of("audience", "api://mcp"))));
    assertThat(ConfigKeys.ROOT.entries("", null).map(Entry::path))
        .filteredOn(path -> path.startsWith(FOREIGN))
        .isNotEmpty()
        .allSatisfy(path -> assertThat(outcome(without(all, path))).isNotEqualTo(outcome(all)));
  }

  private static Node.Table without(Node.Table table, String path) {
    String[] parts = path.split("\\.", 2);
    Map<String, Node> values = new LinkedHashMap<>(table.values());
    if (parts.length == 1) {
      values.remove(path);
    } else {
      values.replaceAll(
          (name, node) ->
              (parts[0].equals("*") || parts[0].equals(name)) && node instanceof Node.Table inner
                  ? without(inner, parts[1])
                  : node);
    }
    return new Node.Table(values, table.line());
  }

  private static Object outcome(Node.Table table) {
    Environment environment =
        new Environment(
            VARIABLES,
            name ->
                Result.ok(
                    switch (name) {
                      case "ca.pem" -> AUTHORITY;
                      case "jwks" -> JWKS;
                      default -> name;
                    }),
            (_, _) -> table);
    Reading reading = new Reading("", environment);
    OstiaryConfig config = reading.read(ConfigKeys.ROOT);
    return reading.problems().isEmpty() ? config : reading.problems();
  }

  private static List<X509Certificate> authorities() {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(AUTHORITY.getBytes(UTF_8)))
          .stream()
          .map(X509Certificate.class::cast)
          .toList();
    } catch (CertificateException malformed) {
      throw new AssertionError(malformed);
    }
  }

  private static HttpServer docs() {
    return new HttpServer(
        URI.create("http://127.0.0.1:9000/mcp"),
        HttpServer.Transport.SSE,
        new Credential.ApiKey(new Secret("k3y"), "Authorization", "Key"),
        authorities(),
        512 * 1024,
        Duration.ofHours(1),
        new HttpServer.Timeouts(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(3),
            Duration.ofSeconds(4)),
        new HttpServer.ConcurrencyLimits(4, 5, 6),
        new HttpServer.CircuitBreakerSettings(7, Duration.ofSeconds(8)));
  }

  @Test
  void withoutAnAuthorizationServerOfItsOwnOstiaryNeedsNoSignIn() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("gateway.yaml"),
            """
            authorization-server: { issuer: "https://login.example/tenant/" }
            servers: { docs: { backend: "http://127.0.0.1:9000/mcp" } }
            """);

    Result<OstiaryConfig, String> read = ConfigSource.file(file, Map.of()).read();

    assertThat(read).isInstanceOf(Result.Ok.class);
    OstiaryConfig config = ((Result.Ok<OstiaryConfig, String>) read).value();
    assertThat(config.signIn()).isEmpty();
    assertThat(config.issuesTokens()).isFalse();
    assertThat(config.authorizationServer())
        .isEqualTo(ForeignAuthorization.at("https://login.example/tenant/"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "servers: { docs: { backend: 'http://127.0.0.1:9000/mcp' } }",
        "authorization-server: { issuer: 'https://login.example' }",
        "authorization-server: { issuer: 'https://login.example' }\n"
            + "servers: { docs: { resource: 'https://docs.example/mcp' } }",
        "authorization-server: { issuer: 'https://login.example' }\n"
            + "servers: { docs: { connector: github } }"
      })
  void asAnAuthorizationServerOstiaryNeedsASignIn(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("issuer.yaml"), yaml);

    assertThat(ConfigSource.file(file, Map.of()).read())
        .isInstanceOfSatisfying(
            Result.Refused.class,
            refused -> assertThat(refused.reason().toString()).contains("sign-in.github"));
  }

  @Test
  void aBackendHasDefaultsToo() throws IOException {
    OstiaryConfig config = read("servers: { docs: { backend: 'http://127.0.0.1:9000/mcp' } }");

    assertThat(config.servers())
        .isEqualTo(
            Map.of(
                "docs",
                new ServerEntry(
                    new HttpServer(
                        URI.create("http://127.0.0.1:9000/mcp"),
                        HttpServer.Transport.STREAMABLE_HTTP,
                        new Credential.None(),
                        List.of(),
                        4 * 1024 * 1024,
                        Duration.ofDays(1),
                        new HttpServer.Timeouts(
                            Duration.ofSeconds(5),
                            Duration.ofMinutes(5),
                            Duration.ofHours(1),
                            Duration.ofSeconds(25),
                            Duration.ofSeconds(30)),
                        new HttpServer.ConcurrencyLimits(256, 512, 16_384),
                        new HttpServer.CircuitBreakerSettings(5, Duration.ofSeconds(10))),
                    "/docs/mcp",
                    new Allow.Unsaid())));
  }

  @Test
  void aBackendIsShownWhatIsWritten() throws IOException {
    assertThat(credential("none")).isEqualTo(new Credential.None());
    assertThat(credential("identity-headers")).isEqualTo(new Credential.IdentityHeaders());
    assertThat(credential("signed-identity")).isEqualTo(new Credential.SignedIdentity());
    assertThat(credential("upstream-token")).isEqualTo(new Credential.UpstreamToken());
    assertThat(credential("api-key, api-key: { value: k3y }"))
        .isEqualTo(new Credential.ApiKey(new Secret("k3y"), "X-API-Key", null));
  }

  @Test
  void aBackendGetsNoTokensThatUsersDoNotHave() throws IOException {
    assertThat(
            report(
                "servers: { a: { backend: 'http://127.0.0.1/mcp', credential: upstream-id-token }"
                    + " }"))
        .contains("servers.a.credential", "needs tokens that users of github do not have");
  }

  @Test
  void aListIsForTheUsersOfOneEntry() throws IOException {
    String local =
        """
        sign-in:
          github: {}
          local: { users: { alice: { password-hash: "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaA" } } }
        """;
    String server = "servers: { a: { backend: 'http://127.0.0.1/mcp', allow: { %s }%s } }";
    assertThat(report(local + server.formatted("users: [alice]", "")))
        .contains("servers.a.allow.users", "could mean users of github or of local");
    assertThat(report(local + server.formatted("users: [bob]", ", sign-in: [local]")))
        .contains("servers.a.allow.users", "is no user of sign-in.local");
    assertThat(report(local + server.formatted("groups: [x]", "")))
        .contains("servers.a.allow.groups", "is a list that no sign-in of this server knows");
    assertThat(report(local + server.formatted("users: [alice]", ", sign-in: [acme]")))
        .contains("servers.a.sign-in", "is no entry of sign-in");
    assertThat(
            report(
                local
                    + "servers: { a: { backend: 'http://127.0.0.1/mcp', credential: upstream-token,"
                    + " allow: { users: [alice] }, sign-in: [local] } }"))
        .contains("servers.a.credential", "needs tokens that users of local do not have");
    assertThat(report("sign-in: { corporate: {} }"))
        .contains("sign-in.corporate", "is not a kind of sign-in", "github, local");
  }

  private String report(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("ostiary.yaml"), yaml);
    return switch (ConfigSource.file(file, VARIABLES).read()) {
      case Result.Ok<OstiaryConfig, String>(OstiaryConfig config) ->
          throw new AssertionError(config);
      case Result.Refused<OstiaryConfig, String>(String report) -> report;
    };
  }

  /** The one line that makes GitHub's own server usable, where others need {@code allow}. */
  @Test
  void aBackendThatGetsThePersonsOwnTokenNeedsNoList() throws IOException {
    OstiaryConfig config =
        read(
            """
            url: https://mcp.example.com
            servers:
              copilot: { backend: "https://api.githubcopilot.com/mcp/", credential: upstream-token, policy: github }
            """);

    assertThat(config.servers().get("copilot"))
        .isEqualTo(
            new ServerEntry(
                    HttpServer.at(URI.create("https://api.githubcopilot.com/mcp/"))
                        .credential(new Credential.UpstreamToken()),
                    "/copilot/mcp")
                .policy(
                    new ServerPolicy(
                        new GitHub().policy().orElseThrow(), Listed.REACHABLE, false)));
  }

  private Credential credential(String written) throws IOException {
    OstiaryConfig config =
        read("servers: { docs: { backend: 'http://127.0.0.1/mcp', credential: " + written + " } }");
    return ((HttpServer) Objects.requireNonNull(config.servers().get("docs")).behind())
        .credential();
  }

  @Test
  void registrationCanBeSwitchedOff() throws IOException {
    assertThat(read("registration: { enabled: false }").registration())
        .isEqualTo(RegistrationPolicy.OFF);
  }

  @Test
  void aClientWithASecretUsesTheHeaderUnlessItSaysOtherwise() throws IOException {
    assertThat(
            read("clients: { a: { redirect-uris: ['https://a.example/'], secret: s } }").clients())
        .containsEntry("a", ClientEntry.confidential("a", new Secret("s"), "https://a.example/"));
  }

  @Test
  void aLoopbackUrlIsAlsoWhereItListens() throws IOException {
    assertThat(read("url: http://localhost:9000").program().listen())
        .isEqualTo(new Listen("localhost", 9000));
    assertThat(read("url: http://[::1]").program().listen()).isEqualTo(new Listen("[::1]", 80));
    assertThat(read("url: http://localhost:9000\nlisten: 0.0.0.0:80").program().listen())
        .isEqualTo(new Listen("0.0.0.0", 80));
  }

  @Test
  void anyOtherUrlBelongsToAProxyInFront() throws IOException {
    assertThat(read("url: https://mcp.example.com").program().listen())
        .isEqualTo(new Listen("127.0.0.1", 8080));
  }

  @Test
  void theFileWinsOverTheVariables() throws IOException {
    OstiaryConfig config = read("sign-in: { github: { client-id: mine, client-secret: own } }");

    assertThat(config.signIn().get("github"))
        .isEqualTo(
            new GitHubSettings(
                GitHubSettings.GITHUB, "mine", new Secret("own"), AllowRule.ANYBODY));
  }

  @Test
  void aSignInIsNamedByItsKind() throws IOException {
    assertThat(read("sign-in: { github: {} }").signIn()).isEqualTo(Map.of("github", GITHUB));
  }

  private OstiaryConfig read(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("ostiary.yaml"), yaml);
    return switch (ConfigSource.file(file, VARIABLES).read()) {
      case Result.Ok<OstiaryConfig, String>(OstiaryConfig config) -> config;
      case Result.Refused<OstiaryConfig, String>(String report) -> throw new AssertionError(report);
    };
  }
}
