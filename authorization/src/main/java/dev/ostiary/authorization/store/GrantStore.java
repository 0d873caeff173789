package dev.ostiary.authorization.store;

import dev.ostiary.authorization.hash.CodeHash;
import dev.ostiary.authorization.hash.RefreshHash;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Remembers grants and what descends from them. */
public interface GrantStore {
  /** How long a used code is known at least. */
  Duration USED_CODE_KEPT = Duration.ofDays(1);

  /** How long an access token lives at most, whatever is configured. */
  Duration ACCESS_TOKEN_MOST = Duration.ofDays(1);

  /**
   * How long a grant is kept at most when its newest refresh token has expired: it cannot be used
   * any more when its last access token has expired too, and that time is noted to the day.
   */
  Duration KEPT_UNUSABLE = ACCESS_TOKEN_MOST.plusDays(1);

  /** How many grants are listed at most. */
  int MOST_LISTED = 50;

  /** Remembers a code, and its grant, which is not in force yet. */
  void add(AuthorizationCode code);

  /** What a code was issued for, used or not; a used one is known for {@link #USED_CODE_KEPT}. */
  Optional<AuthorizationCode> find(CodeHash code);

  /**
   * Uses up a code, puts its grant in force and issues its first refresh token, in one transaction.
   * Of any number of concurrent calls, exactly one sees {@link Redemption.Won}.
   *
   * @param idle how long the refresh token lives unused
   */
  Redemption redeem(CodeHash code, RefreshHash first, Duration idle, Instant now);

  /**
   * A refresh token whose grant is in force: the newest of its family until it expires, and every
   * earlier one, since those were used in time.
   */
  Optional<RefreshToken> find(RefreshHash token, Instant now);

  /**
   * Moves a family one generation on (RFC 9700 §4.14.2). Concurrent and repeated calls within the
   * grace see the same generation: one {@link Rotation.Won}, the others {@link Rotation.Repeated},
   * until the successor itself is presented.
   *
   * @param successor the same at every call with this token
   */
  Rotation rotate(RefreshHash presented, RefreshHash successor, RotationPolicy policy, Instant now);

  /** The grant, if it is in force: redeemed, not ended, not expired. */
  Optional<Grant> find(GrantId id, Instant now);

  /**
   * One page of the grants that are in force or wait for their code: those first that last longest,
   * which are the newest unless the lifetime of grants was changed.
   *
   * @param after the last of the page before; null for the first page
   * @param most how long a page is, unless it is the last
   */
  List<ListedGrant> list(GrantFilter filter, @Nullable Grant after, int most, Instant now);

  /**
   * The grant of an access token, if it is in force and this token was not revoked by itself
   * ({@link RevocationFeed#revoke}).
   *
   * @param jti the token's identifier
   */
  Optional<Grant> findFor(GrantId id, String jti, Instant now);

  /**
   * The grants in force of one person to one client at one resource, the newest first; of very many
   * the newest {@link #MOST_LISTED}.
   */
  List<Grant> inForce(Subject subject, ClientId client, Resource resource, Instant now);

  /**
   * Ends a grant and everything that descends from it, and says so in the revocation feed. Ending
   * it twice is harmless and leaves the first reason. A grant that waits for its code can be ended
   * too; its code is then unknown.
   *
   * @return whether this call ended it
   */
  default boolean end(GrantId grant, EndReason reason, Instant now) {
    return !endAll(List.of(grant), reason, now).isEmpty();
  }

  /**
   * Ends several grants in one transaction, each as {@link #end} does.
   *
   * @return those that this call ended
   */
  List<GrantId> endAll(List<GrantId> grants, EndReason reason, Instant now);

  /** What came of redeeming a code. */
  sealed interface Redemption {
    /** This call used it up. */
    record Won(Grant grant) implements Redemption {}

    /** It had been used before; the caller decides whether the replay was otherwise valid. */
    record Replayed(Grant grant) implements Redemption {}

    /** It never existed, has expired unused, or its grant has ended. */
    record Unknown() implements Redemption {}
  }

  /** What came of rotating a refresh token. */
  sealed interface Rotation {
    /** This call issued the successor. */
    record Won(Grant grant) implements Rotation {}

    /** The same successor, given again. */
    record Repeated(Grant grant) implements Rotation {}

    /** A token that its successor has replaced for good; the caller ends the grant. */
    record Reused(Grant grant) implements Rotation {}

    /** It never existed, has expired, or its grant has ended or expired. */
    record Unknown() implements Rotation {}
  }
}
