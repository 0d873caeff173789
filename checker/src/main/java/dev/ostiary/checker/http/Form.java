package dev.ostiary.checker.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Parameters in {@code application/x-www-form-urlencoded}, in order; names may repeat. */
public final class Form {
  private record Parameter(String name, String value) {}

  private final List<Parameter> parameters;

  private Form(List<Parameter> parameters) {
    this.parameters = List.copyOf(parameters);
  }

  /** Parameters from names and values in turn. */
  public static Form of(String... namesAndValues) {
    Form form = new Form(List.of());
    for (int i = 0; i < namesAndValues.length; i += 2) {
      form = form.and(namesAndValues[i], namesAndValues[i + 1]);
    }
    return form;
  }

  /** One parameter more. */
  public Form and(String name, String value) {
    List<Parameter> more = new ArrayList<>(parameters);
    more.add(new Parameter(name, value));
    return new Form(more);
  }

  /** One parameter more, if it has a value. */
  public Form andIf(String name, @Nullable String value) {
    return value == null ? this : and(name, value);
  }

  /** This value in place of all of the name; null leaves the parameter out. */
  public Form replace(String name, @Nullable String value) {
    Form without = new Form(parameters.stream().filter(each -> !each.name().equals(name)).toList());
    return without.andIf(name, value);
  }

  public boolean has(String name) {
    return parameters.stream().anyMatch(each -> each.name().equals(name));
  }

  /** Appended to an address, which may have a query already. */
  public String appendedTo(String uri) {
    return uri + (uri.contains("?") ? "&" : "?") + this;
  }

  /** The parameters of an answer: of its query, or of its fragment, where some errors are. */
  public static Map<String, String> of(URI answer) {
    return read(answer.getRawQuery() == null ? answer.getRawFragment() : answer.getRawQuery());
  }

  /** The first value of each parameter of a query or form. */
  public static Map<String, String> read(@Nullable String encoded) {
    Map<String, String> values = new LinkedHashMap<>();
    if (encoded != null && !encoded.isEmpty()) {
      for (String pair : encoded.split("&", -1)) {
        String[] parts = pair.split("=", 2);
        values.putIfAbsent(decode(parts[0]), parts.length == 2 ? decode(parts[1]) : "");
      }
    }
    return values;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException malformed) {
      return text;
    }
  }

  @Override
  public String toString() {
    return parameters.stream()
        .map(each -> encode(each.name()) + "=" + encode(each.value()))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
