package dev.ostiary.authorization.page;

import dev.ostiary.http.Headers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A language of the pages, with a bundle {@code messages_<language>.properties}. */
public enum Language {
  ENGLISH(Locale.ENGLISH),
  JAPANESE(Locale.JAPANESE);

  /** A longer {@code Accept-Language} is not read, as reading it costs time. */
  private static final int LONGEST = 500;

  private static final List<Locale> LOCALES =
      Stream.of(values()).map(language -> language.locale).toList();

  private static final Map<Locale, Texts> READ = new ConcurrentHashMap<>();

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
      Locale found = Locale.lookup(Locale.LanguageRange.parse(wanted), LOCALES);
      return found == null ? ENGLISH : values()[LOCALES.indexOf(found)];
    } catch (IllegalArgumentException malformed) {
      return ENGLISH;
    }
  }

  /** Read when they are first asked for. */
  Texts texts() {
    return READ.computeIfAbsent(locale, Texts::load);
  }
}
