package dev.ostiary.connector.openid;

import dev.ostiary.protocol.CodeChallenge;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The nonce of a request (OpenID Connect Core §3.1.2.1): a hash of its code challenge, so that it
 * is known again from the code verifier at the callback and nothing has to be stored.
 */
final class Nonce {
  private static final String PURPOSE = "nonce of the request with code challenge ";

  private Nonce() {}

  static String of(CodeChallenge challenge) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((PURPOSE + challenge.value()).getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
  }
}
