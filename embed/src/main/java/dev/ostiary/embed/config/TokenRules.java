package dev.ostiary.embed.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What must hold of the lifetimes. */
final class TokenRules {
  private final List<Problem> problems = new ArrayList<>();

  private TokenRules() {}

  static List<Problem> check(Tokens tokens) {
    TokenRules rules = new TokenRules();
    rules.within(
        "access-token-lifetime",
        tokens.accessTokenLifetime(),
        Duration.ofMinutes(1),
        Duration.ofDays(1),
        "A stolen access token is good until it expires; an hour is usual.");
    rules.within(
        "refresh-token-lifetime",
        tokens.refreshTokenLifetime(),
        Duration.ofHours(1),
        Duration.ofDays(365),
        "It says how long a client may stay away without its user signing in again.");
    rules.within(
        "refresh-token-grace",
        tokens.refreshTokenGrace(),
        Duration.ZERO,
        Duration.ofHours(1),
        "It forgives clients that refresh twice at once; thieves profit from more.");
    rules.within(
        "grant-lifetime",
        tokens.grantLifetime(),
        Duration.ofHours(1),
        Duration.ofDays(3650),
        "After it, the user has to sign in again, however active the client is.");
    rules.within(
        "code-lifetime",
        tokens.codeLifetime(),
        Duration.ofSeconds(10),
        Duration.ofMinutes(10),
        "A code is used at once or not at all (RFC 6749 §4.1.2).");
    rules.order(tokens);
    return rules.problems;
  }

  private void within(String key, Duration value, Duration least, Duration most, String remedy) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      problems.add(
          new Problem(
              "tokens." + key,
              TimeSpan.format(value),
              "must be between " + TimeSpan.format(least) + " and " + TimeSpan.format(most),
              remedy));
    }
  }

  private void order(Tokens tokens) {
    if (tokens.refreshTokenLifetime().compareTo(tokens.grantLifetime()) > 0) {
      problems.add(
          new Problem(
              "tokens.refresh-token-lifetime",
              TimeSpan.format(tokens.refreshTokenLifetime()),
              "must not be longer than tokens.grant-lifetime, which is "
                  + TimeSpan.format(tokens.grantLifetime()),
              "A refresh token ends with its grant: shorten it, or lengthen the grant."));
    }
  }
}
