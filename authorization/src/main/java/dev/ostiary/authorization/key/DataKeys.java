package dev.ostiary.authorization.key;

import com.google.crypto.tink.Aead;
import dev.ostiary.authorization.store.DataKey;
import dev.ostiary.authorization.store.DataKeyStore;
import dev.ostiary.authorization.store.KeyStore;
import dev.ostiary.authorization.store.Sealed;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.authorization.store.StoredKey;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys that secrets at rest are sealed with, AES-256-GCM, each sealed itself with the master
 * key. What they seal has a version and the id of the key in front. The newest seals; every one
 * that is in the store opens what it has sealed, and so does the master key, which sealed secrets
 * itself before there were data keys. A node that meets an unknown key reads the keys again.
 */
public final class DataKeys {
  private static final int BYTES = 32;

  private final DataKeyStore store;
  private final Sealer wrapping;
  private final Aead former;
  private final InstantSource time;
  private final KeptRead<Ring> kept;

  private DataKeys(
      DataKeyStore store, MasterKey masterKey, List<DataKey> keys, InstantSource time) {
    this.store = store;
    this.wrapping = wrapping(masterKey);
    this.former = masterKey.aead(MasterKey.AT_REST);
    this.time = time;
    this.kept = new KeptRead<>(() -> ring(store.all()), "data keys", ring(keys), time.instant());
  }

  private record Ring(List<DataKey> keys, Map<String, Aead> byId) {
    DataKey newest() {
      return keys.getLast();
    }

    @Nullable Aead find(@Nullable String id) {
      return id == null ? null : byId.get(id);
    }
  }

  /**
   * Reads the keys, and makes the first one if there is none. Blocks.
   *
   * @throws WrongMasterKey if the store was sealed with another master key; nothing has been
   *     written then
   */
  public static DataKeys open(Store store, MasterKey masterKey, InstantSource time) {
    List<DataKey> keys = store.dataKeys().all();
    if (keys.isEmpty()) {
      checkSigningKeys(store.keys(), masterKey.sealer());
      keys = store.dataKeys().begin(generate(wrapping(masterKey), time.instant()));
    }
    return new DataKeys(store.dataKeys(), masterKey, keys, time);
  }

  /** Before there were data keys, the master key sealed the signing keys itself. */
  private static void checkSigningKeys(KeyStore keys, Sealer sealer) {
    for (StoredKey key : keys.all()) {
      if (sealer.open(key.privateJwk(), SigningKey.context(key.keyId())).isEmpty()) {
        throw new WrongMasterKey();
      }
    }
  }

  /** What seals and opens secrets at rest. */
  public Sealer sealer() {
    return new Sealer(new AtRest());
  }

  /**
   * Makes a new key, which seals from now on: here at once, on other nodes within a minute. Blocks.
   */
  DataKey rotate(Instant now) {
    Instant after = kept.now(now).newest().createdAt().plusMillis(1);
    DataKey next = generate(wrapping, after.isAfter(now) ? after : now);
    store.add(next);
    kept.now(now);
    return next;
  }

  /** The keys that are in the store now, the oldest first. Blocks. */
  List<DataKey> all(Instant now) {
    return kept.now(now).keys();
  }

  void remove(DataKey key) {
    store.remove(key.id());
  }

  /** Whether the newest key has sealed this. */
  boolean isCurrent(Sealed sealed) {
    return kept.recent(time.instant()).newest().id().equals(SealedFormat.keyId(sealed.bytes()));
  }

  private Ring ring(List<DataKey> keys) {
    Map<String, Aead> byId = new HashMap<>();
    for (DataKey key : keys) {
      String hex = wrapping.open(key.key(), context(key.id())).orElseThrow(WrongMasterKey::new);
      byId.put(key.id(), MasterKey.aesGcm(HexFormat.of().parseHex(hex)));
    }
    return new Ring(keys, byId);
  }

  private static DataKey generate(Sealer wrapping, Instant now) {
    SecretSource secrets = new SecretSource();
    String id = secrets.id();
    String key = HexFormat.of().formatHex(secrets.bytes(BYTES));
    return new DataKey(id, wrapping.seal(key, context(id)), now.truncatedTo(ChronoUnit.MILLIS));
  }

  private static Sealer wrapping(MasterKey masterKey) {
    return masterKey.sealer("data-keys");
  }

  private static String context(String id) {
    return "data-key " + id;
  }

  private final class AtRest implements Aead {
    @Override
    public byte[] encrypt(byte[] plain, byte[] context) throws GeneralSecurityException {
      Ring ring = kept.recent(time.instant());
      String id = ring.newest().id();
      return SealedFormat.join(id, present(ring.find(id)).encrypt(plain, context));
    }

    @Override
    public byte[] decrypt(byte[] sealed, byte[] context) throws GeneralSecurityException {
      String id = SealedFormat.keyId(sealed);
      Aead known = kept.recent(time.instant()).find(id);
      if (known != null) {
        return open(known, sealed, context);
      }
      try {
        return former.decrypt(sealed, context);
      } catch (GeneralSecurityException notFormer) {
        Aead late = id == null ? null : kept.newest(time.instant()).find(id);
        if (late == null) {
          throw notFormer;
        }
        return open(late, sealed, context);
      }
    }

    private static byte[] open(Aead key, byte[] sealed, byte[] context)
        throws GeneralSecurityException {
      return key.decrypt(SealedFormat.ciphertext(sealed), context);
    }

    private static Aead present(@Nullable Aead key) throws GeneralSecurityException {
      if (key == null) {
        throw new GeneralSecurityException("the newest data key is missing");
      }
      return key;
    }
  }
}
