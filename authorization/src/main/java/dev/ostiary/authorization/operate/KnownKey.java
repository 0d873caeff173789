package dev.ostiary.authorization.operate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key as an operator sees it: never the key itself.
 *
 * @param algorithm a JWS {@code alg}; null for a data key, which is one of AES-256-GCM
 * @param usedFrom when it signs or seals from
 * @param removeAt when it is removed; null if that is not known yet
 */
public record KnownKey(
    String id,
    Use use,
    State state,
    @Nullable String algorithm,
    Instant createdAt,
    Instant usedFrom,
    @Nullable Instant removeAt) {
  /** What a key is for. */
  public enum Use {
    /** Signs access tokens. */
    SIGNING,
    /** Seals secrets at rest. */
    DATA
  }

  /** What a key does now. */
  public enum State {
    /** Is published, and will sign. */
    NEXT,
    SIGNS,
    /** Is published until the last token that it signed has expired. */
    VERIFIES,
    SEALS,
    /** Opens what it sealed, until all of that is sealed anew. */
    OPENS
  }
}
