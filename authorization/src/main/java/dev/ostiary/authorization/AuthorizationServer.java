package dev.ostiary.authorization;

import dev.ostiary.authorization.client.ClientAuthenticator;
import dev.ostiary.authorization.client.Clients;
import dev.ostiary.authorization.client.ErrorReply;
import dev.ostiary.authorization.client.assertion.ClientAssertions;
import dev.ostiary.authorization.client.document.ClientDocuments;
import dev.ostiary.authorization.client.document.DocumentPolicy;
import dev.ostiary.authorization.client.registration.ClientSecrets;
import dev.ostiary.authorization.client.registration.DocumentRegistration;
import dev.ostiary.authorization.client.registration.Registration;
import dev.ostiary.authorization.grant.ClientRemoval;
import dev.ostiary.authorization.grant.ClockSkew;
import dev.ostiary.authorization.grant.Grants;
import dev.ostiary.authorization.grant.Housekeeping;
import dev.ostiary.authorization.grant.RevocationListener;
import dev.ostiary.authorization.grant.RevocationWatch;
import dev.ostiary.authorization.grant.RevokedTokens;
import dev.ostiary.authorization.key.AccessTokens;
import dev.ostiary.authorization.key.DataKeys;
import dev.ostiary.authorization.key.KeyCare;
import dev.ostiary.authorization.key.KeyRotation;
import dev.ostiary.authorization.key.Sealer;
import dev.ostiary.authorization.key.SecretSource;
import dev.ostiary.authorization.key.SignedIdentities;
import dev.ostiary.authorization.key.SigningKeys;
import dev.ostiary.authorization.key.VerifiedAccessToken;
import dev.ostiary.authorization.limit.RateLimits;
import dev.ostiary.authorization.metadata.Capabilities;
import dev.ostiary.authorization.metadata.MetadataEndpoints;
import dev.ostiary.authorization.model.ResourceAliases;
import dev.ostiary.authorization.operate.Operator;
import dev.ostiary.authorization.page.Pages;
import dev.ostiary.authorization.page.StoreOutageReply;
import dev.ostiary.authorization.register.RegisterDependencies;
import dev.ostiary.authorization.register.RegisterEndpoints;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.authorization.store.UpstreamTokenId;
import dev.ostiary.authorization.token.ExchangeDependencies;
import dev.ostiary.authorization.token.TokenDependencies;
import dev.ostiary.authorization.token.TokenEndpoints;
import dev.ostiary.authorization.upstream.StoredUpstreamTokens;
import dev.ostiary.authorization.upstream.Upstream;
import dev.ostiary.authorization.upstream.UpstreamCredentials;
import dev.ostiary.authorization.upstream.UpstreamTokens;
import dev.ostiary.authorization.upstream.Upstreams;
import dev.ostiary.http.Endpoint;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.token.AccessTokenRefusal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The authorization server (RFC 6749 §1.1): wires the endpoints of its packages. */
public final class AuthorizationServer implements AutoCloseable {
  /** The request in whose course a grant ends that its upstream gave up. */
  private static final String NO_REQUEST = "-";

  private final AuthorizationSettings settings;
  private final Dependencies with;
  private final DataKeys dataKeys;
  private final Sealer sealer;
  private final SecretSource secrets = new SecretSource();
  private final ResourceAliases aliases;
  private final Upstreams upstreams;
  private final UpstreamTokens upstreamTokens;
  private final RateLimits limits;
  private final SigningKeys keys;
  private final AccessTokens accessTokens;
  private final Grants grants;
  private final RevokedTokens revokedTokens;
  private final StoredUpstreamTokens credentials;
  private final RevocationWatch watch;
  private final ClockSkew skew;
  private final Housekeeping housekeeping;
  private final List<Endpoint> endpoints;

  private AuthorizationServer(
      AuthorizationSettings settings,
      List<Upstream> upstreams,
      Dependencies with,
      RevocationListener listener) {
    Store store = with.store();
    InstantSource time = with.time();
    this.settings = settings;
    this.with = with;
    this.dataKeys = DataKeys.open(store, with.masterKey(), time);
    this.sealer = dataKeys.sealer();
    this.aliases = new ResourceAliases(settings.issuer(), settings.servers());
    this.upstreams = Upstreams.of(settings.issuer(), upstreams);
    this.upstreamTokens =
        UpstreamTokens.of(store.upstreamTokens(), this.upstreams, sealer, with.background());
    this.limits = RateLimits.of(settings.limits(), time);
    this.keys = SigningKeys.open(store.keys(), sealer, settings.signing(), time.instant());
    this.accessTokens =
        AccessTokens.of(
            settings.issuer(), keys, store.grants(), settings.lifetimes().accessToken(), secrets);
    Consumer<UpstreamTokenId> unneeded = token -> upstreamTokens.release(token, time.instant());
    this.grants =
        Grants.of(
            store.grants(),
            store.approvals(),
            with.audit(),
            List.of(listener),
            unneeded,
            with.background());
    this.credentials =
        StoredUpstreamTokens.of(
            store.grants(),
            upstreamTokens,
            (grant, reason, now) -> grants.end(grant, reason, NO_REQUEST, now),
            time);
    this.revokedTokens = RevokedTokens.of(store.revocations(), with.audit(), List.of(listener));
    this.watch = RevocationWatch.of(store, List.of(listener), time);
    this.skew = ClockSkew.of(store.sharing(), time);
    this.housekeeping =
        Housekeeping.of(
            store,
            unneeded,
            KeyCare.of(keys, dataKeys, upstreamTokens::reseal, settings.lifetimes().signIn())
                ::round,
            settings.clients().registration().unusedClientLifetime(),
            time);
    this.endpoints = wire();
  }

