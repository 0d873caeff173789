package dev.ostiary.connector.openid;

import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.protocol.Result;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The rules for the claims of ID tokens (OpenID Connect Core §3.1.3.7, §12.2). */
final class IdTokenClaims {
  /** How far the clocks of the provider and of this machine may differ. */
  static final Duration SKEW = Duration.ofSeconds(60);

  private static final Pattern SUBJECT = Pattern.compile("[\\x21-\\x7e]{1,255}");
  private static final Pattern TENANT = Pattern.compile("[0-9a-f-]{36}");

  /** Seconds that an instant can hold. */
  private static final long LATEST = 253_402_300_799L;

  private final String clientId;
  private final Refusals refusals;
  private final InstantSource time;

  IdTokenClaims(String clientId, Refusals refusals, InstantSource time) {
    this.clientId = clientId;
    this.refusals = refusals;
    this.time = time;
  }

  /**
   * What holds of every ID token.
   *
   * @param issuer of the metadata; may have a place for the tenant
   */
  Result<ObjectNode, UpstreamRefusal> check(String issuer, ObjectNode claims) {
    return issuer(issuer, claims)
        .or(() -> audience(claims))
        .or(() -> times(claims))
        .or(() -> subject(claims))
        .<Result<ObjectNode, UpstreamRefusal>>map(Result::refused)
        .orElseGet(() -> Result.ok(claims));
  }

  private Optional<UpstreamRefusal> issuer(String expected, ObjectNode claims) {
    String found = claims.path("iss").asString("");
    String tenant = claims.path("tid").asString("");
    boolean known = TENANT.matcher(tenant).matches();
    String filled = known ? expected.replace(ProviderType.TENANT_PLACE, tenant) : expected;
    return found.equals(filled) && !filled.contains(ProviderType.TENANT_PLACE)
        ? Optional.empty()
        : Optional.of(refusals.tokenIssuer(filled, found));
  }

  private Optional<UpstreamRefusal> audience(ObjectNode claims) {
    List<String> audiences = strings(claims.path("aud"));
    JsonNode party = claims.path("azp");
    boolean ours =
        audiences.contains(clientId)
            && (party.isMissingNode()
                ? audiences.size() == 1
                : party.isString() && party.asString().equals(clientId));
    return ours ? Optional.empty() : Optional.of(refusals.audience(clientId));
  }

  private Optional<UpstreamRefusal> times(ObjectNode claims) {
    Instant now = time.instant();
    Optional<Instant> expires = instant(claims.path("exp"));
    Optional<Instant> issued = instant(claims.path("iat"));
    if (expires.isEmpty() || issued.isEmpty()) {
      return Optional.of(
          refusals.claim(expires.isEmpty() ? "exp" : "iat", "It is not an OpenID provider's."));
    }
    if (!now.isBefore(expires.get().plus(SKEW))) {
      return late("expired by", expires.get(), now);
    }
    if (issued.get().isAfter(now.plus(SKEW))) {
      return late("was issued in the future, by", now, issued.get());
    }
    return instant(claims.path("nbf"))
        .filter(start -> start.isAfter(now.plus(SKEW)))
        .flatMap(start -> late("is not good yet, by", now, start));
  }

  private Optional<UpstreamRefusal> late(String what, Instant earlier, Instant later) {
    return Optional.of(refusals.clock(what, Duration.between(earlier, later)));
  }

  private static Optional<Instant> instant(JsonNode seconds) {
    return seconds.isNumber() && seconds.asDouble() >= 0 && seconds.asDouble() <= LATEST
        ? Optional.of(Instant.ofEpochSecond((long) seconds.asDouble()))
        : Optional.empty();
  }

  private Optional<UpstreamRefusal> subject(ObjectNode claims) {
    JsonNode subject = claims.path("sub");
    return subject.isString() && SUBJECT.matcher(subject.asString()).matches()
        ? Optional.empty()
        : Optional.of(refusals.claim("sub", "It is not an OpenID provider's."));
  }

  /** The nonce binds the token to the request of one browser. */
  Result<ObjectNode, UpstreamRefusal> nonce(ObjectNode claims, String expected) {
    return claims.path("nonce").asString("").equals(expected)
        ? Result.ok(claims)
        : Result.refused(
            new UpstreamRefusal.Unavailable("the ID token is the answer to another request"));
  }

  /** A refresh must be about the same user, from the same issuer (OpenID Connect Core §12.2). */
  Result<ObjectNode, UpstreamRefusal> same(ObjectNode claims, ObjectNode before) {
    for (String name : List.of("iss", "sub", "nonce", "tid", "oid")) {
      boolean optional = name.equals("nonce");
      if (!(optional && claims.path(name).isMissingNode())
          && !claims.path(name).equals(before.path(name))) {
        return Result.refused(new UpstreamRefusal.Rejected("refreshed_" + name + "_differs"));
      }
    }
    return Result.ok(claims);
  }

  /** The strings of an array, or the one that stands in its place. */
  static List<String> strings(JsonNode node) {
    if (node.isString()) {
      return List.of(node.asString());
    }
    return node.isArray()
        ? node.valueStream().filter(JsonNode::isString).map(JsonNode::asString).toList()
        : List.of();
  }
}
