package dev.ostiary.authorization.key;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The key that everything secret in the store hangs on. Who loses it loses every grant; who leaks
 * it leaks them. Its text form is a Tink keyset in JSON, which may hold several keys: the primary
 * one seals, all of them open.
 */
public final class MasterKey {
  private static final Configuration TINK = AeadConfig2026.get();

  private final KeysetHandle keyset;
  private final byte[] root;

  private MasterKey(KeysetHandle keyset, byte[] root) {
    this.keyset = keyset;
    this.root = root;
  }

  /** The text of a new key: two lines, a keyset and 32 random bytes that derived values hang on. */
  public static String generate() {
    try {
      KeysetHandle fresh = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, TINK);
      String json =
          TinkJsonProtoKeysetFormat.serializeKeyset(fresh, TINK, InsecureSecretKeyAccess.get());
      return json.replace("\n", "")
          + "\n"
          + HexFormat.of().formatHex(new SecretSource().bytes(32))
          + "\n";
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("AES-GCM is not available", impossible);
    }
  }

  /**
   * Reads a key from its text form.
   *
   * @throws GeneralSecurityException if it is not one; the message says nothing of its content
   */
  public static MasterKey parse(String text) throws GeneralSecurityException {
    String[] lines = text.strip().split("\n");
    if (lines.length != 2 || !lines[1].strip().matches("[0-9a-f]{64}")) {
      throw new GeneralSecurityException("not a master key");
    }
    KeysetHandle keyset =
        TinkJsonProtoKeysetFormat.parseKeyset(lines[0], TINK, InsecureSecretKeyAccess.get());
    return new MasterKey(keyset, HexFormat.of().parseHex(lines[1].strip()));
  }

  /** What seals and opens secrets at rest. */
  public Sealer sealer() {
    try {
      return new Sealer(keyset.getPrimitive(TINK, Aead.class));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("the keyset has no AEAD key", impossible);
    }
  }

  /** A key of its own for one purpose, the same at every start (RFC 5869). */
  public DerivedKey derive(String purpose) {
    try {
      byte[] key =
          KDF.getInstance("HKDF-SHA256")
              .deriveData(
                  HKDFParameterSpec.ofExtract()
                      .addIKM(root)
                      .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), 32));
      return new DerivedKey(key);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("HKDF is not available", impossible);
    }
  }

  @Override
  public String toString() {
    return "MasterKey[*****]";
  }
}
