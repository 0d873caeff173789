package dev.ostiary.mcp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Some of the arguments of a call, by dotted path: {@code a.b} is the member {@code b} of the
 * object {@code a}. What is absent, null, or has parts is not among them.
 */
public final class Arguments {
  private static final JsonFactory STRICT =
      JsonLimits.streaming().rebuild().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Collection<String> paths;
  private final Map<String, Scalar> values = new HashMap<>();
  private final Deque<String> inside = new ArrayDeque<>();

  private Arguments(Collection<String> paths) {
    this.paths = paths;
  }

  /**
   * Reads the values at these paths.
   *
   * @param raw null if there are no arguments
   * @throws Unsound if two readers might find different values: a member is there twice, or once
   *     more in other letters
   */
  public static Map<String, Scalar> read(@Nullable RawJson raw, Collection<String> paths)
      throws Unsound {
    if (raw == null) {
      return Map.of();
    }
    if (!raw.isObject()) {
      throw new Unsound("arguments is not an object");
    }
    try (JsonParser parser = raw.parser(STRICT)) {
      parser.nextToken();
      Arguments scan = new Arguments(paths);
      scan.object(parser);
      return scan.values;
    } catch (JacksonException twice) {
      throw new Unsound("a member of arguments is there twice");
    }
  }

  /**
   * Reads the strings of a list that is a member of an object.
   *
   * @param raw null if there is no object; then there are no strings either
   * @throws Unsound if something else is there
   */
  public static List<String> texts(@Nullable RawJson raw, String member) throws Unsound {
    if (raw == null) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    try (JsonParser parser = raw.parser(STRICT)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new Unsound("params does not have objects where they belong");
      }
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        JsonToken token = parser.nextToken();
        if (name.equals(member)) {
          texts(parser, token, texts);
        } else if (fold(name).equals(fold(member))) {
          throw new Unsound(SameLetters.FLAW);
        } else {
          parser.skipChildren();
        }
      }
    } catch (JacksonException twice) {
      throw new Unsound(member + " is not clear");
    }
    return texts;
  }

  private static void texts(JsonParser parser, JsonToken token, List<String> texts) throws Unsound {
    if (token == JsonToken.VALUE_NULL) {
      return;
    }
    if (token != JsonToken.START_ARRAY) {
      throw new Unsound("a list of strings is something else");
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.VALUE_STRING) {
        throw new Unsound("a list of strings has something else in it");
      }
      texts.add(parser.getString());
    }
  }

  private void object(JsonParser parser) throws Unsound {
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken token = parser.nextToken();
      String path = inside.isEmpty() ? name : String.join(".", inside) + "." + name;
      // A dot within a name makes no path: it would be another member for other readers.
      Wanted wanted = name.indexOf('.') < 0 ? wanted(path) : Wanted.NO;
      switch (wanted) {
        case VALUE -> value(path, token, parser);
        case WITHIN -> within(name, token, parser);
        case OTHER_LETTERS -> throw new Unsound(SameLetters.FLAW);
        case NO -> parser.skipChildren();
      }
    }
  }

  private void within(String name, JsonToken token, JsonParser parser) throws Unsound {
    if (token == JsonToken.START_OBJECT) {
      inside.addLast(name);
      object(parser);
      inside.removeLast();
    } else {
      parser.skipChildren();
    }
  }

  private void value(String path, JsonToken token, JsonParser parser) {
    switch (token) {
      case VALUE_STRING -> values.put(path, new Scalar.Text(parser.getString()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          values.put(path, new Scalar.Quantity(parser.getDecimalValue()));
      case VALUE_TRUE -> values.put(path, new Scalar.Truth(true));
      case VALUE_FALSE -> values.put(path, new Scalar.Truth(false));
      default -> parser.skipChildren();
    }
  }

  private Wanted wanted(String path) {
    Wanted wanted = Wanted.NO;
    for (String each : paths) {
      if (each.equals(path)) {
        return Wanted.VALUE;
      }
      if (each.startsWith(path + ".")) {
        wanted = Wanted.WITHIN;
      } else if (wanted == Wanted.NO && isInOtherLetters(each, path)) {
        wanted = Wanted.OTHER_LETTERS;
      }
    }
    return wanted;
  }

  /** Some readers of JSON match names without regard to case. */
  private static boolean isInOtherLetters(String wanted, String path) {
    String folded = fold(wanted);
    String other = fold(path);
    return folded.equals(other) || folded.startsWith(other + ".");
  }

  private static String fold(String text) {
    return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  private enum Wanted {
    VALUE,
    WITHIN,
    OTHER_LETTERS,
    NO
  }

  /** The arguments cannot be judged. */
  public static final class Unsound extends Exception {
    private static final long serialVersionUID = 1;

    public Unsound(String why) {
      super(why, null, false, false);
    }

    /** What is wrong, for the caller. */
    public String why() {
      return String.valueOf(getMessage());
    }
  }
}
