package dev.ostiary.authorization.page;

import dev.ostiary.protocol.Scope;
import dev.ostiary.protocol.ScopeEffect;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sentences of the pages in one language, from {@code messages_<language>.properties}. They are
 * plain text: the templates escape sentences and arguments alike.
 */
final class Texts {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([0-9])}");

  private final String tag;
  private final Map<String, String> sentences;

  /**
   * @param tag the language (BCP 47)
   */
  Texts(String tag, Map<String, String> sentences) {
    this.tag = tag;
    this.sentences = sentences;
  }

  /** Reads the bundle of a language, which has to be in this build. */
  static Texts load(Locale language) {
    String tag = language.toLanguageTag();
    String file = "messages_" + tag + ".properties";
    try (InputStream bundle = Texts.class.getResourceAsStream(file)) {
      if (bundle == null) {
        throw new IllegalStateException(file + " is not in this build");
      }
      Properties read = new Properties();
      read.load(new InputStreamReader(bundle, StandardCharsets.UTF_8));
      Map<String, String> sentences = new HashMap<>();
      read.forEach((key, sentence) -> sentences.put((String) key, (String) sentence));
      return new Texts(tag, sentences);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** The value of {@code lang} (BCP 47). */
  String tag() {
    return tag;
  }

  /**
   * A sentence.
   *
   * @param arguments what stands for {@code {0}}, {@code {1}} and so on; numbers are written with
   *     digits only
   * @throws IllegalArgumentException if there is no such sentence
   */
  String of(String key, Object... arguments) {
    String sentence = sentences.get(key);
    if (sentence == null) {
      throw new IllegalArgumentException("no sentence " + key + " in " + tag);
    }
    return PLACEHOLDER
        .matcher(sentence)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    String.valueOf(arguments[Integer.parseInt(found.group(1))])));
  }

  /** What a scope lets the client do, in plain words. */
  String scope(Scope scope) {
    String key = "scope." + scope.value();
    return of(sentences.containsKey(key) ? key : "scope-undescribed");
  }

  /** Why the client's request was rejected, by the error that the client is told. */
  String error(String code) {
    String key = "error." + code;
    return of(sentences.containsKey(key) ? key : "error-other");
  }

  /** The worst that a scope lets the client do; empty if that goes without saying. */
  String effect(ScopeEffect effect) {
    return switch (effect) {
      case DELETE -> of("effect.delete");
      case CHANGE -> of("effect.change");
      case PRIVATE -> of("effect.private");
      case READ, STAY -> "";
    };
  }
}
