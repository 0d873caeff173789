package dev.ostiary.authorization.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterKeyTest {
  @Test
  void isTheSameAgainAfterItWasWrittenDown() throws GeneralSecurityException {
    String text = MasterKey.generate();

    assertThat(text.lines()).hasSize(1);
    MasterKey one = MasterKey.parse(text);
    MasterKey again = MasterKey.parse(text);
    assertThat(again.sealer().open(one.sealer().seal("secret", "here"), "here")).contains("secret");
    assertThat(again.derive("purpose").of("text")).isEqualTo(one.derive("purpose").of("text"));
    assertThat(one.derive("other").of("text")).isNotEqualTo(one.derive("purpose").of("text"));
  }

  @Test
  void opensNothingThatWasSealedElsewhereOrForSomethingElse() throws GeneralSecurityException {
    Sealer sealer = MasterKey.parse(MasterKey.generate()).sealer();
    Sealer other = MasterKey.parse(MasterKey.generate()).sealer();

    assertThat(sealer.open(sealer.seal("secret", "here"), "there")).isEmpty();
    assertThat(other.open(sealer.seal("secret", "here"), "here")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "0123456789abcdef", "{}\n00"})
  void isNothingElse(String text) {
    assertThatThrownBy(() -> MasterKey.parse(text)).isInstanceOf(GeneralSecurityException.class);
  }
}
