package dev.ostiary.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** The secret behind a code challenge: 43 to 128 unreserved characters (RFC 7636 §4.1). */
public record CodeVerifier(String value) {
  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

  /**
   * Checks the shape.
   *
   * @throws IllegalArgumentException if the length or a character is not allowed
   */
  public CodeVerifier {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException("not a code verifier");
    }
  }

  public static Optional<CodeVerifier> parse(String text) {
    return SHAPE.matcher(text).matches() ? Optional.of(new CodeVerifier(text)) : Optional.empty();
  }

  /** Its S256 transform. */
  public CodeChallenge challenge() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.US_ASCII));
      return new CodeChallenge(Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
  }

  /** Nothing of the secret. */
  @Override
  public String toString() {
    return "CodeVerifier[*****]";
  }
}
