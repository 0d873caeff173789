package dev.ostiary.simulator.token;

import dev.ostiary.simulator.world.Account;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an application calls the API with in a person's name.
 *
 * @param number its place in the order of issue
 * @param renewal how it ends and goes on; null for a token that does not expire
 */
public record AccessToken(
    long number,
    String value,
    App app,
    Account account,
    Scopes scopes,
    Instant created,
    @Nullable Renewal renewal) {

  /** Eight hours. */
  static final Duration LIFETIME = Duration.ofHours(8);

  /** The refresh token beside it and when both end. */
  public record Renewal(String refreshToken, Instant expires, Instant refreshExpires) {}

  boolean isAlive(Instant now) {
    return renewal == null || now.isBefore(renewal.expires());
  }

  boolean mayRefresh(Instant now) {
    return renewal != null && now.isBefore(renewal.refreshExpires());
  }

  /** Six months, which GitHub counts differently for its two kinds of applications. */
  static Duration refreshLifetime(App app) {
    return Duration.ofSeconds(app.isOAuthApp() ? 15_897_600 : 15_811_200);
  }

  boolean isLike(AccessToken other) {
    return app.clientId().equals(other.app.clientId())
        && account.id() == other.account.id()
        && scopes.isSameAs(other.scopes);
  }

  /** A GitHub App's token has no scopes and may read whatever its person may. */
  public boolean covers(ScopeName wanted) {
    return !app.isOAuthApp() || scopes.covers(wanted);
  }

  @Override
  public String toString() {
    return "token " + number + " of " + account.login();
  }
}
