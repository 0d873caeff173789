package dev.ostiary.simulator.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** SHA-256 in the spellings that headers and parameters want. */
public final class Sha256 {
  private Sha256() {}

  public static String hexadecimal(byte[] content) {
    return HexFormat.of().formatHex(digest(content));
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** As PKCE writes it: for URLs, without padding (RFC 7636 §4.2). */
  public static String base64Url(String text) {
    byte[] digest = digest(text.getBytes(StandardCharsets.UTF_8));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
  }

  private static byte[] digest(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
