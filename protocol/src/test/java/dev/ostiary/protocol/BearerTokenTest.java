package dev.ostiary.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.protocol.BearerToken.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTokenTest {
  @ParameterizedTest
  @ValueSource(strings = {"Bearer ora_-.~+/1==", "bearer ora_-.~+/1==", "BEARER  ora_-.~+/1== "})
  void readsOneToken(String field) {
    assertThat(BearerToken.parse(List.of(field)))
        .isEqualTo(Result.ok(new BearerToken(new Secret("ora_-.~+/1=="))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Basic b2NfMTo=", "Bearerora_1", "ora_1"})
  void findsNoneInOtherCredentials(String field) {
    assertThat(BearerToken.parse(List.of(field))).isEqualTo(Result.refused(Refusal.ABSENT));
  }

  @Test
  void findsNoneWithoutTheField() {
    assertThat(BearerToken.parse(List.of())).isEqualTo(Result.refused(Refusal.ABSENT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Bearer", "Bearer ", "Bearer a b", "Bearer a,b", "Bearer =", "Bearer a=b"})
  void refusesWhatIsNotOneToken(String field) {
    assertThat(BearerToken.parse(List.of(field))).isEqualTo(Result.refused(Refusal.MALFORMED));
  }

  @Test
  void refusesTwoFields() {
    assertThat(BearerToken.parse(List.of("Bearer a", "Bearer a")))
        .isEqualTo(Result.refused(Refusal.MALFORMED));
  }

  @Test
  void printsNoToken() {
    assertThat(new BearerToken(new Secret("ora_1"))).hasToString("BearerToken[token=*****]");
  }
}
