package dev.ostiary.authorization.key;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.util.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The key that everything secret in the store hangs on: 256 random bits, from which a key of its
 * own is derived for each purpose; one of them seals the {@link DataKeys}. If it is lost, every
 * grant is; who has it and the store has every token. Its text form is 64 hexadecimal digits.
 */
public final class MasterKey {
  /** What it sealed itself before there were data keys. */
  static final String AT_REST = "secrets-at-rest";

  private static final int BYTES = 32;
  private static final Pattern TEXT = Pattern.compile("[0-9a-f]{64}");

  private final byte[] root;

  private MasterKey(byte[] root) {
    this.root = root;
  }

  /** The text of a new key, as a line. */
  public static String generate() {
    return HexFormat.of().formatHex(new SecretSource().bytes(BYTES)) + "\n";
  }

  /**
   * Reads a key from its text form.
   *
   * @throws GeneralSecurityException if it is not one; the message says nothing of its content
   */
  public static MasterKey parse(String text) throws GeneralSecurityException {
    if (!TEXT.matcher(text.strip()).matches()) {
      throw new GeneralSecurityException("not a master key");
    }
    return new MasterKey(HexFormat.of().parseHex(text.strip()));
  }

  /** What seals and opens where no data key does: AES-256-GCM. */
  public Sealer sealer() {
    return sealer(AT_REST);
  }

  /** What seals and opens for one purpose, with a key of its own. */
  public Sealer sealer(String purpose) {
    return new Sealer(aead(purpose));
  }

  Aead aead(String purpose) {
    return aesGcm(bytesFor(purpose));
  }

  /** AES-256-GCM with this key. */
  @AccessesPartialKey
  static Aead aesGcm(byte[] key) {
    try {
      AesGcmParameters parameters =
          AesGcmParameters.builder()
              .setKeySizeBytes(BYTES)
              .setIvSizeBytes(12)
              .setTagSizeBytes(16)
              .build();
      SecretBytes bytes = SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get());
      return AesGcmJce.create(
          AesGcmKey.builder().setParameters(parameters).setKeyBytes(bytes).build());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("AES-GCM is not available", impossible);
    }
  }

  /** A key of its own for one purpose, the same at every start. */
  public DerivedKey derive(String purpose) {
    return new DerivedKey(bytesFor(purpose));
  }

  /** HKDF with the purpose as its context (RFC 5869 §2.3). */
  private byte[] bytesFor(String purpose) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveData(
              HKDFParameterSpec.ofExtract()
                  .addIKM(root)
                  .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), BYTES));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("HKDF is not available", impossible);
    }
  }

  @Override
  public String toString() {
    return "MasterKey[*****]";
  }
}
