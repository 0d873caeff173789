package dev.ostiary.authorization.token;

import dev.ostiary.authorization.audit.RecordingAuditLog;
import dev.ostiary.authorization.audit.SteppedTime;
import dev.ostiary.authorization.client.ClientAuthenticator;
import dev.ostiary.authorization.client.Clients;
import dev.ostiary.authorization.grant.Grants;
import dev.ostiary.authorization.grant.RevokedTokens;
import dev.ostiary.authorization.hash.SecretHash;
import dev.ostiary.authorization.key.AccessTokens;
import dev.ostiary.authorization.key.MasterKey;
import dev.ostiary.authorization.key.SampleGrant;
import dev.ostiary.authorization.key.SecretSource;
import dev.ostiary.authorization.key.SigningAlgorithm;
import dev.ostiary.authorization.key.SigningKeys;
import dev.ostiary.authorization.limit.RateLimits;
import dev.ostiary.authorization.model.Lifetimes;
import dev.ostiary.authorization.model.Limits;
import dev.ostiary.authorization.model.ProtectedServer;
import dev.ostiary.authorization.model.ResourceAliases;
import dev.ostiary.authorization.page.Pages;
import dev.ostiary.authorization.page.StoreOutageReply;
import dev.ostiary.authorization.store.ClientKind;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.authorization.store.memory.MemoryStore;
import dev.ostiary.authorization.upstream.UpstreamCredentials;
import dev.ostiary.authorization.upstream.UpstreamTokenResponse;
import dev.ostiary.http.Body;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.registration.ClientMetadata;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The token endpoint with everything behind it, and clients that know how to call it. */
final class FakeTokenServer {
  static final String CODE = "oac_code";
  static final String SECRET = "ocs_secret";

  /** Whose access tokens are those of its upstream. */
  static final Resource FOREIGN = new Resource("https://mcp.example.com/foreign/mcp");

  static final Resource OTHER = new Resource("https://mcp.example.com/other/mcp");

  final MemoryStore store = new MemoryStore();
  final RecordingAuditLog audit = new RecordingAuditLog();
  final SteppedTime time = new SteppedTime();
  final AccessTokens accessTokens;
  final TokenEndpoints door;
  private final Endpoint endpoint;

  /** What the upstream has for clients. */
  volatile Result<UpstreamTokenResponse, UpstreamCredentials.Refusal> upstream =
      Result.refused(new UpstreamCredentials.Refusal.SignInAgain());

  /** Where requests come from. */
  volatile String address = "127.0.0.1";

  FakeTokenServer() {
    this(null, Limits.DEFAULTS);
  }

  FakeTokenServer(Limits limits) {
    this(null, limits);
  }

  FakeTokenServer(GrantStore other) {
    this(other, Limits.DEFAULTS);
  }

