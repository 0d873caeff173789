package dev.ostiary.connector.local;

import dev.ostiary.authorization.limit.RateLimited;
import dev.ostiary.authorization.limit.SecretThrottle;
import dev.ostiary.authorization.model.Limit;
import dev.ostiary.http.Request;
import dev.ostiary.protocol.Secret;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Checks passwords: two at a time, since each takes memory and a processor, and not many wrong ones
 * from one address or of one user. A name that no user has takes as long as one that is right.
 */
final class Passwords {
  private static final int AT_ONCE = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Wrong passwords: 20 from one address, then one in 3 s. */
  private static final Limit OF_ADDRESS = new Limit(20, Duration.ofMinutes(1), 20);

  /** Wrong passwords of one user: 10, then one in 30 s. */
  private static final Limit OF_USER = new Limit(2, Duration.ofMinutes(1), 10);

  private final Map<String, PasswordHash> hashes = new HashMap<>();
  private final PasswordHash unknown;
  private final SecretThrottle<String> guesses;
  private final Semaphore checks = new Semaphore(AT_ONCE, true);

  /**
   * @param users whose hashes are right, which the configuration has checked
   */
  Passwords(Map<String, LocalUser> users, InstantSource time) {
    users.forEach(
        (name, user) ->
            hashes.put(name, PasswordHash.parse(user.passwordHash().reveal()).orElseThrow()));
    this.unknown = hashes.values().iterator().next();
    this.guesses = SecretThrottle.ofUsers(OF_ADDRESS, OF_USER, time);
  }

  /** What came of a password. */
  sealed interface Answer {
    /** It is the user's. */
    record Right() implements Answer {}

    /**
     * It is not.
     *
     * @param known whether there is such a user
     */
    record Wrong(boolean known) implements Answer {}

    /** It was not checked: too many were wrong. */
    record TooMany(int retryAfter) implements Answer {}

    /** It was not checked: too many others are. */
    record Busy() implements Answer {}
  }

  Answer check(Request request, String user, Secret password) throws InterruptedException {
    boolean known = hashes.containsKey(user);
    String owner = known ? user : "";
    Optional<RateLimited> before = guesses.tooMany(request, owner);
    if (before.isPresent()) { // without waiting in the way of others
      return new Answer.TooMany(before.get().retryAfter());
    }
    if (!checks.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      return new Answer.Busy();
    }
    try {
      Optional<RateLimited> tooMany = guesses.tooMany(request, owner);
      if (tooMany.isPresent()) {
        return new Answer.TooMany(tooMany.get().retryAfter());
      }
      boolean matches = hashes.getOrDefault(user, unknown).matches(password);
      if (matches && known) {
        return new Answer.Right();
      }
      guesses.wrong(request, owner);
      return new Answer.Wrong(known);
    } finally {
      checks.release();
    }
  }
}
