package dev.ostiary.embed.config;

import dev.ostiary.authorization.client.assertion.AssertionPolicy;
import dev.ostiary.authorization.client.registration.RegistrationPolicy;
import dev.ostiary.authorization.model.Limits;
import dev.ostiary.connector.AllowRule;
import dev.ostiary.connector.ConnectorSettings;
import dev.ostiary.connector.ConnectorType;
import dev.ostiary.embed.config.foreign.ForeignAuthorization;
import dev.ostiary.embed.config.store.StoreEntry;
import dev.ostiary.http.AddressRange;
import dev.ostiary.protocol.Issuer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be configured.
 *
 * @param url public origin, and the issuer byte for byte
 * @param program what is for the program that serves it
 * @param signIn where users sign in, by name, in the order they were written; at least one
 * @param servers by name, in the order they were written
 * @param tokens what is issued
 * @param registration whether clients may register themselves
 * @param clients that are registered beforehand, by their ids
 * @param clientAssertions whether and how clients may prove themselves with a key
 * @param metadataDocuments whether clients may be named by URLs
 * @param consent how people are asked
 * @param limits how often what may happen
 * @param trustedProxies where proxies are whose word counts for the address of a client
 * @param allowedOrigins of web pages whose scripts may call the MCP servers, beside our own
 * @param contact how people reach the operator: an e-mail address or a URL; empty for none
 * @param authorizationServer whose access tokens servers with a backend take, unless they name
 *     another; null for Ostiary itself
 */
