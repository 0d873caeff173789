package dev.ostiary.authorization.key;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Subject;
import dev.ostiary.protocol.token.AccessTokenRefusal;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an access token has to say, and in which form (RFC 9068 §2, §4). */
final class AccessTokenClaims {
  static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");
  static final String CLIENT = "client_id";
  static final String SCOPE = "scope";
  static final String GRANT = "grant";

  private static final String LONG_TYPE = "application/at+jwt";
  private static final int LONGEST = 8192;

  /** Three parts in base64url (RFC 7515 §7.1); the library would skip every other character. */
  private static final Pattern COMPACT =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

  /** How far the clocks of two nodes may be apart. */
  private static final Duration SKEW = Duration.ofSeconds(5);

  private AccessTokenClaims() {}

  /** Reads the form; nothing in it may be believed yet. */
  static Result<SignedJWT, AccessTokenRefusal> parse(String token) {
    if (token.length() > LONGEST || !COMPACT.matcher(token).matches()) {
      return Result.refused(AccessTokenRefusal.MALFORMED);
    }
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      return isAccessToken(jwt.getHeader().getType())
          ? Result.ok(jwt)
          : Result.refused(AccessTokenRefusal.MALFORMED);
    } catch (ParseException malformed) {
      return Result.refused(AccessTokenRefusal.MALFORMED);
    }
  }

  /** Reads the claims of a token whose signature is ours. */
  static Result<VerifiedAccessToken, AccessTokenRefusal> read(
      SignedJWT jwt, Issuer issuer, Instant now) {
    try {
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      if (!issuer.value().equals(claims.getIssuer())) {
        return Result.refused(AccessTokenRefusal.WRONG_ISSUER);
      }
      Instant expiresAt = present(claims.getExpirationTime()).toInstant();
      if (!now.isBefore(expiresAt.plus(SKEW))) {
        return Result.refused(AccessTokenRefusal.EXPIRED);
      }
      return Result.ok(
          new VerifiedAccessToken(
              present(claims.getJWTID()),
              new Subject(present(claims.getSubject())),
              new ClientId(present(claims.getStringClaim(CLIENT))),
              new GrantId(present(claims.getStringClaim(GRANT))),
              scopes(claims.getStringClaim(SCOPE)),
              audience(claims),
              present(claims.getIssueTime()).toInstant(),
              expiresAt));
    } catch (ParseException | IllegalArgumentException malformed) {
      return Result.refused(AccessTokenRefusal.MALFORMED);
    }
  }

  private static Scopes scopes(@Nullable String claim) throws ParseException {
    return claim == null ? Scopes.none() : present(Scopes.parse(claim).orElse(null));
  }

  private static Resource audience(JWTClaimsSet claims) throws ParseException {
    List<String> audience = claims.getAudience();
    if (audience.size() != 1) {
      throw new ParseException("one audience is expected", 0);
    }
    return new Resource(audience.getFirst());
  }

  private static <T> T present(@Nullable T claim) throws ParseException {
    if (claim == null) {
      throw new ParseException("a claim is missing", 0);
    }
    return claim;
  }

  private static boolean isAccessToken(@Nullable JOSEObjectType type) {
    return TYPE.equals(type) || (type != null && LONG_TYPE.equalsIgnoreCase(type.getType()));
  }
}
