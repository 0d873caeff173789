package dev.ostiary.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import org.junit.jupiter.params.provider.ValueSource;

/** Any text as a {@code scope} parameter. */
final class ScopesFuzzTest {
  @ValueSource(
      strings = {"", " ", "a", " a  b ", "a b a", "a\tb", "a\"", "a\\", "\u00e9", "a\u00a0b"})
  @FuzzTest
  void areReadTheSameWhenPrintedAgain(@NotNull String text) {
    Scopes.parse(text)
        .ifPresent(
            scopes -> {
              assertThat(scopes.toWire())
                  .matches("|[\\x21\\x23-\\x5B\\x5D-\\x7E]+( [\\x21\\x23-\\x5B\\x5D-\\x7E]+)*");
              assertThat(scopes.isEmpty()).isEqualTo(text.matches(" *"));
              assertThat(Scopes.parse(scopes.toWire())).contains(scopes);
            });
  }
}
