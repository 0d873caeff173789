package dev.ostiary.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Any bytes as the JSON that some clients send for a form. */
final class JsonParametersFuzzTest {
  @MethodSource("seeds")
  @FuzzTest
  void readsOnlyWhatAFormCouldSay(byte @NotNull [] content) {
    if (!(Parameters.parseJson(content) instanceof Result.Ok(Parameters parameters))) {
      return;
    }
    JsonNode json = JsonMapper.shared().readTree(content);
    List<Map.Entry<String, String>> pairs = new ArrayList<>();
    json.propertyNames()
        .forEach(name -> parameters.all(name).forEach(value -> pairs.add(Map.entry(name, value))));
    if (pairs.stream().map(Map.Entry::getKey).allMatch(FormText::isUnicode)
        && Parameters.parse(Printed.form(pairs)) instanceof Result.Ok(Parameters form)) {
      json.propertyNames()
          .forEach(name -> assertThat(parameters.all(name)).isEqualTo(form.all(name)));
    } else {
      throw new AssertionError("a form cannot say this");
    }
  }

  static Stream<byte[]> seeds() {
    return Stream.of(
            "",
            "{}",
            "{\"grant_type\":\"refresh_token\",\"refresh_token\":\"ort_1\",\"client_id\":\"oc_1\"}",
            "{\"a\":null,\"b\":5,\"c\":true,\"d\":1e400,\"resource\":[\"x\",\"y\"]}",
            "{\"a\":\"1\",\"a\":\"2\"}",
            "{\"a\":\"\\ud800\"}",
            "{\"a\":\"\\u006\u0463\"}",
            "{\"\\ud800\":\"a\"}",
            "{\"a\":[\"1\"]} {}")
        .map(text -> text.getBytes(UTF_8));
  }
}
