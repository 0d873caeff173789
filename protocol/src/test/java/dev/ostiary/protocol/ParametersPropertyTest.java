package dev.ostiary.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.requirements.Requirement;
import dev.ostiary.requirements.Samples;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Forms, written in every way that means the same. */
@Requirement("R-4")
final class ParametersPropertyTest {
  @Test
  void areReadAsTheyWereWritten() {
    Samples.each(
        1000,
        samples -> {
          Map<String, String> parameters = parameters(samples);
          Parameters read = read(Printed.form(List.copyOf(parameters.entrySet())));

          parameters.forEach(
              (name, value) -> assertThat(read.first(name).orElse("")).isEqualTo(value));
        });
  }

  @Test
  void areReadTheSameInAnyOrder() {
    Samples.each(
        1000,
        samples -> {
          Map<String, String> parameters = parameters(samples);
          Parameters read = read(Printed.form(samples.shuffled(parameters.entrySet())));

          parameters.forEach(
              (name, value) -> assertThat(read.first(name).orElse("")).isEqualTo(value));
        });
  }

  /** Every character may be encoded, and in either case (RFC 3986 §2.1). */
  @Test
  void areReadTheSameHoweverMuchIsEncoded() {
    Samples.each(
        1000,
        samples -> {
          String value = text(samples);
          StringBuilder upper = new StringBuilder("a=");
          for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
            upper.append('%').append(String.format("%02X", octet));
          }
          String lower = upper.toString().toLowerCase(Locale.ROOT);

          assertThat(read(upper.toString()).all("a")).isEqualTo(read(lower).all("a"));
          assertThat(read(lower).first("a").orElse("")).isEqualTo(value);
        });
  }

  @Test
  void areRefusedWhenAnyButResourceIsRepeated() {
    Samples.each(
        1000,
        samples -> {
          String name = text(samples);
          List<Map.Entry<String, String>> pairs = new ArrayList<>(parameters(samples).entrySet());
          pairs.removeIf(pair -> pair.getKey().equals(name));
          pairs.add(Map.entry(name, text(samples)));
          pairs.add(Map.entry(name, ""));

          assertThat(Parameters.parse(Printed.form(samples.shuffled(pairs))))
              .isEqualTo(Result.refused(new Parameters.Refusal.Repeated(name)));
        });
  }

  @Test
  void keepEveryResourceInOrder() {
    Samples.each(
        1000,
        samples -> {
          List<String> values = samples.list(5, () -> text(samples));
          List<Map.Entry<String, String>> pairs =
              values.stream().map(value -> Map.entry("resource", value)).toList();

          assertThat(read(Printed.form(pairs)).all("resource"))
              .isEqualTo(values.stream().filter(value -> !value.isEmpty()).toList());
        });
  }

  private static Map<String, String> parameters(Samples samples) {
    Map<String, String> parameters = new LinkedHashMap<>();
    samples.list(6, () -> text(samples)).forEach(name -> parameters.put(name, text(samples)));
    return parameters;
  }

  /** Without the replacement character, which stands for what was not UTF-8. */
  private static String text(Samples samples) {
    return samples.unicode(12).replace("\ufffd", "");
  }

  private static Parameters read(String form) {
    if (Parameters.parse(form) instanceof Result.Ok(Parameters parameters)) {
      return parameters;
    }
    throw new AssertionError("not read: " + form);
  }
}
