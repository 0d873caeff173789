package dev.ostiary.simulator.http;

import dev.ostiary.http.Request;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Decoded parameters of a query or a form. Of a repeated one the last counts, as at GitHub. */
public final class Parameters {
  private final Map<String, List<String>> values;

  private Parameters(Map<String, List<String>> values) {
    this.values = values;
  }

  /**
   * Reads {@code name=value} pairs.
   *
   * @throws MalformedEscape if one is broken
   */
  public static Parameters parse(String encoded) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String pair : encoded.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        values.computeIfAbsent(decode(name), _ -> new ArrayList<>()).add(decode(value));
      }
    }
    return new Parameters(values);
  }

  public static Parameters query(Request request) {
    return parse(request.query());
  }

  /** The form in the body; empty if the body is something else. */
  public static Parameters form(Request request) {
    return isForm(request) ? parse(request.body().utf8()) : parse("");
  }

  private static boolean isForm(Request request) {
    return request
        .headers()
        .first("Content-Type")
        .filter(
            type -> type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded"))
        .isPresent();
  }

  public Optional<String> find(String name) {
    List<String> all = all(name);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  public String value(String name) {
    return find(name).orElse("");
  }

  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  public Map<String, List<String>> values() {
    return values;
  }

  public Parameters without(String name) {
    Map<String, List<String>> fewer = new LinkedHashMap<>(values);
    fewer.remove(name);
    return new Parameters(fewer);
  }

  public String encoded() {
    return values.entrySet().stream()
        .flatMap(entry -> entry.getValue().stream().map(value -> pair(entry.getKey(), value)))
        .collect(Collectors.joining("&"));
  }

  /** One pair, percent-encoded. */
  public static String pair(String name, String value) {
    return encode(name) + "=" + encode(value);
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  public static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw new MalformedEscape(malformed);
    }
  }
}
