package dev.ostiary.authorization.key;

import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What a data key seals: one byte of version, 16 bytes of the key's id, and the ciphertext. */
final class SealedFormat {
  private static final byte VERSION = 1;
  private static final int ID = 16;
  private static final int PREFIX = 1 + ID;

  private SealedFormat() {}

  static byte[] join(String keyId, byte[] ciphertext) {
    byte[] joined = new byte[PREFIX + ciphertext.length];
    joined[0] = VERSION;
    System.arraycopy(Base64.getUrlDecoder().decode(keyId), 0, joined, 1, ID);
    System.arraycopy(ciphertext, 0, joined, PREFIX, ciphertext.length);
    return joined;
  }

  /** The id of the key that sealed this; null if a data key cannot have done so. */
  static @Nullable String keyId(byte[] sealed) {
    return sealed.length < PREFIX || sealed[0] != VERSION
        ? null
        : Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(Arrays.copyOfRange(sealed, 1, PREFIX));
  }

  static byte[] ciphertext(byte[] sealed) {
    return Arrays.copyOfRange(sealed, PREFIX, sealed.length);
  }
}
