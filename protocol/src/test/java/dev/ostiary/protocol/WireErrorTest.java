package dev.ostiary.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.requirements.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireErrorTest {
  @Test
  void hasACodeAndASentence() {
    var error = new WireError(OAuthError.INVALID_CLIENT, "the client is not known here");

    assertThat(error.toJson())
        .isEqualTo(
            """
            {"error":"invalid_client","error_description":"the client is not known here"}\
            """);
    assertThat(error.status()).isEqualTo(401);
  }

  @ParameterizedTest
  @Requirement("R-25")
  @ValueSource(strings = {"a \"quote\"", "a \\ slash", "a\nline", "caf\u00e9", "\u007f"})
  void cannotCarryOtherCharactersThanTheSpecificationAllows(String description) {
    assertThatThrownBy(() -> new WireError(OAuthError.INVALID_REQUEST, description))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(description);
  }
}
