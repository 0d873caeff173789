package dev.ostiary.gateway.foreign;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import dev.ostiary.http.fetch.GuardedFetch;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A foreign authorization server within the process: what it publishes, signs and is asked. */
final class FakeAuthorizationServer implements Outbound {
  static final String ISSUER = "https://login.example/tenant";
  static final Resource RESOURCE = new Resource("https://mcp.example.com/docs/mcp");
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  static final String METADATA = "/.well-known/oauth-authorization-server/tenant";
  static final String OPENID = "/tenant/.well-known/openid-configuration";
  static final String KEYS = "/keys";
  static final String INTROSPECT = "/introspect";

  static final RSAKey RSA = rsa("rsa-1");
  static final ECKey EC = ec("ec-1");

  final List<OutboundRequest> requests = new CopyOnWriteArrayList<>();
  final List<String> log = new CopyOnWriteArrayList<>();
  final Map<String, Function<OutboundRequest, CompletableFuture<Reply>>> places = new HashMap<>();
  Instant now = NOW;
  @Nullable String scopesClaim;
  @Nullable String rolesClaim;
  boolean typeless;
  Map<String, Scopes> table = Map.of();

  FakeAuthorizationServer() {
    answer(METADATA, Reply.json(200, metadata(ISSUER)));
    publish(RSA, EC);
  }

  static String metadata(String issuer) {
    return """
    {"issuer": "%s", "jwks_uri": "https://login.example/keys",
     "introspection_endpoint": "https://login.example/introspect"}
    """
        .formatted(issuer);
  }

  static RSAKey rsa(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException impossible) {
      throw new AssertionError(impossible);
    }
  }

  static ECKey ec(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    } catch (JOSEException impossible) {
      throw new AssertionError(impossible);
    }
  }

  void answer(String path, Reply reply) {
    places.put(path, _ -> CompletableFuture.completedFuture(reply));
  }

  void publish(JWK... keys) {
    answer(KEYS, Reply.json(200, new JWKSet(List.of(keys)).toString(true)));
  }

  /** Never answers there. */
  void hang(String path) {
    places.put(path, _ -> new CompletableFuture<>());
  }

  /** Is out of reach as a whole. */
  void fail() {
    places.replaceAll(
        (_, _) -> _ -> CompletableFuture.failedFuture(new java.net.ConnectException("down")));
  }

  long asked(String path) {
    return requests.stream().filter(request -> request.uri().getPath().equals(path)).count();
  }

  /** The claims of a good token. */
  static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(RESOURCE.value())
        .subject("user-1")
        .claim("client_id", "app")
        .claim("scope", "files:read offline_access")
        .jwtID("id-1")
        .issueTime(Date.from(NOW))
        .expirationTime(Date.from(NOW.plusSeconds(300)));
  }

  static String token(JWTClaimsSet claims) {
    return token(claims, "at+jwt", JWSAlgorithm.ES256, EC);
  }

  static String token(JWTClaimsSet claims, @Nullable String type, JWSAlgorithm algorithm, JWK key) {
    try {
      JWSHeader header =
          new JWSHeader.Builder(algorithm)
              .type(type == null ? null : new JOSEObjectType(type))
              .keyID(key.getKeyID())
              .build();
      SignedJWT jwt = new SignedJWT(header, claims);
      JWSSigner signer = new DefaultJWSSignerFactory().createJWSSigner(key, algorithm);
      jwt.sign(signer);
      return jwt.serialize();
    } catch (JOSEException impossible) {
      throw new AssertionError(impossible);
    }
  }

  ForeignServer jwts() {
    return server(RESOURCE.value(), null);
  }

  ForeignServer jwts(String audience) {
    return server(audience, null);
  }

  ForeignServer introspected() {
    return server(
        RESOURCE.value(), new ForeignSettings.IntrospectionClient("gate:way", new Secret("s 3")));
  }

  private ForeignServer server(
      String audience, ForeignSettings.@Nullable IntrospectionClient introspection) {
    GuardedFetch fetch =
        GuardedFetch.through(this)
            .limit(GuardedFetch.Builder.LARGEST)
            .patience(Duration.ofMillis(200), Duration.ofMillis(200))
            .configured(URI.create(ISSUER))
            .build();
    return new ForeignServer(
        new ForeignSettings(
            ISSUER,
            audience,
            RESOURCE,
            null,
            typeless,
            scopesClaim,
            rolesClaim,
            new ScopeTable(table),
            introspection),
        fetch,
        () -> now,
        new ListLog(log));
  }

  @Override
  public CompletableFuture<Reply> send(OutboundRequest request) {
    requests.add(request);
    return places
        .getOrDefault(
            request.uri().getPath(), _ -> CompletableFuture.completedFuture(Reply.of(404)))
        .apply(request);
  }

  /** The form of the last request. */
  String form() {
    return new String(new ArrayList<>(requests).getLast().body().bytes(), UTF_8);
  }

  @Override
  public void close() {}
}
