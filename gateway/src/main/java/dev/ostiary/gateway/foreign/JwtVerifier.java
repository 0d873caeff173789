package dev.ostiary.gateway.foreign;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.ostiary.gateway.token.TokenVerifier;
import dev.ostiary.gateway.token.VerifiedToken;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.token.AccessTokenRefusal;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks access tokens that are JWTs with the keys of their authorization server (RFC 9068 §4). */
final class JwtVerifier implements TokenVerifier {
  private static final int LONGEST = 16 * 1024;

  /** Three parts in base64url (RFC 7515 §7.1); the library would skip every other character. */
  private static final Pattern COMPACT =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

  private static final Set<String> TYPES = Set.of("at+jwt", "application/at+jwt");
  private static final Set<String> UNSPECIFIC = Set.of("jwt", "application/jwt");

  /** What some products call the tokens that are not for protected resources, in a claim. */
  private static final Set<String> OTHER_KINDS = Set.of("ID", "Refresh", "Offline", "Logout");

  private final ForeignSettings settings;
  private final ClaimRules rules;
  private final Remote<ForeignKeySet> keys;
  private final TroubleLog trouble;
  private final InstantSource time;

  JwtVerifier(
      ForeignSettings settings,
      Remote<ForeignKeySet> keys,
      TroubleLog trouble,
      InstantSource time) {
    this.settings = settings;
    this.rules = new ClaimRules(settings);
    this.keys = keys;
    this.trouble = trouble;
    this.time = time;
  }

  /** Claims first: for a token that is refused anyway no keys are fetched. */
  @Override
  public Result<VerifiedToken, AccessTokenRefusal> verify(String token) {
    if (token.length() > LONGEST || !COMPACT.matcher(token).matches()) {
      return Result.refused(AccessTokenRefusal.MALFORMED);
    }
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      if (!isAccessToken(jwt.getHeader().getType()) || isOfAnotherKind(claims)) {
        return Result.refused(AccessTokenRefusal.MALFORMED);
      }
      return rules
          .check(claims, time.instant(), null, Instant.MAX)
          .then(good -> checkSignature(jwt).map(_ -> good));
    } catch (ParseException | IllegalArgumentException malformed) {
      return Result.refused(AccessTokenRefusal.MALFORMED);
    }
  }

  /** An unknown key may be a new one, so the keys are read again, but not at every token. */
  private Result<Boolean, AccessTokenRefusal> checkSignature(SignedJWT jwt) {
    Result<ForeignKeySet, String> known =
        keys.current()
            .then(set -> set.lacks(jwt.getHeader()) ? keys.newerThan(set) : Result.ok(set));
    return switch (known) {
      case Result.Ok<ForeignKeySet, String>(ForeignKeySet set) -> {
        trouble.fine();
        yield set.verifies(jwt)
            ? Result.ok(true)
            : Result.refused(AccessTokenRefusal.BAD_SIGNATURE);
      }
      case Result.Refused<ForeignKeySet, String>(String why) -> {
        trouble.trouble(why);
        yield Result.refused(AccessTokenRefusal.UNAVAILABLE);
      }
    };
  }

  private boolean isAccessToken(@Nullable JOSEObjectType type) {
    if (type == null) {
      return settings.typeless();
    }
    String name = type.getType().toLowerCase(Locale.ROOT);
    return TYPES.contains(name) || (settings.typeless() && UNSPECIFIC.contains(name));
  }

  /** Where the type does not tell them apart, an ID token must not pass for an access token. */
  private static boolean isOfAnotherKind(JWTClaimsSet claims) {
    return claims.getClaim("at_hash") != null
        || claims.getClaim("c_hash") != null
        || (claims.getClaim("typ") instanceof String kind && OTHER_KINDS.contains(kind));
  }
}
