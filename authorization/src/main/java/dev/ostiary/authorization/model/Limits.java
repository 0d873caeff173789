package dev.ostiary.authorization.model;

import java.time.Duration;

/**
 * How often what may happen before the answer is 429. An address is often a whole company's or a
 * cloud's, so the defaults stop programs gone wild and not a busy morning.
 *
 * @param registration registrations by address
 * @param authorization visits to the authorization endpoint by address
 * @param token token requests by grant; leave room for a client that refreshes in parallel
 * @param refusal refused token requests that belong to no grant, by address
 * @param failedSecretsOfAddress wrong client secrets by address
 * @param failedSecretsOfClient wrong client secrets by client
 */
public record Limits(
    Limit registration,
    Limit authorization,
    Limit token,
    Limit refusal,
    Limit failedSecretsOfAddress,
    Limit failedSecretsOfClient) {
  public static final Limits DEFAULTS =
      new Limits(
          new Limit(300, Duration.ofHours(1), 100),
          new Limit(600, Duration.ofMinutes(1), 600),
          new Limit(120, Duration.ofMinutes(1), 240),
          new Limit(300, Duration.ofMinutes(1), 300),
          new Limit(60, Duration.ofMinutes(1), 60),
          new Limit(10, Duration.ofMinutes(1), 20));

  /** None at all. */
  public static final Limits OFF =
      new Limits(Limit.NONE, Limit.NONE, Limit.NONE, Limit.NONE, Limit.NONE, Limit.NONE);
}
