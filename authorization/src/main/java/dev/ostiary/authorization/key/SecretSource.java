package dev.ostiary.authorization.key;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes secrets that cannot be guessed: 256 random bits (RFC 6749 §10.10 asks for 128). */
public final class SecretSource {
  private final SecureRandom random = new SecureRandom();

  /** 43 characters of base64url after the prefix. */
  public String next(String prefix) {
    return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(32));
  }

  /**
   * 22 characters of base64url, 128 random bits: an identifier that is no secret. None begins with
   * a hyphen, so that on a command line it is no option.
   */
  public String id() {
    String id;
    do {
      id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(16));
    } while (id.startsWith("-"));
    return id;
  }

  public byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