  /** Another store for grants than the one in memory, if there is one. */
  private FakeTokenServer(@Nullable GrantStore other, Limits settings) {
    RateLimits limits = RateLimits.of(settings, time);
    GrantStore grants = other == null ? store.grants() : other;
    MasterKey master = master();
    SigningKeys keys =
        SigningKeys.open(store.keys(), master.sealer(), SigningAlgorithm.ES256, time.instant());
    Issuer issuer = new Issuer("https://mcp.example.com");
    accessTokens =
        AccessTokens.of(issuer, keys, grants, Lifetimes.DEFAULTS.accessToken(), new SecretSource());
    door =
        TokenEndpoints.of(
            issuer,
            new TokenDependencies(
                ClientAuthenticator.of(Clients.of(store.clients()), limits.secrets()),
                grants,
                Grants.of(grants, store.approvals(), audit, List.of(), _ -> {}, Runnable::run),
                RevokedTokens.of(store.revocations(), audit, List.of()),
                accessTokens,
                Introspectors.NONE,
                audit,
                time),
            new ExchangeDependencies(
                new ResourceAliases(
                    issuer, List.of(server(SampleGrant.RESOURCE), server(OTHER), foreign())),
                limits.token(),
                _ -> Optional.empty(),
                (_, _) -> upstream,
                Lifetimes.DEFAULTS,
                master.derive("refresh-token-successor"),
                new SecretSource()));
    endpoint = StoreOutageReply.of(Pages.of(issuer), door.endpoints().getFirst());
    register("oc_1", "none");
    register("oc_2", "none");
    register("oc_secret", "client_secret_basic");
    register("oc_secret2", "client_secret_basic");
    register("oc_third", "client_secret_basic");
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** A sign-in of this client that has just come back with a code. */
  Grant signedIn(String grant, String client, String code) {
    Grant sample = SampleGrant.of(grant, client, time.instant());
    SampleGrant.addCode(store.grants(), code, sample, time.instant().plusSeconds(60));
    return sample;
  }

  /** A client that has traded its code; its refresh token. */
  String refreshToken() {
    signedIn("g1", "oc_1", CODE);
    return text(exchange(Map.of()), "refresh_token");
  }

  /**
   * A right code exchange of the public client, with these parameters changed or, empty, removed.
   */
  Reply exchange(Map<String, String> changes, String... headers) {
    return form(
        changed(
            Map.of(
                "grant_type",
                "authorization_code",
                "client_id",
                "oc_1",
                "code",
                CODE,
                "code_verifier",
                SampleGrant.VERIFIER.value()),
            changes),
        headers);
  }

  /** A right refresh of the public client, with these parameters changed. */
  Reply refresh(String token, Map<String, String> changes) {
    return form(
        changed(
            Map.of("grant_type", "refresh_token", "client_id", "oc_1", "refresh_token", token),
            changes));
  }

  Reply form(Map<String, String> parameters, String... headers) {
    String body =
        parameters.entrySet().stream()
            .map(each -> each.getKey() + "=" + encode(each.getValue()))
            .collect(Collectors.joining("&"));
    return post("application/x-www-form-urlencoded", body, headers);
  }

  Reply post(String contentType, String body, String... headers) {
    Headers all = Headers.of("Content-Type", contentType);
    for (int i = 0; i < headers.length; i += 2) {
      all = all.with(headers[i], headers[i + 1]);
    }
    return endpoint.handle(
        new Request(
            "request-1",
            "POST",
            "/token",
            "",
            all,
            Body.utf8(body),
            InetAddress.ofLiteral(address)));
  }

  /** A code exchange of the confidential client with this secret. */
  Reply withSecret(String client, String secret) {
    return exchange(Map.of("client_id", client, "client_secret", secret));
  }

  boolean isInForce(String grant) {
    return store.grants().find(new GrantId(grant), time.instant()).isPresent();
  }

  static JsonNode json(Reply reply) {
    return JsonMapper.shared().readTree(((Body.Whole) reply.body()).utf8());
  }

  static String text(Reply reply, String member) {
    return json(reply).get(member).stringValue();
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
                    List.of("authorization_code"),
                    List.of("code"),
                    null,
                    null,
                    Map.of()),
                time.instant()));
  }

  private static ProtectedServer server(Resource resource) {
    return new ProtectedServer(
        "sample",
        "Sample",
        resource,
        Scopes.of("read:user"),
        Scopes.of("read:user", "repo", "admin"),
        "github");
  }

  private static ProtectedServer foreign() {
    return new ProtectedServer(
            "foreign",
            "Foreign",
            FOREIGN,
            Scopes.of("read:user"),
            Scopes.of("read:user", "repo"),
            "as.docs")
        .takingUpstreamTokens();
  }

  private static Map<String, String> changed(
      Map<String, String> parameters, Map<String, String> changes) {
    return Stream.of(parameters, changes)
        .flatMap(map -> map.entrySet().stream())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (_, changed) -> changed));
  }

  private static MasterKey master() {
    try {
      return MasterKey.parse(MasterKey.generate());
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
