package dev.ostiary.checker.server;

import dev.ostiary.checker.http.Answer;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A metadata document that a server publishes about itself. */
public abstract class Metadata {
  private @Nullable Answer found;
  private @Nullable ObjectNode document;

  Metadata() {}

  void take(Answer answer, ObjectNode json) {
    this.found = answer;
    this.document = json;
  }

  /** The answer that the document came with; null if there is none. */
  public @Nullable Answer found() {
    return found;
  }

  public @Nullable ObjectNode document() {
    return document;
  }

  /** A text member; null if there is none. */
  public @Nullable String text(String name) {
    return document == null ? null : text(document, name);
  }

  /** A text member of a document; null if there is none. */
  public static @Nullable String text(ObjectNode document, String name) {
    JsonNode value = document.get(name);
    return value == null || !value.isString() ? null : value.asString();
  }

  /** An array of texts; empty if there is none. */
  public List<String> texts(String name) {
    return document == null ? List.of() : texts(document.get(name));
  }

  static List<String> texts(@Nullable JsonNode array) {
    return array == null || !array.isArray()
        ? List.of()
        : StreamSupport.stream(array.spliterator(), false)
            .filter(JsonNode::isString)
            .map(JsonNode::asString)
            .toList();
  }

  public boolean has(String name) {
    return document != null && document.has(name);
  }

  public boolean flag(String name) {
    return document != null && document.path(name).asBoolean(false);
  }

  /** The names of members that are empty arrays. */
  public List<String> emptyMembers() {
    return document == null
        ? List.of()
        : document
            .propertyStream()
            .filter(member -> member.getValue().isArray() && member.getValue().isEmpty())
            .map(java.util.Map.Entry::getKey)
            .toList();
  }
}
