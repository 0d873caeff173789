package dev.ostiary.simulator.token;

/** When an application's access tokens expire and bring a refresh token. */
public enum TokenExpiry {
  /** Never, whatever is asked for: older applications, and GitHub Enterprise Server. */
  NEVER,
  /** When the authorization request names {@code offline_access}. */
  ON_REQUEST,
  /** Always, by the application's setting. */
  ALWAYS
}