public record OstiaryConfig(
    Issuer url,
    Program program,
    Map<String, ConnectorSettings> signIn,
    Map<String, ServerEntry> servers,
    Tokens tokens,
    RegistrationPolicy registration,
    Map<String, ClientEntry> clients,
    AssertionPolicy clientAssertions,
    MetadataDocuments metadataDocuments,
    Consent consent,
    Limits limits,
    List<AddressRange> trustedProxies,
    List<String> allowedOrigins,
    String contact,
    @Nullable ForeignAuthorization authorizationServer) {
  /** Where Ostiary is unless the configuration says otherwise. */
  static final Issuer USUAL_URL = new Issuer("http://127.0.0.1:8080");

  public OstiaryConfig {
    signIn = Collections.unmodifiableMap(new LinkedHashMap<>(signIn));
    servers = Collections.unmodifiableMap(new LinkedHashMap<>(servers));
    clients = Collections.unmodifiableMap(new LinkedHashMap<>(clients));
    trustedProxies = List.copyOf(trustedProxies);
    allowedOrigins = List.copyOf(allowedOrigins);
  }

  /** The whole configuration of a first start on one's own machine. */
  public static OstiaryConfig defaults(ConnectorSettings signIn) {
    return at(USUAL_URL, signIn);
  }

  /** The defaults under this URL, and the tools of the connector if it has any. */
  public static OstiaryConfig at(Issuer url, ConnectorSettings signIn) {
    return at(url, Map.of(signIn.type().name(), signIn));
  }

  /** The defaults under this URL without sign-in: all access tokens come from elsewhere. */
  public static OstiaryConfig gateway(Issuer url, ForeignAuthorization authorizationServer) {
    return at(url, Map.of()).authorizationServer(authorizationServer);
  }

  /**
   * The defaults under this URL, and the tools of the connector if it has any.
   *
   * @param name of the entry of {@code sign-in}
   */
  public static OstiaryConfig at(Issuer url, String name, ConnectorSettings signIn) {
    return at(url, Map.of(name, signIn));
  }

  static OstiaryConfig at(Issuer url, Map<String, ConnectorSettings> signIn) {
    Map<String, ServerEntry> servers =
        signIn.values().stream()
            .map(ConnectorSettings::type)
            .filter(ConnectorType::hasTools)
            .limit(1)
            .collect(
                Collectors.toMap(
                    ConnectorType::name,
                    type -> new ServerEntry(new ConnectorServer(type.name()), "/mcp")));
    return new OstiaryConfig(
        url,
        new Program(Listen.at(url), Admin.OFF, Program.USUAL_DATA, StoreEntry.FILE, null),
        signIn,
        servers,
        Tokens.DEFAULTS,
        RegistrationPolicy.OPEN,
        Map.of(),
        AssertionPolicy.DEFAULTS,
        MetadataDocuments.DEFAULTS,
        Consent.DEFAULTS,
        Limits.DEFAULTS,
        List.of(),
        List.of(),
        "",
        null);
  }

  /** The foreign authorization server whose access tokens a server takes, if it is not Ostiary. */
  public Optional<ForeignAuthorization> foreign(ServerEntry server) {
    return server.behind() instanceof HttpServer
        ? Optional.ofNullable(server.authorizationServer())
            .or(() -> Optional.ofNullable(authorizationServer))
        : Optional.empty();
  }

  /** Whether a server takes access tokens of a foreign authorization server. */
  public boolean isForeign(ServerEntry server) {
    return foreign(server).isPresent();
  }

  /** Whether a server takes access tokens that Ostiary makes itself, for users who sign in here. */
  public boolean issuesTokens() {
    return servers.isEmpty() || !servers.values().stream().allMatch(this::isForeign);
  }

  /**
   * Whether clients get the access tokens for a server here, though a foreign authorization server
   * makes them.
   */
  public boolean handsOutForeignTokens(ServerEntry server) {
    return foreign(server).filter(foreign -> foreign.registration() != null).isPresent();
  }

  /** Whether Ostiary is an authorization server at all: clients come here for access tokens. */
  public boolean isAuthorizationServer() {
    return issuesTokens() || servers.values().stream().anyMatch(this::handsOutForeignTokens);
  }

  /** The entries of {@code sign-in} whose users a server takes. */
  public Map<String, ConnectorSettings> signIn(ServerEntry server) {
    Map<String, ConnectorSettings> taken = new LinkedHashMap<>();
    signIn.forEach(
        (name, settings) -> {
          boolean fits =
              !(server.behind() instanceof ConnectorServer(String type))
                  || settings.type().name().equals(type);
          if (fits && (server.signIn().isEmpty() || server.signIn().contains(name))) {
            taken.put(name, settings);
          }
        });
    return taken;
  }

  /** The lists of those who may use single servers, of the servers that take these users. */
  public List<AllowRule> lists(String signInName) {
    return servers.values().stream()
        .filter(server -> !isForeign(server) && signIn(server).containsKey(signInName))
        .<AllowRule>mapMulti(
            (server, to) -> {
              if (server.allow() instanceof Allow.Only(AllowRule list)) {
                to.accept(list);
              }
            })
        .toList();
  }

  public OstiaryConfig program(Program other) {
    return with("program", other);
  }

  public OstiaryConfig servers(Map<String, ServerEntry> other) {
    return with("servers", other);
  }

  public OstiaryConfig tokens(Tokens other) {
    return with("tokens", other);
  }

  public OstiaryConfig registration(RegistrationPolicy other) {
    return with("registration", other);
  }

  public OstiaryConfig clients(Map<String, ClientEntry> other) {
    return with("clients", other);
  }

  public OstiaryConfig clientAssertions(AssertionPolicy other) {
    return with("clientAssertions", other);
  }

  public OstiaryConfig metadataDocuments(MetadataDocuments other) {
    return with("metadataDocuments", other);
  }

  public OstiaryConfig consent(Consent other) {
    return with("consent", other);
  }

  public OstiaryConfig limits(Limits other) {
    return with("limits", other);
  }

  public OstiaryConfig trustedProxies(List<AddressRange> other) {
    return with("trustedProxies", other);
  }

  public OstiaryConfig allowedOrigins(List<String> other) {
    return with("allowedOrigins", other);
  }

  public OstiaryConfig contact(String other) {
    return with("contact", other);
  }

  public OstiaryConfig authorizationServer(ForeignAuthorization other) {
    return with("authorizationServer", other);
  }

  private OstiaryConfig with(String component, Object other) {
    return ConfigKeys.ROOT.with(this, component, other);
  }
}