  /**
   * Opens an authorization server: reads its keys, or makes the first ones. Blocks.
   *
   * @param listener is told of every grant that ends and every access token that is revoked, on
   *     whichever node
   * @throws dev.ostiary.authorization.key.WrongMasterKey if the store was sealed with another
   *     master key; nothing has been written then
   */
  public static AuthorizationServer open(
      AuthorizationSettings settings,
      List<Upstream> upstreams,
      Dependencies with,
      RevocationListener listener) {
    var server = new AuthorizationServer(settings, upstreams, with, listener);
    server.watch.start(with.scheduler());
    server.skew.start(with.scheduler());
    server.housekeeping.start(with.scheduler());
    return server;
  }

  /** Everything it answers to. */
  public List<Endpoint> endpoints() {
    return endpoints;
  }

  /** The public keys alone, for backends that check signed identities. */
  public Endpoint keyEndpoint() {
    return MetadataEndpoints.keys(settings.issuer(), keys, with.time());
  }

  private List<Endpoint> wire() {
    ClientAssertions assertions = assertions();
    Clients clients =
        Clients.of(
            settings.clients().configured(),
            with.store().clients(),
            documents(assertions.isOn()),
            settings.clients().schemes());
    ClientAuthenticator authenticator =
        ClientAuthenticator.of(clients, limits.secrets(), assertions);
    TokenEndpoints token = token(authenticator);
    Pages pages = Pages.of(settings.issuer(), settings.pages());
    List<Endpoint> wired = new ArrayList<>(metadata(token, authenticator));
    wired.addAll(limits.registration(register(authenticator), ErrorReply::of));
    wired.addAll(
        new SignInPages(settings, with, pages, clients, upstreams, upstreamTokens, sealer)
            .endpoints(aliases, limits));
    wired.addAll(token.endpoints());
    return wired.stream().map(endpoint -> StoreOutageReply.of(pages, endpoint)).toList();
  }

  /** Checks everything about an access token but its audience. Blocks. */
  public Result<VerifiedAccessToken, AccessTokenRefusal> verify(String accessToken) {
    return accessTokens.verify(accessToken, with.time().instant());
  }

  /** What the operator may do with its clients, grants and keys. */
  public Operator operator() {
    return Operator.of(
        settings.clients().configured(),
        with.store(),
        grants,
        KeyRotation.of(keys, dataKeys, settings.lifetimes().accessToken()),
        secrets,
        with.audit(),
        with.time());
  }

  /** The upstream tokens behind grants, for connectors. */
  public UpstreamCredentials credentials() {
    return credentials;
  }

  /** Signs for backends who calls. */
  public SignedIdentities identities() {
    return SignedIdentities.of(settings.issuer(), keys, secrets);
  }

  /**
   * Whether what is kept of grants here can be trusted: the revocation feed has been read lately.
   */
  public boolean isFresh() {
    return watch.isFresh();
  }

  /** What is wrong with the clock of this node, if it is not that of the other nodes. */
  public Optional<String> clockSkew() {
    return skew.doubt();
  }

  /** Why nothing that is old is deleted now, if nothing is: the clock cannot be right. */
  public Optional<String> clockDoubt() {
    return housekeeping.doubt();
  }

  @Override
  public void close() {
    housekeeping.close();
    skew.close();
    watch.close();
  }

  private ClientAssertions assertions() {
    return ClientAssertions.of(
        settings.issuer(),
        settings.clients().assertions(),
        with.store().assertions(),
        with.keyFetch(),
        with.time());
  }

  private @Nullable ClientDocuments documents(boolean keys) {
    DocumentPolicy policy = settings.clients().documents();
    return policy == null
        ? null
        : ClientDocuments.of(
            policy,
            with.documents(),
            new DocumentRegistration(keys, settings.clients().schemes()),
            with.store().clients(),
            with.audit(),
            with.background(),
            with.time());
  }

  private List<Endpoint> metadata(TokenEndpoints token, ClientAuthenticator clients) {
    Capabilities offer =
        new Capabilities(
            token.grantTypes(),
            clients.methods(),
            clients.confidentialMethods(),
            settings.clients().registration().enabled(),
            settings.clients().documents() != null,
            settings.serviceDocumentation(),
            ClientAssertions.algorithms());
    return MetadataEndpoints.of(settings.issuer(), offer, settings.servers(), keys, with.time());
  }

  private List<Endpoint> register(ClientAuthenticator clients) {
    return RegisterEndpoints.of(
        settings.issuer(),
        new RegisterDependencies(
            settings.clients().registration(),
            new Registration(clients.methods(), settings.clients().schemes()),
            with.store().clients(),
            ClientRemoval.of(with.store().clients(), grants, with.audit()),
            new ClientSecrets(secrets),
            with.audit(),
            with.time()));
  }

  private TokenEndpoints token(ClientAuthenticator clients) {
    return TokenEndpoints.of(
        settings.issuer(),
        new TokenDependencies(
            clients,
            with.store().grants(),
            grants,
            revokedTokens,
            accessTokens,
            settings.clients().introspectors(),
            with.audit(),
            with.time()),
        new ExchangeDependencies(
            aliases,
            limits.token(),
            credentials,
            credentials,
            settings.lifetimes(),
            with.masterKey().derive("refresh-token-successor"),
            secrets));
  }
}
