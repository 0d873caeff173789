package dev.ostiary.requirements;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class SamplesTest {
  @Test
  void areTheSameForASeed() {
    List<String> texts = all(50, samples -> samples.text(9, 9, 'a', 'z') + samples.unicode(9));

    assertThat(texts).doesNotHaveDuplicates();
    assertThat(all(50, samples -> samples.text(9, 9, 'a', 'z') + samples.unicode(9)))
        .isEqualTo(texts);
  }

  @Test
  void nameTheSeedThatFails() {
    List<Integer> tried = new ArrayList<>();
    RuntimeException cause = new IllegalStateException("broken");

    assertThatThrownBy(
            () ->
                Samples.each(
                    5,
                    _ -> {
                      tried.add(tried.size());
                      if (tried.size() == 4) {
                        throw cause;
                      }
                    }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("seed 3: java.lang.IllegalStateException: broken")
        .hasCause(cause);
    assertThat(tried).hasSize(4);
  }

  @Test
  void reachBothEnds() {
    assertThat(Set.copyOf(all(100, samples -> samples.between(-1, 1)))).containsOnly(-1, 0, 1);
    assertThat(Set.copyOf(all(100, samples -> samples.text(1, 2, 'a', 'b'))))
        .containsOnly("a", "b", "aa", "ab", "ba", "bb");
    assertThat(Set.copyOf(all(100, samples -> samples.list(2, samples::yes)))).hasSize(7);
    assertThat(Set.copyOf(all(100, samples -> samples.shuffled(List.of(1, 2, 3))))).hasSize(6);
  }

  @Test
  void areUnicodeWithOrWithoutLoneSurrogates() {
    Set<String> unicode = new HashSet<>(all(1000, samples -> samples.unicode(8)));
    assertThat(unicode)
        .contains("")
        .allMatch(SamplesTest::isUnicode)
        .anyMatch(text -> text.codePoints().anyMatch(Character::isSupplementaryCodePoint))
        .anyMatch(text -> text.chars().anyMatch(Character::isISOControl));

    assertThat(all(1000, samples -> samples.anyText(8)))
        .contains("")
        .anyMatch(SamplesTest::isUnicode)
        .anyMatch(text -> !isUnicode(text));
  }

  private static boolean isUnicode(String text) {
    return new String(text.getBytes(UTF_8), UTF_8).equals(text);
  }

  private static <T> List<T> all(int count, Function<Samples, T> value) {
    List<T> values = new ArrayList<>();
    Samples.each(count, samples -> values.add(value.apply(samples)));
    return values;
  }
}
