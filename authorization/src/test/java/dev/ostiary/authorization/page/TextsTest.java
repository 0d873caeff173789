package dev.ostiary.authorization.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TextsTest {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^}]*}");
  private static final Pattern USE = Pattern.compile("\\bof\\(\\s*\"([a-z.-]+[a-z])\"");

  /** Of these, the rest of the key is the value of a scope or the code of an error. */
  private static final Pattern BY_VALUE = Pattern.compile("(scope|error)[.-].*");

  @ParameterizedTest
  @EnumSource
  void everyLanguageHasTheSentencesOfEnglish(Language language) throws IOException {
    Map<String, String> english = bundle("en");
    Map<String, String> other = bundle(language.texts().tag());

    assertThat(other.keySet()).isEqualTo(english.keySet());
    assertThat(other)
        .allSatisfy(
            (key, sentence) ->
                assertThat(placeholders(sentence))
                    .as(key)
                    .isEqualTo(placeholders(english.getOrDefault(key, ""))));
  }

  @ParameterizedTest
  @EnumSource
  void noSentenceIsThereTwiceOrHasSpaceAround(Language language) throws IOException {
    List<String> keys =
        text(language.texts().tag())
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(line -> line.substring(0, line.indexOf('=')))
            .toList();

    assertThat(keys).doesNotHaveDuplicates();
    assertThat(bundle(language.texts().tag()))
        .allSatisfy(
            (key, sentence) -> {
              if (!key.equals("list.separator")) {
                assertThat(sentence).as(key).isNotBlank().isEqualTo(sentence.strip());
              }
            });
  }

  @Test
  void everySentenceThatIsUsedIsThereAndEverySentenceIsUsed() throws IOException {
    Set<String> used = new TreeSet<>(namedInTemplatesAndCode());
    used.addAll(usedByExplanations());

    assertThat(bundle("en").keySet().stream().filter(key -> !BY_VALUE.matcher(key).matches()))
        .containsExactlyInAnyOrderElementsOf(used);
  }

  private static Set<String> namedInTemplatesAndCode() throws IOException {
    Set<String> named = new HashSet<>();
    for (String folder : List.of("src/main/jte", "src/main/java/dev/ostiary/authorization/page")) {
      try (Stream<Path> files = Files.list(Path.of(folder))) {
        for (Path file : files.toList()) {
          Matcher use = USE.matcher(Files.readString(file));
          while (use.find()) {
            named.add(use.group(1));
          }
        }
      }
    }
    return named;
  }

  /** Their keys are made of the names of problems. */
  private static Set<String> usedByExplanations() throws IOException {
    Set<String> used = new HashSet<>();
    Map<String, String> recording =
        new HashMap<>(bundle("en")) {
          @Override
          public @Nullable String get(Object key) {
            used.add((String) key);
            return super.get(key);
          }
        };
    Texts texts = new Texts("en", recording);
    Stream.concat(PagesTest.problems(), PagesTest.documentProblems())
        .forEach(problem -> Explanation.of(problem, texts));
    Explanation.of(new Problem.TooManyRequests(1), texts);
    return used;
  }

  @Test
  void putsArgumentsInPlaceOnceAndAsTheyAre() {
    Texts texts = new Texts("en", Map.of("key", "{1} before {0}, {1}"));

    assertThat(texts.of("key", 4096, "{0}$1\\")).isEqualTo("{0}$1\\ before 4096, {0}$1\\");
  }

  @Test
  void refusesAKeyThatIsNotThere() {
    assertThatThrownBy(() -> Language.ENGLISH.texts().of("no.such"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no.such");
    assertThatThrownBy(() -> Texts.load(Locale.ROOT)).hasMessageContaining("messages_und");
  }

  private static List<String> placeholders(String sentence) {
    return PLACEHOLDER
        .matcher(sentence)
        .results()
        .map(MatchResult::group)
        .distinct()
        .sorted()
        .toList();
  }

  private static Map<String, String> bundle(String tag) throws IOException {
    Properties read = new Properties();
    read.load(new StringReader(text(tag)));
    return read.stringPropertyNames().stream()
        .collect(Collectors.toMap(key -> key, read::getProperty));
  }

  private static String text(String tag) throws IOException {
    try (InputStream file = Texts.class.getResourceAsStream("messages_" + tag + ".properties")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
