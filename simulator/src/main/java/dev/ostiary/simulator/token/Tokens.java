package dev.ostiary.simulator.token;

import dev.ostiary.simulator.token.AccessToken.Renewal;
import dev.ostiary.simulator.world.Account;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Every token in force. At most ten are alike, where that is limited; one more ends the oldest. */
public final class Tokens {
  private static final int ALIKE = 10;

  private final TokenFactory factory;
  private final boolean limited;
  private final Map<String, AccessToken> byValue = new LinkedHashMap<>();
  private long issued;

  Tokens(TokenFactory factory, boolean limited) {
    this.factory = factory;
    this.limited = limited;
  }

  public synchronized AccessToken issue(
      App app, Account account, Scopes scopes, boolean expiring, Instant now) {
    AccessToken token = make(app, account, scopes, expiring ? renewal(app, now) : null, now);
    if (limited) {
      makeRoom(token);
    }
    byValue.put(token.value(), token);
    return token;
  }

  private void makeRoom(AccessToken token) {
    List<AccessToken> alike = byValue.values().stream().filter(token::isLike).toList();
    if (alike.size() >= ALIKE) {
      alike.stream()
          .min(Comparator.comparingLong(AccessToken::number))
          .ifPresent(oldest -> byValue.remove(oldest.value()));
    }
  }

  public synchronized Optional<AccessToken> find(String value, Instant now) {
    return Optional.ofNullable(byValue.get(value)).filter(token -> token.isAlive(now));
  }

  /** Ends the pair that the refresh token belongs to and issues its successor. */
  public synchronized Optional<AccessToken> refresh(App app, String refreshToken, Instant now) {
    Optional<AccessToken> found =
        byValue.values().stream().filter(renewable(app, refreshToken, now)).findFirst();
    return found.map(
        old -> {
          byValue.remove(old.value());
          AccessToken token = make(app, old.account(), old.scopes(), renewal(app, now), now);
          byValue.put(token.value(), token);
          return token;
        });
  }

  /** Gives the token another value; the old one ends at once. */
  public synchronized Optional<AccessToken> reset(App app, String value, Instant now) {
    return find(value, now)
        .filter(token -> isOf(app, token))
        .map(
            old -> {
              byValue.remove(old.value());
              AccessToken token = make(app, old.account(), old.scopes(), old.renewal(), now);
              byValue.put(token.value(), token);
              return token;
            });
  }

  public synchronized void revokeIf(Predicate<AccessToken> doomed) {
    byValue.values().removeIf(doomed);
  }

  public static boolean isOf(App app, AccessToken token) {
    return token.app().clientId().equals(app.clientId());
  }

  private static Predicate<AccessToken> renewable(App app, String refreshToken, Instant now) {
    return token ->
        token.renewal() != null
            && token.renewal().refreshToken().equals(refreshToken)
            && token.mayRefresh(now)
            && isOf(app, token);
  }

  private AccessToken make(
      App app, Account account, Scopes scopes, @Nullable Renewal renewal, Instant now) {
    String value = factory.accessToken(app);
    return new AccessToken(++issued, value, app, account, scopes, now, renewal);
  }

  private Renewal renewal(App app, Instant now) {
    return new Renewal(
        factory.refreshToken(),
        now.plus(AccessToken.LIFETIME),
        now.plus(AccessToken.refreshLifetime(app)));
  }
}
