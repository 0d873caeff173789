package dev.ostiary.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.requirements.Requirement;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Forms, written in every way that means the same. */
@Requirement("R-4")
final class ParametersPropertyTest {
  @Provide
  Arbitrary<String> text() {
    return Arbitraries.strings()
        .all()
        .excludeChars('\ufffd')
        .ofMaxLength(12)
        .filter(FormText::isUnicode);
  }

  @Provide
  Arbitrary<Map<String, String>> parameters() {
    return Arbitraries.maps(text(), text()).ofMaxSize(6);
  }

  @Property
  void areReadAsTheyWereWritten(@ForAll("parameters") Map<String, String> parameters) {
    Parameters read = read(Printed.form(List.copyOf(parameters.entrySet())));

    parameters.forEach((name, value) -> assertThat(read.first(name).orElse("")).isEqualTo(value));
  }

  @Property
  void areReadTheSameInAnyOrder(
      @ForAll("parameters") Map<String, String> parameters, @ForAll Random random) {
    List<Map.Entry<String, String>> shuffled = new ArrayList<>(parameters.entrySet());
    Collections.shuffle(shuffled, random);
    Parameters read = read(Printed.form(shuffled));

    parameters.forEach((name, value) -> assertThat(read.first(name).orElse("")).isEqualTo(value));
  }

  /** Every character may be encoded, and in either case (RFC 3986 §2.1). */
  @Property
  void areReadTheSameHoweverMuchIsEncoded(@ForAll("text") String value) {
    StringBuilder upper = new StringBuilder("a=");
    for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
      upper.append('%').append(String.format("%02X", octet));
    }
    String lower = upper.toString().toLowerCase(Locale.ROOT);

    assertThat(read(upper.toString()).all("a")).isEqualTo(read(lower).all("a"));
    assertThat(read(lower).first("a").orElse("")).isEqualTo(value);
  }

  @Property
  void areRefusedWhenAnyButResourceIsRepeated(
      @ForAll("parameters") Map<String, String> parameters,
      @ForAll("text") String name,
      @ForAll("text") String value,
      @ForAll Random random) {
    List<Map.Entry<String, String>> pairs = new ArrayList<>(parameters.entrySet());
    pairs.removeIf(pair -> pair.getKey().equals(name));
    pairs.add(Map.entry(name, value));
    pairs.add(Map.entry(name, ""));
    Collections.shuffle(pairs, random);

    assertThat(Parameters.parse(Printed.form(pairs)))
        .isEqualTo(Result.refused(new Parameters.Refusal.Repeated(name)));
  }

  @Property
  void keepEveryResourceInOrder(@ForAll @Size(max = 5) List<@From("text") String> values) {
    List<Map.Entry<String, String>> pairs =
        values.stream().map(value -> Map.entry("resource", value)).toList();

    assertThat(read(Printed.form(pairs)).all("resource"))
        .isEqualTo(values.stream().filter(value -> !value.isEmpty()).toList());
  }

  private static Parameters read(String form) {
    if (Parameters.parse(form) instanceof Result.Ok(Parameters parameters)) {
      return parameters;
    }
    throw new AssertionError("not read: " + form);
  }
}
