package dev.ostiary.authorization.model;

import java.time.Duration;

/**
 * How long things live.
 *
 * @param code an authorization code; at most 10 minutes (RFC 6749 §4.1.2)
 * @param accessToken an access token
 * @param refreshIdle an unused refresh token
 * @param grant a grant, however often it is refreshed
 * @param refreshGrace how long a repeated refresh token gets the same successor
 * @param consent how long the consent page waits for an answer
 * @param signIn how long a user may take at the upstream
 * @param session how long a browser is known
 */
public record Lifetimes(
    Duration code,
    Duration accessToken,
    Duration refreshIdle,
    Duration grant,
    Duration refreshGrace,
    Duration consent,
    Duration signIn,
    Duration session) {
  public static final Lifetimes DEFAULTS =
      new Lifetimes(
          Duration.ofMinutes(1),
          Duration.ofHours(1),
          Duration.ofDays(30),
          Duration.ofDays(365),
          Duration.ofMinutes(10),
          Duration.ofMinutes(10),
          Duration.ofMinutes(10),
          Duration.ofHours(8));
}
