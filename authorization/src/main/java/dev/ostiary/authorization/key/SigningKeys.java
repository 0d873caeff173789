package dev.ostiary.authorization.key;

import com.nimbusds.jose.jwk.JWKSet;
import dev.ostiary.authorization.store.KeyStore;
import dev.ostiary.authorization.store.Sealed;
import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.authorization.store.StoredKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The keys that sign access tokens: one that signs now, perhaps one that will, and those whose last
 * tokens have not expired.
 */
public final class SigningKeys {
  /**
   * How long a new key is published before it signs: other nodes see it within a minute, protected
   * resources when the 5 minutes are over that they may keep the JWK set.
   */
  private static final Duration PUBLISHED_FIRST = Duration.ofMinutes(10);

  /** How much longer than its last token a key is kept: clocks of nodes differ. */
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private static final System.Logger LOG = System.getLogger(SigningKeys.class.getName());

  private final KeyStore store;
  private final Sealer sealer;
  private final SigningAlgorithm algorithm;
  private final KeptRead<List<SigningKey>> kept;

  private SigningKeys(
      KeyStore store,
      Sealer sealer,
      SigningAlgorithm algorithm,
      List<StoredKey> keys,
      Instant now) {
    this.store = store;
    this.sealer = sealer;
    this.algorithm = algorithm;
    this.kept =
        new KeptRead<>(
            () -> read(store.all(), sealer, algorithm),
            "signing keys",
            read(keys, sealer, algorithm),
            now);
  }

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
    if (stored.stream().noneMatch(key -> isUsable(key, algorithm))) {
      store.add(SigningKey.seal(algorithm.generate(), sealer, now));
      stored = store.all();
    }
    return new SigningKeys(store, sealer, algorithm, stored, now);
  }

  private static boolean isUsable(StoredKey key, SigningAlgorithm algorithm) {
    return key.algorithm().equals(algorithm.name()) && key.removeAt() == null;
  }

  SigningAlgorithm algorithm() {
    return algorithm;
  }

  /**
   * Makes a new key that is published now and signs ten minutes from now. Every other key is
   * published until the last token that it signed has expired. Blocks.
   *
   * @param accessToken how long an access token lives
   */
  StoredKey rotate(Duration accessToken, Instant time) {
    Instant now = time.truncatedTo(ChronoUnit.MILLIS);
    Instant signsFrom =
        store.all().stream()
            .map(key -> key.signsFrom().plusMillis(1))
            .reduce(now.plus(PUBLISHED_FIRST), (one, other) -> one.isAfter(other) ? one : other);
    StoredKey next = SigningKey.seal(algorithm.generate(), sealer, now, signsFrom);
    store.rotate(next, signsFrom.plus(accessToken).plus(MARGIN));
    kept.now(now);
    return next;
  }

  /** Removes keys whose last token has expired. Blocks. */
  void removeExpired(Instant now) {
    for (StoredKey key : store.all()) {
      Instant removeAt = key.removeAt();
      if (removeAt != null && !now.isBefore(removeAt)) {
        store.remove(key.keyId());
        LOG.log(
            System.Logger.Level.INFO,
            "signing key {0} is removed: its last token has expired",
            key.keyId());
      }
    }
  }

  /**
   * Seals the private keys anew that are not sealed with the newest data key. Blocks.
   *
   * @param current whether that key has sealed something
   */
  void reseal(Predicate<Sealed> current) {
    for (StoredKey key : store.all()) {
      if (!current.test(key.privateJwk())) {
        String context = SigningKey.context(key.keyId());
        sealer
            .open(key.privateJwk(), context)
            .ifPresent(
                jwk -> store.reseal(key.keyId(), key.privateJwk(), sealer.seal(jwk, context)));
      }
    }
  }

  /** The JWK set that protected resources verify with (RFC 7517 §5). */
  public String jwks(Instant now) {
    return new JWKSet(
            kept.recent(now).stream()
                .filter(key -> key.isPublished(now))
                .map(SigningKey::publicJwk)
                .toList())
        .toString();
  }

  /** The key that signs now. */
  SigningKey current(Instant now) {
    List<SigningKey> signing =
        kept.recent(now).stream()
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
    Optional<SigningKey> known = in(kept.recent(now), keyId);
    return known.or(() -> in(kept.newest(now), keyId)).filter(key -> key.isPublished(now));
  }

  private static Optional<SigningKey> in(List<SigningKey> keys, String keyId) {
    return keys.stream().filter(key -> key.stored().keyId().equals(keyId)).findFirst();
  }

  private static List<SigningKey> read(
      List<StoredKey> stored, Sealer sealer, SigningAlgorithm algorithm) {
    return stored.stream()
        .map(key -> SigningKey.open(key, sealer, key.algorithm().equals(algorithm.name())))
        .toList();
  }
}
