package dev.ostiary.authorization;

import dev.ostiary.authorization.audit.RecordingAuditLog;
import dev.ostiary.authorization.audit.SteppedTime;
import dev.ostiary.authorization.client.ClientAuthenticator;
import dev.ostiary.authorization.client.Clients;
import dev.ostiary.authorization.grant.Grants;
import dev.ostiary.authorization.grant.RecordingListener;
import dev.ostiary.authorization.grant.RevokedTokens;
import dev.ostiary.authorization.hash.SecretHash;
import dev.ostiary.authorization.key.AccessTokens;
import dev.ostiary.authorization.key.MasterKey;
import dev.ostiary.authorization.key.SampleGrant;
import dev.ostiary.authorization.key.SecretSource;
import dev.ostiary.authorization.key.SigningAlgorithm;
import dev.ostiary.authorization.key.SigningKeys;
import dev.ostiary.authorization.key.VerifiedAccessToken;
import dev.ostiary.authorization.limit.RateLimits;
import dev.ostiary.authorization.model.Lifetimes;
import dev.ostiary.authorization.model.Limits;
import dev.ostiary.authorization.model.ResourceAliases;
import dev.ostiary.authorization.page.Pages;
import dev.ostiary.authorization.page.StoreOutageReply;
import dev.ostiary.authorization.store.ClientKind;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.authorization.store.UpstreamTokenId;
import dev.ostiary.authorization.store.memory.MemoryStore;
import dev.ostiary.authorization.token.ExchangeDependencies;
import dev.ostiary.authorization.token.Introspectors;
import dev.ostiary.authorization.token.TokenDependencies;
import dev.ostiary.authorization.token.TokenEndpoints;
import dev.ostiary.authorization.upstream.UpstreamCredentials;
import dev.ostiary.http.Body;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.registration.ClientMetadata;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The endpoints that issue, revoke and introspect tokens, wired as the real ones. The clients
 * {@code oc_1} and {@code oc_2} are public, {@code oc_a} and {@code oc_b} have {@link #SECRET}.
 */
public final class FakeTokens {
  public static final String SECRET = "ocs_secret";

  /** What a client has after a sign-in. */
  public record Pair(String access, String refresh) {}

  public final MemoryStore store = new MemoryStore();
  public final RecordingAuditLog audit = new RecordingAuditLog();
  public final SteppedTime time = new SteppedTime();
  public final RecordingListener told = new RecordingListener();
  public final List<UpstreamTokenId> unneeded = new CopyOnWriteArrayList<>();
  public final AccessTokens accessTokens;
  private final MasterKey master = master();
  private final Endpoint token;
  private final Endpoint revoke;
  private final Endpoint introspect;

  public FakeTokens() {
    this(null);
  }

  /** Another store for grants than the one in memory, if there is one. */
  public FakeTokens(@Nullable GrantStore other) {
    GrantStore store = other == null ? this.store.grants() : other;
    Issuer issuer = new Issuer("https://mcp.example.com");
    var secrets = new SecretSource();
    SigningKeys keys =
        SigningKeys.open(
            this.store.keys(), master.sealer(), SigningAlgorithm.ES256, time.instant());
    accessTokens = AccessTokens.of(issuer, keys, store, Lifetimes.DEFAULTS.accessToken(), secrets);
    RateLimits limits = RateLimits.of(Limits.OFF, time);
    ClientAuthenticator clients =
        ClientAuthenticator.of(Clients.of(this.store.clients()), limits.secrets());
    Grants grants =
        Grants.of(
            store, this.store.approvals(), audit, List.of(told), unneeded::add, Runnable::run);
    RevokedTokens revoked = RevokedTokens.of(this.store.revocations(), audit, List.of(told));
    List<Endpoint> endpoints =
        TokenEndpoints.of(
                issuer,
                new TokenDependencies(
                    clients, store, grants, revoked, accessTokens, Introspectors.NONE, audit, time),
                new ExchangeDependencies(
                    new ResourceAliases(issuer, List.of()),
                    limits.token(),
                    _ -> Optional.empty(),
                    (_, _) -> Result.refused(new UpstreamCredentials.Refusal.SignInAgain()),
                    Lifetimes.DEFAULTS,
                    master.derive("refresh-token-successor"),
                    secrets))
            .endpoints()
            .stream()
            .map(endpoint -> StoreOutageReply.of(Pages.of(issuer), endpoint))
            .toList();
    token = endpoints.get(0);
    revoke = endpoints.get(1);
    introspect = endpoints.get(2);
    List.of("oc_1", "oc_2").forEach(id -> register(id, "none"));
    List.of("oc_a", "oc_b").forEach(id -> register(id, "client_secret_basic"));
  }

  public Endpoint token() {
    return token;
  }

  public Endpoint revocation() {
    return revoke;
  }

  public Endpoint introspection() {
    return introspect;
  }

  /** A client that has just signed somebody in. */
  public Pair signedIn(String grant, String client) {
    String code = "code of " + grant;
    Grant sample = SampleGrant.of(grant, client, time.instant());
    SampleGrant.addCode(store.grants(), code, sample, time.instant().plusSeconds(60));
    return pair(
        token(
            client,
            Map.of(
                "grant_type",
                "authorization_code",
                "code",
                code,
                "code_verifier",
                SampleGrant.VERIFIER.value())));
  }

  public Reply refresh(String client, String refreshToken) {
    return token(client, Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
  }

  /** A revocation by a public client. */
  public Reply revoke(String client, String presented) {
    return post(revoke, Map.of("client_id", client, "token", presented));
  }

  /** A question by a confidential client. */
  public Reply introspect(String client, String presented) {
    return post(introspect, Map.of("token", presented), "Authorization", basic(client, SECRET));
  }

  public static Reply post(Endpoint endpoint, Map<String, String> form, String... headers) {
    return post(endpoint, "application/x-www-form-urlencoded", FakeBrowser.encode(form), headers);
  }

  public static Reply post(Endpoint endpoint, String contentType, String body, String... headers) {
    Headers all = Headers.of("Content-Type", contentType);
    for (int i = 0; i < headers.length; i += 2) {
      all = all.with(headers[i], headers[i + 1]);
    }
    return endpoint.handle(
        new Request(
            "request-1",
            "POST",
            endpoint.route().path(),
            "",
            all,
            Body.utf8(body),
            InetAddress.getLoopbackAddress()));
  }

  public static String basic(String client, String secret) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((client + ":" + secret).getBytes(StandardCharsets.UTF_8));
  }

  public static Pair pair(Reply reply) {
    return new Pair(
        json(reply).get("access_token").stringValue(),
        json(reply).get("refresh_token").stringValue());
  }

  public static JsonNode json(Reply reply) {
    return JsonMapper.shared().readTree(text(reply));
  }

  public static String text(Reply reply) {
    return ((Body.Whole) reply.body()).utf8();
  }

  public boolean isInForce(String grant) {
    return store.grants().find(new GrantId(grant), time.instant()).isPresent();
  }

  public boolean isGood(String accessToken) {
    return accessTokens.verify(accessToken, time.instant()) instanceof Result.Ok;
  }

  public VerifiedAccessToken verified(String accessToken) {
    return switch (accessTokens.verify(accessToken, time.instant())) {
      case Result.Ok(VerifiedAccessToken good) -> good;
      case Result.Refused(var reason) -> throw new AssertionError(reason);
    };
  }

  private Reply token(String client, Map<String, String> parameters) {
    Map<String, String> form = new HashMap<>(parameters);
    form.put("client_id", client);
    if (!client.equals("oc_1") && !client.equals("oc_2")) {
      form.put("client_secret", SECRET);
    }
    return post(token, form);
  }

  private void register(String id, String method) {
    store
        .clients()
        .add(
            new RegisteredClient(
                new ClientId(id),
                ClientKind.REGISTERED,
                method.equals("none") ? null : SecretHash.of(SECRET),
                null,
                new ClientMetadata(
                    null,
                    List.of(SampleGrant.REDIRECT),
                    method,
                    List.of("authorization_code", "refresh_token"),
                    List.of("code"),
                    null,
                    null,
                    Map.of()),
                time.instant()));
  }

  private static MasterKey master() {
    try {
      return MasterKey.parse(MasterKey.generate());
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
