package dev.ostiary.simulator.token;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Unused authorization codes. Each is good for ten minutes and one use. */
public final class Codes {
  public static final Duration LIFETIME = Duration.ofMinutes(10);

  private final TokenFactory factory;
  private final Map<String, AuthorizationCode> waiting = new LinkedHashMap<>();

  Codes(TokenFactory factory) {
    this.factory = factory;
  }

  public synchronized String issue(AuthorizationCode code, Instant now) {
    dropExpired(now);
    String value = factory.code();
    waiting.put(value, code);
    return value;
  }

  /** Uses the code up. Of any number of concurrent calls, one gets it. */
  public synchronized Optional<AuthorizationCode> redeem(App app, String value, Instant now) {
    AuthorizationCode code = waiting.get(value);
    if (code == null || !code.app().clientId().equals(app.clientId())) {
      return Optional.empty();
    }
    waiting.remove(value);
    return now.isBefore(code.expires()) ? Optional.of(code) : Optional.empty();
  }

  /** The oldest stand first. */
  private void dropExpired(Instant now) {
    var oldest = waiting.values().iterator();
    while (oldest.hasNext() && !now.isBefore(oldest.next().expires())) {
      oldest.remove();
    }
  }
}
