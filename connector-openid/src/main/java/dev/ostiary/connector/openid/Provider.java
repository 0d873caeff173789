package dev.ostiary.connector.openid;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.Json;
import dev.ostiary.protocol.Result;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The metadata and keys of a provider, read when they are needed and kept for a while. */
final class Provider {
  private static final int SMALLEST_RSA = 2048;

  private final OpenIdSettings settings;
  private final ProviderHttp http;
  private final Refusals refusals;
  private final CachedDocument<ProviderMetadata> metadata;
  private final CachedDocument<JWKSet> keys;

  Provider(OpenIdSettings settings, ProviderHttp http, Refusals refusals, InstantSource time) {
    this.settings = settings;
    this.http = http;
    this.refusals = refusals;
    this.metadata = new CachedDocument<>(this::readMetadata, time);
    this.keys = new CachedDocument<>(() -> metadata().then(this::readKeys), time);
  }

  Result<ProviderMetadata, UpstreamRefusal> metadata() {
    return metadata.get();
  }

  Result<JWKSet, UpstreamRefusal> keys() {
    return keys.get();
  }

  Result<JWKSet, UpstreamRefusal> keysNewerThan(JWKSet seen) {
    return keys.newerThan(seen);
  }

  private Result<ProviderMetadata, UpstreamRefusal> readMetadata() {
    URI address = settings.metadataAddress();
    return read(address, "the metadata")
        .then(
            content ->
                ProviderMetadata.parse(content, settings.issuer(), http::isCallable, refusals));
  }

  private Result<JWKSet, UpstreamRefusal> readKeys(ProviderMetadata from) {
    return read(from.keys(), "the keys").then(this::keySet);
  }

  /** Keys that cannot be used here are left out (RFC 7517 §5). */
  private Result<JWKSet, UpstreamRefusal> keySet(byte[] content) {
    Optional<JsonNode> listed =
        Json.readObject(content).map(set -> set.path("keys")).filter(JsonNode::isArray);
    return listed
        .<Result<JWKSet, UpstreamRefusal>>map(
            keys -> Result.ok(new JWKSet(keys.valueStream().flatMap(Provider::key).toList())))
        .orElseGet(
            () ->
                Result.refused(
                    new UpstreamRefusal.Unavailable("what is at jwks_uri is not a JWK Set")));
  }

  private static Stream<JWK> key(JsonNode listed) {
    if (!listed.isObject()) {
      return Stream.empty();
    }
    try {
      JWK key = JWK.parse(listed.toString());
      return isStrong(key) ? Stream.of(key.toPublicJWK()) : Stream.empty();
    } catch (ParseException | IllegalArgumentException | IllegalStateException unusable) {
      return Stream.empty();
    }
  }

  private static boolean isStrong(JWK key) {
    return key instanceof ECKey || (key instanceof RSAKey rsa && rsa.size() >= SMALLEST_RSA);
  }

  private Result<byte[], UpstreamRefusal> read(URI address, String what) {
    try {
      Reply reply = http.get(address, null);
      return reply.status() == 200
          ? Result.ok(ProviderHttp.content(reply))
          : Result.refused(
              new UpstreamRefusal.Unavailable(
                  what + " at " + address + " answered with status " + reply.status()));
    } catch (IOException unreachable) {
      return Result.refused(
          new UpstreamRefusal.Unavailable(
              what + " at " + address + " cannot be read: " + unreachable.getMessage()));
    }
  }
}
