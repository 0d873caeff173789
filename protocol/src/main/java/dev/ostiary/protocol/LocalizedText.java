package dev.ostiary.protocol;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A text for people, perhaps in several languages.
 *
 * @param byLanguage by BCP 47 tag; {@code ""} is whatever language it was written in
 */
public record LocalizedText(Map<String, String> byLanguage) {
  public static final LocalizedText NONE = new LocalizedText(Map.of());

  public LocalizedText {
    byLanguage = Collections.unmodifiableMap(new LinkedHashMap<>(byLanguage));
  }

  /** In one language, whichever it is; none if it is empty. */
  public static LocalizedText of(String text) {
    return text.isEmpty() ? NONE : new LocalizedText(Map.of("", text));
  }

  /** In this language, or else in the first that it was written in. */
  public Optional<String> in(String language) {
    return Optional.ofNullable(byLanguage.get(language))
        .or(() -> byLanguage.values().stream().findFirst());
  }
}
