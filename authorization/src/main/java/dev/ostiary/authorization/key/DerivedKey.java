package dev.ostiary.authorization.key;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An HMAC-SHA256 key: turns one secret into another that only the holder of the key can compute.
 */
public final class DerivedKey {
  private static final String HMAC = "HmacSHA256";

  private final SecretKeySpec key;

  DerivedKey(byte[] key) {
    this.key = new SecretKeySpec(key, HMAC);
  }

  /** 43 characters of base64url that depend on this key and on the text. */
  public String of(String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("HMAC-SHA256 is not available", impossible);
    }
  }

  @Override
  public String toString() {
    return "DerivedKey[*****]";
  }
}
