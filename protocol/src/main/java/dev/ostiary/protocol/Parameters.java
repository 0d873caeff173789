package dev.ostiary.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The parameters of a query or a form (RFC 6749 §3.1, §3.2, appendix B): one without a value counts
 * as absent, an unknown one is ignored, and one that is repeated is refused, except {@code
 * resource} (RFC 8707 §2). Values may be secrets; this prints names only.
 */
public final class Parameters {
  private static final String MAY_REPEAT = "resource";

  private final Map<String, List<String>> values;

  private Parameters(Map<String, List<String>> values) {
    this.values = values;
  }

  /** Why a text is no parameters. */
  public sealed interface Refusal {
    /** One that may not be repeated is. */
    record Repeated(String name) implements Refusal {}

    /**
     * A percent sign without its two digits, or bytes that are not UTF-8; JSON that is no object of
     * texts, or has half a surrogate pair.
     */
    record Malformed() implements Refusal {}
  }

  public static Parameters none() {
    return new Parameters(Map.of());
  }

  /** Parses {@code application/x-www-form-urlencoded} text. */
  public static Result<Parameters, Refusal> parse(String encoded) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String pair : encoded.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      Optional<String> name = FormText.decode(equals < 0 ? pair : pair.substring(0, equals));
      Optional<String> value = FormText.decode(equals < 0 ? "" : pair.substring(equals + 1));
      if (name.isEmpty() || value.isEmpty()) {
        return Result.refused(new Refusal.Malformed());
      }
      List<String> all = values.computeIfAbsent(name.get(), _ -> new ArrayList<>(1));
      all.add(value.get());
      if (all.size() > 1 && !name.get().equals(MAY_REPEAT)) {
        return Result.refused(new Refusal.Repeated(name.get()));
      }
    }
    return Result.ok(new Parameters(values));
  }

  /**
   * Parses a JSON object whose members are texts, in which only {@code resource} may be an array of
   * them. No specification knows this form; some clients send it.
   */
  public static Result<Parameters, Refusal> parseJson(byte[] json) {
    Optional<ObjectNode> object = Json.readObject(json);
    if (object.isEmpty()) {
      return Result.refused(new Refusal.Malformed());
    }
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : object.get().properties()) {
      Optional<List<String>> texts = texts(member.getValue());
      if (texts.isEmpty()) {
        return Result.refused(new Refusal.Malformed());
      }
      if (texts.get().size() > 1 && !member.getKey().equals(MAY_REPEAT)) {
        return Result.refused(new Refusal.Repeated(member.getKey()));
      }
      values.put(member.getKey(), texts.get());
    }
    return Result.ok(new Parameters(values));
  }

  private static Optional<List<String>> texts(JsonNode node) {
    if (node.isNull()) {
      return Optional.of(List.of());
    }
    if (node.isValueNode()) {
      return Optional.of(List.of(node.asString())).filter(Parameters::areUnicode);
    }
    boolean texts = node.isArray() && node.valueStream().allMatch(JsonNode::isString);
    return texts
        ? Optional.of(node.valueStream().map(JsonNode::stringValue).toList())
            .filter(Parameters::areUnicode)
        : Optional.empty();
  }

  private static boolean areUnicode(List<String> texts) {
    return texts.stream().allMatch(FormText::isUnicode);
  }

  /** The value of a parameter that is there and not empty. */
  public Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  /** Every value that is not empty. */
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of()).stream().filter(value -> !value.isEmpty()).toList();
  }

  /** The names, without what they carry. */
  @Override
  public String toString() {
    return values.keySet().toString();
  }
}
