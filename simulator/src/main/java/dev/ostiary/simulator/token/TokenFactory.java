package dev.ostiary.simulator.token;

import java.security.SecureRandom;

/** Makes random secrets, each in its own form. */
public final class TokenFactory {
  private static final String LETTERS_AND_DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final String HEXADECIMAL = "0123456789abcdef";

  private final SecureRandom random = new SecureRandom();

  String accessToken(App app) {
    return (app.isOAuthApp() ? "gho_" : "ghu_") + letters(LETTERS_AND_DIGITS, 36);
  }

  String refreshToken() {
    return "ghr_" + letters(LETTERS_AND_DIGITS, 76);
  }

  String code() {
    return letters(HEXADECIMAL, 20);
  }

  /** A session or form secret. */
  public String secret() {
    return letters(LETTERS_AND_DIGITS, 43);
  }

  private String letters(String alphabet, int count) {
    StringBuilder text = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
