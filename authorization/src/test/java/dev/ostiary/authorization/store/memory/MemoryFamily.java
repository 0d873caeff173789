package dev.ostiary.authorization.store.memory;

import dev.ostiary.authorization.store.AuthorizationCode;
import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.store.GrantStore.Rotation;
import dev.ostiary.authorization.store.RefreshToken;
import dev.ostiary.protocol.GrantId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A grant with its code and the state of its family: which generation of refresh tokens is the
 * newest, and since when. Guarded by the store's lock.
 */
final class MemoryFamily {
  final AuthorizationCode code;
  private @Nullable Instant redeemedAt;
  private @Nullable EndReason ended;
  private int generation;
  private Instant rotatedAt = Instant.MIN;
  private Instant usableUntil = Instant.MIN;

  MemoryFamily(AuthorizationCode code) {
    this.code = code;
  }

  Grant grant() {
    return code.grant();
  }

  GrantId id() {
    return grant().id();
  }

  boolean isRedeemed() {
    return redeemedAt != null;
  }

  /** When its client was given tokens last; null while it waits for its code. */
  @Nullable Instant usedAt() {
    return isRedeemed() ? rotatedAt : null;
  }

  boolean hasEnded() {
    return ended != null;
  }

  boolean isInForce(Instant now) {
    return isRedeemed() && !hasEnded() && now.isBefore(grant().expiresAt());
  }

  boolean waitsForItsCode(Instant now) {
    return !isRedeemed()
        && !hasEnded()
        && now.isBefore(code.expiresAt())
        && now.isBefore(grant().expiresAt());
  }

  /** Whether it can be used: its refresh token may have expired, and all access tokens. */
  boolean isUsable(Instant now) {
    return isInForce(now) && now.isBefore(usableUntil);
  }

  void redeem(Duration idle, Instant now) {
    redeemedAt = now;
    advance(idle, now);
  }

  void end(EndReason reason) {
    ended = reason;
  }

  boolean isNewest(RefreshToken token) {
    return token.generation() == generation;
  }

  /** Whether a token was left unused for too long; one that was used in time never expires. */
  boolean hasExpired(RefreshToken token, Instant now) {
    return isNewest(token) && !now.isBefore(token.expiresAt());
  }

  /** What presenting this token comes to; {@link Rotation.Won} when it is the newest. */
  Rotation present(RefreshToken token, Duration grace, Instant now) {
    if (!isInForce(now) || hasExpired(token, now)) {
      return new Rotation.Unknown();
    }
    if (isNewest(token)) {
      return new Rotation.Won(grant());
    }
    boolean successorUnused = token.generation() == generation - 1;
    return successorUnused && now.isBefore(rotatedAt.plus(grace))
        ? new Rotation.Repeated(grant())
        : new Rotation.Reused(grant());
  }

  /** Makes the next generation the newest, and names it. */
  int advance(Duration idle, Instant now) {
    rotatedAt = now;
    usableUntil = now.plus(idle).plus(GrantStore.KEPT_UNUSABLE);
    generation++;
    return generation;
  }

  /** Whether nothing that descends from it can have an effect any more. */
  boolean isForgettable(Instant now) {
    if (redeemedAt == null) {
      return !waitsForItsCode(now);
    }
    return !isUsable(now) && !now.isBefore(redeemedAt.plus(GrantStore.USED_CODE_KEPT));
  }
}
