package dev.ostiary.authorization.operate;

import dev.ostiary.authorization.audit.Actor;
import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.key.KeyRotation;
import dev.ostiary.authorization.operate.KnownKey.State;
import dev.ostiary.authorization.operate.KnownKey.Use;
import dev.ostiary.authorization.store.DataKey;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.authorization.store.StoredKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an operator does with keys. No key is shown: they are named by their ids. */
public final class KeyOperations {
  private final Store store;
  private final @Nullable KeyRotation rotation;
  private final AuditLog audit;
  private final InstantSource time;

  KeyOperations(Store store, @Nullable KeyRotation rotation, AuditLog audit, InstantSource time) {
    this.store = store;
    this.rotation = rotation;
    this.audit = audit;
    this.time = time;
  }

  /** The signing keys, the oldest first, then the data keys. Blocks. */
  public List<KnownKey> list() {
    Instant now = time.instant();
    List<StoredKey> signing = store.keys().all();
    List<DataKey> data = store.dataKeys().all();
    String signs = signing(signing, now).map(StoredKey::keyId).orElse("");
    List<KnownKey> known = new ArrayList<>();
    signing.forEach(key -> known.add(known(key, state(key, signs, now))));
    data.forEach(
        key -> known.add(known(key, key.equals(data.getLast()) ? State.SEALS : State.OPENS)));
    return known;
  }

  /**
   * Makes a signing key. It is published at once and signs when others have had the time to see it.
   * The others are published until the last token that they signed has expired. Blocks.
   *
   * @throws IllegalStateException if there is no master key to seal it with
   */
  public KnownKey rotateSigning() {
    Instant now = time.instant();
    StoredKey next = rotation().signing(now);
    audit.record(
        new AuditEvent.SigningKeyRotated(
            now, Operator.NO_REQUEST, next.keyId(), next.signsFrom(), Actor.OPERATOR));
    return known(next, State.NEXT);
  }

  /**
   * Makes a data key, which seals from now on. What the others sealed is sealed anew in the
   * background by the server, and then they are removed. Blocks.
   *
   * @throws IllegalStateException if there is no master key to seal it with
   */
  public KnownKey rotateData() {
    Instant now = time.instant();
    DataKey next = rotation().data(now);
    audit.record(
        new AuditEvent.DataKeyRotated(now, Operator.NO_REQUEST, next.id(), Actor.OPERATOR));
    return known(next, State.SEALS);
  }

  private KeyRotation rotation() {
    if (rotation == null) {
      throw new IllegalStateException("keys cannot be rotated without the master key");
    }
    return rotation;
  }

  /** The one that signs: of the server's algorithm, or of the newest key's where none runs. */
  private Optional<StoredKey> signing(List<StoredKey> keys, Instant now) {
    Comparator<StoredKey> age = Comparator.comparing(StoredKey::signsFrom);
    Optional<String> algorithm =
        rotation == null
            ? keys.stream().max(age).map(StoredKey::algorithm)
            : Optional.of(rotation.algorithm().name());
    List<StoredKey> fitting =
        keys.stream().filter(key -> algorithm.equals(Optional.of(key.algorithm()))).toList();
    return fitting.stream()
        .filter(key -> !key.signsFrom().isAfter(now))
        .max(age)
        .or(() -> fitting.stream().min(age));
  }

  private static State state(StoredKey key, String signs, Instant now) {
    if (key.keyId().equals(signs)) {
      return State.SIGNS;
    }
    return key.signsFrom().isAfter(now) ? State.NEXT : State.VERIFIES;
  }

  private static KnownKey known(StoredKey key, State state) {
    return new KnownKey(
        key.keyId(),
        Use.SIGNING,
        state,
        key.algorithm(),
        key.createdAt(),
        key.signsFrom(),
        key.removeAt());
  }

  private static KnownKey known(DataKey key, State state) {
    return new KnownKey(key.id(), Use.DATA, state, null, key.createdAt(), key.createdAt(), null);
  }
}
