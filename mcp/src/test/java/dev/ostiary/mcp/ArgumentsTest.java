package dev.ostiary.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ArgumentsTest {
  private static final Set<String> PATHS = Set.of("a", "b.c", "d", "e");

  @Test
  void readsWhatIsAskedForWithItsType() throws Arguments.Unsound {
    assertThat(read("{\"x\":{\"a\":1},\"a\":\"t\\u0041\",\"b\":{\"c\":1.50,\"z\":[]},\"d\":true}"))
        .isEqualTo(
            Map.of(
                "a", new Scalar.Text("tA"),
                "b.c", new Scalar.Quantity(new BigDecimal("1.5")),
                "d", new Scalar.Truth(true)));
  }

  @Test
  void hasNoPlaceForWhatHasPartsOrIsNull() throws Arguments.Unsound {
    assertThat(read("{\"a\":null,\"b\":[{\"c\":1}],\"d\":{},\"e\":[\"e\"],\"b.c\":1}")).isEmpty();
    assertThat(Arguments.read(null, PATHS)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,\"\\u0061\":2}",
        "{\"x\":{\"y\":1,\"y\":2}}",
        "{\"A\":1}",
        "{\"B\":{\"c\":1}}",
        "{\"b\":{\"C\":1}}",
        "[1]",
        "\"a\"",
      })
  void refusesWhatTwoReadersMightReadDifferently(String arguments) {
    assertThatThrownBy(() -> read(arguments)).isInstanceOf(Arguments.Unsound.class);
  }

  @Test
  void comparesNumbersByTheirValue() {
    assertThat(new Scalar.Quantity(new BigDecimal("1.0")))
        .isEqualTo(new Scalar.Quantity(new BigDecimal("1")))
        .hasSameHashCodeAs(new Scalar.Quantity(new BigDecimal("1e0")))
        .isNotEqualTo(new Scalar.Text("1"));
  }

  private static Map<String, Scalar> read(String arguments) throws Arguments.Unsound {
    return Arguments.read(RawJson.of(arguments), PATHS);
  }
}
