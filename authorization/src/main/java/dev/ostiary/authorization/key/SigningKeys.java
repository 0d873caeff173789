package dev.ostiary.authorization.key;

import com.nimbusds.jose.jwk.JWKSet;
import dev.ostiary.authorization.store.KeyStore;
import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.authorization.store.StoredKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The keys that sign access tokens: one that signs now, perhaps one that will, and those whose last
 * tokens have not expired. They live in the store; what is kept of them here is read again every
 * minute, and when a token names a key that another node may have made.
 */
public final class SigningKeys {
  private static final System.Logger LOG = System.getLogger(SigningKeys.class.getName());

  /** A key must be published for longer than this before it signs. */
  private static final Duration KEPT = Duration.ofMinutes(1);

  /** Foreign tokens with made-up keys cost the store no more than this. */
  private static final Duration BETWEEN_READS = Duration.ofSeconds(5);

  private final KeyStore store;
  private final Sealer sealer;
  private final SigningAlgorithm algorithm;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile Ring ring;

  private SigningKeys(KeyStore store, Sealer sealer, SigningAlgorithm algorithm, Ring ring) {
    this.store = store;
    this.sealer = sealer;
    this.algorithm = algorithm;
    this.ring = ring;
  }

  private record Ring(List<SigningKey> keys, Instant readAt) {}

  /**
   * Reads the keys, and makes the first one if there is none for this algorithm. Blocks.
   *
   * @throws IllegalStateException if they were sealed with another master key
   */
  public static SigningKeys open(
      KeyStore store, Sealer sealer, SigningAlgorithm algorithm, Instant now) {
    List<StoredKey> stored = store.all();
    if (stored.isEmpty()) {
      stored = store.begin(SigningKey.seal(algorithm.generate(), sealer, now));
    }
    if (stored.stream().noneMatch(key -> key.algorithm().equals(algorithm.name()))) {
      store.add(SigningKey.seal(algorithm.generate(), sealer, now));
      stored = store.all();
    }
    return new SigningKeys(
        store, sealer, algorithm, new Ring(read(stored, sealer, algorithm), now));
  }

  /** The JWK set that protected resources verify with (RFC 7517 §5). */
  public String jwks(Instant now) {
    return new JWKSet(
            published(now).stream()
                .filter(key -> key.isPublished(now))
                .map(SigningKey::publicJwk)
                .toList())
        .toString();
  }

  /** The key that signs now. */
  SigningKey current(Instant now) {
    List<SigningKey> signing =
        published(now).stream()
            .filter(key -> key.signer() != null)
            .sorted(Comparator.comparing(key -> key.stored().signsFrom()))
            .toList();
    return signing.stream()
        .filter(key -> !key.stored().signsFrom().isAfter(now))
        .reduce((_, later) -> later)
        .or(() -> signing.stream().findFirst())
        .orElseThrow(() -> new IllegalStateException("no key is left to sign with"));
  }

  /**
   * The key of this id, if tokens of it are accepted now.
   *
   * @throws StoreUnavailable if it is not known and the store cannot be asked
   */
  Optional<SigningKey> find(String keyId, Instant now) {
    Optional<SigningKey> known = in(published(now), keyId);
    if (known.isEmpty() && isOlderThan(BETWEEN_READS, now)) {
      readAgain(now, BETWEEN_READS);
      known = in(ring.keys(), keyId);
    }
    return known.filter(key -> key.isPublished(now));
  }

  private static Optional<SigningKey> in(List<SigningKey> keys, String keyId) {
    return keys.stream().filter(key -> key.stored().keyId().equals(keyId)).findFirst();
  }

  private List<SigningKey> published(Instant now) {
    if (isOlderThan(KEPT, now)) {
      try {
        readAgain(now, KEPT);
      } catch (StoreUnavailable trouble) {
        LOG.log(System.Logger.Level.WARNING, "cannot read the signing keys again", trouble);
      }
    }
    return ring.keys();
  }

  private boolean isOlderThan(Duration age, Instant now) {
    return Duration.between(ring.readAt(), now).compareTo(age) >= 0;
  }

  /** One thread reads, and the others wait for what it finds. */
  private void readAgain(Instant now, Duration age) {
    reading.lock();
    try {
      if (isOlderThan(age, now)) {
        ring = new Ring(readOrKeep(now), now);
      }
    } finally {
      reading.unlock();
    }
  }

  /** A store that does not answer, or a key that cannot be read, does not affect the other keys. */
  private List<SigningKey> readOrKeep(Instant now) {
    try {
      return read(store.all(), sealer, algorithm);
    } catch (StoreUnavailable trouble) {
      ring = new Ring(ring.keys(), now);
      throw trouble;
    } catch (IllegalStateException unreadable) {
      LOG.log(System.Logger.Level.ERROR, "the signing keys stay as they are", unreadable);
      return ring.keys();
    }
  }

  private static List<SigningKey> read(
      List<StoredKey> stored, Sealer sealer, SigningAlgorithm algorithm) {
    return stored.stream()
        .map(key -> SigningKey.open(key, sealer, key.algorithm().equals(algorithm.name())))
        .toList();
  }
}
