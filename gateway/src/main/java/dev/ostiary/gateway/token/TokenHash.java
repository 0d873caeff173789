package dev.ostiary.gateway.token;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The SHA-256 of an access token: what it is remembered by, instead of itself. */
public record TokenHash(long first, long second, long third, long fourth) {
  public static TokenHash of(String token) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(ISO_8859_1));
      ByteBuffer parts = ByteBuffer.wrap(hash);
      return new TokenHash(parts.getLong(), parts.getLong(), parts.getLong(), parts.getLong());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  @Override
  public String toString() {
    return "sha256:" + Long.toHexString(first >>> 32);
  }
}
