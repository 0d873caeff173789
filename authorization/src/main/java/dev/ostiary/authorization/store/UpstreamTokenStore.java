package dev.ostiary.authorization.store;

import dev.ostiary.protocol.Scopes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Remembers upstream tokens: one for each upstream, user and set of granted scopes. */
public interface UpstreamTokenStore {
  /**
   * How long tokens that were just kept are not taken for unused. A sign-in keeps them first and
   * adds the grant that rests on them afterwards; in between, another grant on the same tokens may
   * end. A minute is far more than that takes, and leaves room for nodes whose clocks differ.
   */
  Duration SETTLING = Duration.ofMinutes(1);

  /** How many {@link #unused} lists at most. */
  int UNUSED_LISTED = 100;

  /** How many {@link #after} gives at most. */
  int PAGE = 100;

  /** What was kept, and what had to make room for it. */
  record Kept(UpstreamToken token, @Nullable Sealed replaced) {}

  /**
   * The right to refresh one version of some tokens.
   *
   * @param holder tells one lease on a version from the next; no secret
   */
  record Lease(UpstreamTokenId token, long version, String holder) {}

  /**
   * Keeps fresh tokens. Tokens of the same upstream, user and scopes are replaced under their id; a
   * lease on them ends.
   */
  Kept keep(
      String upstream,
      String user,
      Scopes scopes,
      Sealed tokens,
      @Nullable Instant expiresAt,
      Instant now);

  Optional<UpstreamToken> find(UpstreamTokenId id);

  /**
   * Gives one caller the right to refresh this version, for a while. Of any number of concurrent
   * calls one gets it; the others wait and read again.
   */
  Optional<Lease> lease(UpstreamTokenId id, long version, Duration time, Instant now);

  /**
   * Replaces the leased version, and only this one, with fresh tokens; every lease on it ends. A
   * lease that has run out serves as well while the version stands, since an upstream that gave
   * fresh tokens honours the old ones no more.
   */
  boolean replace(Lease lease, Sealed tokens, @Nullable Instant expiresAt);

  /** Gives a lease back unused. One that has passed to another caller stays with that one. */
  void release(Lease lease);

  /** Notes that the upstream stands by the user; an earlier time than is known changes nothing. */
  void confirm(UpstreamTokenId id, Instant at);

  /**
   * Removes the tokens if they have settled and no grant rests on them that waits for its code, or
   * that is in force and can be used ({@link GrantStore#KEPT_UNUSABLE}).
   */
  Optional<UpstreamToken> removeUnused(UpstreamTokenId id, Instant now);

  /**
   * Some of those that {@link #removeUnused} would remove, at most {@link #UNUSED_LISTED}: a grant
   * that expires, or whose code is never redeemed, ends without a word.
   */
  List<UpstreamTokenId> unused(Instant now);

  /**
   * Those that come after this one in the order of their ids, at most {@link #PAGE}.
   *
   * @param last null to begin
   */
  List<UpstreamToken> after(@Nullable UpstreamTokenId last);

  /**
   * Puts another ciphertext of the same tokens in the place of this one, if it is there. Neither
   * the version nor the lease changes: a refresh that is under way is not disturbed.
   */
  boolean reseal(UpstreamTokenId id, Sealed old, Sealed fresh);

  /** The grants in force that rest on these tokens: when the tokens die, the caller ends them. */
  List<Grant> grantsOn(UpstreamTokenId id, Instant now);
}
