package dev.ostiary.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import org.junit.jupiter.params.provider.ValueSource;

/** Any text as a code verifier and as a code challenge. */
final class PkceFuzzTest {
  @ValueSource(
      strings = {
        "",
        "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM\n",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa~.",
      })
  @FuzzTest
  void hasTheShapeOfRfc7636OrIsRefused(@NotNull String text) {
    boolean unreserved = text.chars().allMatch(PkceFuzzTest::isUnreserved);
    boolean base64url = unreserved && text.indexOf('.') < 0 && text.indexOf('~') < 0;

    assertThat(CodeChallenge.parse(text).isPresent()).isEqualTo(base64url && text.length() == 43);
    assertThat(CodeVerifier.parse(text).isPresent())
        .isEqualTo(unreserved && text.length() >= 43 && text.length() <= 128);
    CodeVerifier.parse(text)
        .ifPresent(
            verifier -> {
              assertThat(CodeChallenge.parse(verifier.challenge().value())).isPresent();
              assertThat(verifier.toString()).doesNotContain(text);
            });
  }

  private static boolean isUnreserved(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-._~".indexOf(c) >= 0;
  }
}
