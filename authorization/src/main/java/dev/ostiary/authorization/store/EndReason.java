package dev.ostiary.authorization.store;

/** Why a grant ended. */
public enum EndReason {
  /** Its code was redeemed a second time. */
  CODE_REPLAYED,
  /** A refresh token was used again after its successor had taken over. */
  REFRESH_REUSED,
  /** The upstream no longer honours the user's token, or the user is no longer allowed. */
  UPSTREAM_REVOKED,
  /** Its client proved who it is when the grant was made, and no longer does. */
  CLIENT_CHANGED,
  /** The client or the user gave it up. */
  REVOKED,
  /** The operator took it away. */
  OPERATOR
}
