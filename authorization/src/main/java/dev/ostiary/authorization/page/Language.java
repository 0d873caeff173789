package dev.ostiary.authorization.page;

import dev.ostiary.http.Headers;
import java.util.List;
import java.util.Locale;

/** A language that our pages speak. */
public enum Language {
  ENGLISH(Locale.ENGLISH),
  JAPANESE(Locale.JAPANESE);

  /** Nobody reads more languages than this; more is an attempt to keep us busy. */
  private static final int LONGEST = 500;

  private final Locale locale;

  Language(Locale locale) {
    this.locale = locale;
  }

  /** What the browser prefers of these (RFC 9110 §12.5.4, RFC 4647 §3.4); else English. */
  public static Language of(Headers headers) {
    String wanted = headers.first("Accept-Language").orElse("");
    if (wanted.isBlank() || wanted.length() > LONGEST) {
      return ENGLISH;
    }
    try {
      Locale found =
          Locale.lookup(
              Locale.LanguageRange.parse(wanted), List.of(ENGLISH.locale, JAPANESE.locale));
      return JAPANESE.locale.equals(found) ? JAPANESE : ENGLISH;
    } catch (IllegalArgumentException malformed) {
      return ENGLISH;
    }
  }

  LandingTexts landing() {
    return switch (this) {
      case ENGLISH -> new EnglishLandingTexts();
      case JAPANESE -> new JapaneseLandingTexts();
    };
  }

  Texts texts() {
    return switch (this) {
      case ENGLISH -> new EnglishTexts();
      case JAPANESE -> new JapaneseTexts();
    };
  }
}
