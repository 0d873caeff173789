package dev.ostiary.authorization.key;

import dev.ostiary.authorization.store.DataKey;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.authorization.store.StoredKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;

/** Makes new keys in the place of those that are in use. */
public final class KeyRotation {
  private final SigningKeys signing;
  private final DataKeys data;
  private final Duration accessToken;

  private KeyRotation(SigningKeys signing, DataKeys data, Duration accessToken) {
    this.signing = signing;
    this.data = data;
    this.accessToken = accessToken;
  }

  /**
   * @param accessToken how long an access token lives at most
   */
  public static KeyRotation of(SigningKeys signing, DataKeys data, Duration accessToken) {
    return new KeyRotation(signing, data, accessToken);
  }

  /**
   * For the store of an authorization server that does not run. The new signing key has the
   * algorithm of the newest.
   *
   * @param accessToken how long an access token of that server lives at most
   * @throws WrongMasterKey if the store was sealed with another one
   * @throws IllegalStateException if no server has used the store yet
   */
  public static KeyRotation withoutServer(
      Store store, MasterKey masterKey, Duration accessToken, InstantSource time) {
    SigningAlgorithm algorithm =
        store.keys().all().stream()
            .max(Comparator.comparing(StoredKey::signsFrom))
            .map(key -> SigningAlgorithm.valueOf(key.algorithm()))
            .orElseThrow(
                () -> new IllegalStateException("there are no keys yet: a server makes the first"));
    DataKeys data = DataKeys.open(store, masterKey, time);
    SigningKeys signing = SigningKeys.open(store.keys(), data.sealer(), algorithm, time.instant());
    return new KeyRotation(signing, data, accessToken);
  }

  /** A signing key that is published now, and signs when others have had the time to see it. */
  public StoredKey signing(Instant now) {
    return signing.rotate(accessToken, now);
  }

  /** A data key that seals from now on. */
  public DataKey data(Instant now) {
    return data.rotate(now);
  }

  /** How access tokens are signed now. */
  public SigningAlgorithm algorithm() {
    return signing.algorithm();
  }
}
