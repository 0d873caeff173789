package dev.ostiary.protocol;

import java.util.Optional;
import java.util.regex.Pattern;

/** The S256 transform of a code verifier: 43 characters of base64url (RFC 7636 §4.2). */
public record CodeChallenge(String value) {
  private static final Pattern S256 = Pattern.compile("[A-Za-z0-9_-]{43}");

  /**
   * Checks the shape.
   *
   * @throws IllegalArgumentException if it is not 43 characters of base64url
   */
  public CodeChallenge {
    if (!S256.matcher(value).matches()) {
      throw new IllegalArgumentException("not an S256 code challenge");
    }
  }

  public static Optional<CodeChallenge> parse(String text) {
    return S256.matcher(text).matches() ? Optional.of(new CodeChallenge(text)) : Optional.empty();
  }
}
