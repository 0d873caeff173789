package dev.ostiary.authorization.key;

import com.nimbusds.jose.jwk.JWKSet;
import dev.ostiary.authorization.store.KeyStore;
import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.authorization.store.StoredKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The keys that sign access tokens: one that signs now, perhaps one that will, and those whose last
 * tokens have not expired.
 */
public final class SigningKeys {
  private final KeptRead<List<SigningKey>> kept;

  private SigningKeys(KeptRead<List<SigningKey>> kept) {
    this.kept = kept;
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
    if (stored.stream().noneMatch(key -> key.algorithm().equals(algorithm.name()))) {
      store.add(SigningKey.seal(algorithm.generate(), sealer, now));
      stored = store.all();
    }
    return new SigningKeys(
        new KeptRead<>(
            () -> read(store.all(), sealer, algorithm),
            "signing keys",
            read(stored, sealer, algorithm),
            now));
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
