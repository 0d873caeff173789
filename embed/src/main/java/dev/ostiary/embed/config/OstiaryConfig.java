package dev.ostiary.embed.config;

import dev.ostiary.authorization.client.assertion.AssertionPolicy;
import dev.ostiary.authorization.model.Lifetimes;
import dev.ostiary.authorization.model.Limits;
import dev.ostiary.connector.github.GitHubSettings;
import dev.ostiary.http.AddressRange;
import dev.ostiary.protocol.Issuer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Everything that can be configured.
 *
 * @param url public origin, and the issuer byte for byte
 * @param listen where the program listens
 * @param admin what is for operators alone
 * @param data the directory of everything that is kept
 * @param servers by name, in the order they were written
 * @param registration whether clients may register themselves
 * @param clients that are registered beforehand, by their ids
 * @param clientAssertions whether and how clients may prove themselves with a key
 * @param metadataDocuments whether clients may be named by URLs
 * @param consent how people are asked
 * @param limits how often strangers may come
 * @param trustedProxies where proxies are whose word counts for the address of a client
 * @param allowedOrigins of web pages whose scripts may call the MCP servers, beside our own
 */
public record OstiaryConfig(
    Issuer url,
    Listen listen,
    Admin admin,
    Path data,
    SignInSettings signIn,
    Map<String, ServerEntry> servers,
    Tokens tokens,
    Registration registration,
    Map<String, ClientEntry> clients,
    AssertionPolicy clientAssertions,
    MetadataDocuments metadataDocuments,
    Consent consent,
    Limits limits,
    List<AddressRange> trustedProxies,
    List<String> allowedOrigins) {
  /** Where everything is kept unless the configuration says otherwise. */
  public static final Path DEFAULT_DATA = Path.of("ostiary-data");

  public OstiaryConfig {
    servers = Collections.unmodifiableMap(new LinkedHashMap<>(servers));
    clients = Collections.unmodifiableMap(new LinkedHashMap<>(clients));
    trustedProxies = List.copyOf(trustedProxies);
    allowedOrigins = List.copyOf(allowedOrigins);
  }

  /** The whole configuration of a first start on one's own machine. */
  public static OstiaryConfig defaults(GitHubSettings github) {
    return at(new Issuer("http://127.0.0.1:8080"), github);
  }

  /** The defaults under this URL. */
  public static OstiaryConfig at(Issuer url, GitHubSettings github) {
    return new OstiaryConfig(
        url,
        Listen.at(url),
        Admin.OFF,
        DEFAULT_DATA,
        new SignInSettings(github),
        Map.of("github", new ServerEntry(Connector.GITHUB, "/mcp")),
        Tokens.DEFAULTS,
        Registration.ENABLED,
        Map.of(),
        AssertionPolicy.DEFAULTS,
        MetadataDocuments.DEFAULTS,
        Consent.DEFAULTS,
        Limits.DEFAULTS,
        List.of(),
        List.of());
  }

  /** These and, for what is not configured, the defaults. */
  public Lifetimes lifetimes() {
    return new Lifetimes(
        tokens.codeLifetime(),
        tokens.accessTokenLifetime(),
        tokens.refreshTokenLifetime(),
        tokens.grantLifetime(),
        tokens.refreshTokenGrace(),
        Lifetimes.DEFAULTS.consent(),
        Lifetimes.DEFAULTS.signIn(),
        Lifetimes.DEFAULTS.session(),
        registration.unusedClientLifetime());
  }

  public OstiaryConfig listen(Listen other) {
    return with(draft -> draft.listen = other);
  }

  public OstiaryConfig admin(Admin other) {
    return with(draft -> draft.admin = other);
  }

  public OstiaryConfig data(Path other) {
    return with(draft -> draft.data = other);
  }

  public OstiaryConfig servers(Map<String, ServerEntry> other) {
    return with(draft -> draft.servers = other);
  }

  public OstiaryConfig tokens(Tokens other) {
    return with(draft -> draft.tokens = other);
  }

  public OstiaryConfig registration(Registration other) {
    return with(draft -> draft.registration = other);
  }

  public OstiaryConfig clients(Map<String, ClientEntry> other) {
    return with(draft -> draft.clients = other);
  }

  public OstiaryConfig clientAssertions(AssertionPolicy other) {
    return with(draft -> draft.clientAssertions = other);
  }

  public OstiaryConfig metadataDocuments(MetadataDocuments other) {
    return with(draft -> draft.metadataDocuments = other);
  }

  public OstiaryConfig consent(Consent other) {
    return with(draft -> draft.consent = other);
  }

  public OstiaryConfig limits(Limits other) {
    return with(draft -> draft.limits = other);
  }

  public OstiaryConfig trustedProxies(List<AddressRange> other) {
    return with(draft -> draft.trustedProxies = other);
  }

  public OstiaryConfig allowedOrigins(List<String> other) {
    return with(draft -> draft.allowedOrigins = other);
  }

  private OstiaryConfig with(Consumer<ConfigDraft> change) {
    ConfigDraft draft = new ConfigDraft(this);
    change.accept(draft);
    return draft.done();
  }
}
