package dev.ostiary.authorization.client.assertion;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.ostiary.authorization.client.assertion.AssertionRefusal.Flaw;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an assertion says, if it says it to us, of this client, and now (RFC 7523 §3,
 * draft-ietf-oauth-rfc7523bis §4).
 *
 * @param id is unique for the client
 * @param refusedFrom when it is too old
 */
record AssertionClaims(String id, Instant refusedFrom) {
  /** How far a client's clock may be off. */
  static final Duration SKEW = Duration.ofSeconds(60);

  /** How long an assertion may be good: it is made for one request. */
  static final Duration LONGEST_LIFE = Duration.ofMinutes(5);

  static Result<AssertionClaims, Flaw> decide(
      JWTClaimsSet claims, ClientId client, Audience audience, Instant now) {
    if (!client.value().equals(claims.getIssuer())) {
      return Result.refused(Flaw.ISSUER);
    }
    if (!client.value().equals(claims.getSubject())) {
      return Result.refused(Flaw.SUBJECT);
    }
    if (!audience.isMeant(claims.getAudience())) {
      return Result.refused(Flaw.AUDIENCE);
    }
    String id = Objects.requireNonNullElse(claims.getJWTID(), "");
    return id.isEmpty()
        ? Result.refused(Flaw.NO_ID)
        : refusedFrom(claims, now).map(until -> new AssertionClaims(id, until));
  }

  private static Result<Instant, Flaw> refusedFrom(JWTClaimsSet claims, Instant now) {
    Date expiry = claims.getExpirationTime();
    if (expiry == null) {
      return Result.refused(Flaw.NO_EXPIRY);
    }
    Instant refusedFrom = expiry.toInstant().plus(SKEW);
    if (!now.isBefore(refusedFrom)) {
      return Result.refused(Flaw.EXPIRED);
    }
    if (expiry.toInstant().isAfter(now.plus(LONGEST_LIFE).plus(SKEW))) {
      return Result.refused(Flaw.LONG_LIVED);
    }
    if (isAhead(claims.getNotBeforeTime(), now)) {
      return Result.refused(Flaw.NOT_YET_VALID);
    }
    return isAhead(claims.getIssueTime(), now)
        ? Result.refused(Flaw.ISSUED_IN_THE_FUTURE)
        : Result.ok(refusedFrom);
  }

  private static boolean isAhead(@Nullable Date time, Instant now) {
    return time != null && time.toInstant().isAfter(now.plus(SKEW));
  }

  /**
   * Whom an assertion may be addressed to.
   *
   * @param issuer the one name that is always right
   * @param tolerated further names of ours
   */
  record Audience(String issuer, List<String> tolerated) {
    Audience {
      tolerated = List.copyOf(tolerated);
    }

    /** The issuer alone; where others are tolerated, no audience beside these. */
    boolean isMeant(List<String> audience) {
      return tolerated.isEmpty()
          ? audience.equals(List.of(issuer))
          : !audience.isEmpty()
              && audience.stream()
                  .allMatch(name -> name.equals(issuer) || tolerated.contains(name));
    }
  }
}
