package dev.ostiary.gateway.foreign;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.gateway.token.VerifiedToken;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Subject;
import dev.ostiary.protocol.token.AccessTokenRefusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What has to hold of the claims of an access token, whether they come in a JWT (RFC 9068 §4) or
 * from introspection (RFC 7662 §2.2), and what they say of the caller.
 */
final class ClaimRules {
  /** How far the clock of the authorization server may be ahead. */
  private static final Duration SKEW = Duration.ofSeconds(30);

  private static final List<String> CLIENT = List.of("client_id", "azp", "cid", "appid");
  private static final String SCOPE = "scope";
  private static final String SCP = "scp";

  private final ForeignSettings settings;

  ClaimRules(ForeignSettings settings) {
    this.settings = settings;
  }

  /**
   * Holds claims to the rules.
   *
   * @param unlimited when a token that says nothing of its end is taken to expire; null if it has
   *     to say it, and who issued it
   * @param checkAgainAt until when the token may be cached
   */
  Result<VerifiedToken, AccessTokenRefusal> check(
      JWTClaimsSet claims, Instant now, @Nullable Instant unlimited, Instant checkAgainAt) {
    boolean whole = unlimited == null;
    if (whole ? !isIssuer(claims.getIssuer()) : isOtherIssuer(claims.getIssuer())) {
      return Result.refused(AccessTokenRefusal.WRONG_ISSUER);
    }
    if (!claims.getAudience().contains(settings.audience())) {
      return Result.refused(AccessTokenRefusal.WRONG_AUDIENCE);
    }
    Date end = claims.getExpirationTime();
    Instant expiresAt = end == null ? unlimited : end.toInstant();
    if (expiresAt == null || isUnreadable(claims)) {
      return Result.refused(AccessTokenRefusal.MALFORMED);
    }
    if (!now.isBefore(expiresAt)
        || isAfter(claims.getNotBeforeTime(), now)
        || isAfter(claims.getIssueTime(), now)) {
      return Result.refused(AccessTokenRefusal.EXPIRED);
    }
    String subject = claims.getSubject();
    String client = client(claims);
    if (subject == null
        || subject.isBlank()
        || client == null
        || (whole && !settings.typeless() && claims.getIssueTime() == null)
        || isBound(claims)) {
      return Result.refused(AccessTokenRefusal.MALFORMED);
    }
    Caller caller =
        new Caller(
            new Subject(subject),
            new ClientId(client),
            null,
            settings.scopes().held(names(claims.getClaims())));
    String jti = claims.getJWTID();
    return Result.ok(
        new VerifiedToken(
            jti == null ? "" : jti, caller, settings.resource(), expiresAt, checkAgainAt));
  }

  private boolean isIssuer(@Nullable String named) {
    return settings.issuer().equals(named);
  }

  private boolean isOtherIssuer(@Nullable String named) {
    return named != null && !isIssuer(named);
  }

  /** The library takes a time that is none for absent. */
  private static boolean isUnreadable(JWTClaimsSet claims) {
    return (claims.getClaim("nbf") != null && claims.getNotBeforeTime() == null)
        || (claims.getClaim("iat") != null && claims.getIssueTime() == null);
  }

  private static boolean isAfter(@Nullable Date time, Instant now) {
    return time != null && now.plus(SKEW).isBefore(time.toInstant());
  }

  /**
   * Whether the token is bound to a key (RFC 7800 §3.1), which nothing here asks for: as a bearer
   * token it is not good (RFC 9449 §7.2).
   */
  private static boolean isBound(JWTClaimsSet claims) {
    return claims.getClaim("cnf") != null;
  }

  /** RFC 9068 §2.2 has the first; the others are of OpenID Connect and of single products. */
  private static @Nullable String client(JWTClaimsSet claims) {
    return CLIENT.stream()
        .map(claims::getClaim)
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .filter(text -> !text.isBlank())
        .findFirst()
        .orElse(null);
  }

  private List<String> names(Map<String, Object> claims) {
    List<String> names = new ArrayList<>();
    String configured = settings.scopesClaim();
    Object scopes =
        configured != null
            ? at(claims, configured)
            : claims.containsKey(SCOPE) ? claims.get(SCOPE) : claims.get(SCP);
    if (scopes instanceof String text) {
      Stream.of(text.split(" ", -1)).filter(name -> !name.isEmpty()).forEach(names::add);
    } else {
      texts(scopes).forEach(names::add);
    }
    String roles = settings.rolesClaim();
    if (roles != null) {
      Object found = at(claims, roles);
      (found instanceof String one ? Stream.of(one) : texts(found)).forEach(names::add);
    }
    return names;
  }

  private static Stream<String> texts(@Nullable Object value) {
    return value instanceof Collection<?> all
        ? all.stream().filter(String.class::isInstance).map(String.class::cast)
        : Stream.empty();
  }

  /** A claim of this very name, or one within others, such as {@code realm_access.roles}. */
  private static @Nullable Object at(Map<?, ?> claims, String name) {
    if (claims.containsKey(name)) {
      return claims.get(name);
    }
    int dot = name.indexOf('.');
    return dot > 0 && claims.get(name.substring(0, dot)) instanceof Map<?, ?> inner
        ? at(inner, name.substring(dot + 1))
        : null;
  }
}
