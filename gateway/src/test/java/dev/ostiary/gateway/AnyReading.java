package dev.ostiary.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * All that some reader could make of a JSON text: one that takes the first of several members of a
 * name or the last, that does not look at case, or that finds messages at any depth of arrays.
 */
sealed interface AnyReading {
  record Members(List<Member> all) implements AnyReading {}

  record Items(List<AnyReading> all) implements AnyReading {}

  record Text(String value) implements AnyReading {}

  record Other() implements AnyReading {}

  record Member(String name, AnyReading value) {}

  /** Throws if no reader that keeps to RFC 8259 could read it. */
  static AnyReading of(byte[] json) throws JacksonException {
    try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
      parser.nextToken();
      AnyReading all = read(parser);
      if (parser.nextToken() != null) {
        throw new AssertionError("more than one value");
      }
      return all;
    }
  }

  private static AnyReading read(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        List<Member> members = new ArrayList<>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
          parser.nextToken();
          members.add(new Member(name, read(parser)));
        }
        yield new Members(members);
      }
      case START_ARRAY -> {
        List<AnyReading> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(read(parser));
        }
        yield new Items(items);
      }
      case VALUE_STRING -> new Text(parser.getString());
      default -> new Other();
    };
  }

  /** Every object that could be taken for a message. */
  default Stream<AnyReading> messages() {
    return this instanceof Items(var items)
        ? items.stream().flatMap(AnyReading::messages)
        : Stream.of(this);
  }

  /** All that could be meant by a path of names. */
  default Stream<AnyReading> at(String... path) {
    Stream<AnyReading> found = Stream.of(this);
    for (String name : path) {
      found =
          found.flatMap(
              each ->
                  each instanceof Members(var members)
                      ? members.stream()
                          .filter(member -> fold(member.name()).equals(fold(name)))
                          .map(Member::value)
                      : Stream.empty());
    }
    return found;
  }

  /** Whether it could be meant that this text is there. */
  default boolean mayHave(String text, String... path) {
    return at(path).anyMatch(each -> each instanceof Text(var value) && value.strip().equals(text));
  }

  /** Whether it could be meant as a call of this method. */
  default boolean mayCall(String method) {
    return at("method")
        .anyMatch(each -> each instanceof Text(var value) && fold(value).equals(method));
  }

  private static String fold(String text) {
    return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).strip();
  }
}
