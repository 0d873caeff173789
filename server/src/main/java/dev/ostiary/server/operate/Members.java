package dev.ostiary.server.operate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes the members of a request one after the other, and keeps the first problem. */
final class Members {
  private final ObjectNode message;
  private final Set<String> known = new HashSet<>();
  private @Nullable String problem;

  Members(ObjectNode message) {
    this.message = message;
  }

  /** A text that has to be there. */
  String text(String name) {
    String text = textOrNull(name);
    if (text == null) {
      refuse(name, "is missing");
      return "";
    }
    return text;
  }

  @Nullable String textOrNull(String name) {
    JsonNode node = take(name);
    if (node == null) {
      return null;
    }
    if (!node.isString() || node.stringValue().isEmpty()) {
      refuse(name, "must be a text");
      return null;
    }
    return node.stringValue();
  }

  List<String> texts(String name) {
    JsonNode node = take(name);
    List<String> texts = new ArrayList<>();
    if (node == null || !node.isArray()) {
      refuse(name, "must be a list of texts");
      return texts;
    }
    for (JsonNode each : node) {
      if (each.isString()) {
        texts.add(each.stringValue());
      } else {
        refuse(name, "must be a list of texts");
      }
    }
    return texts;
  }

  boolean flag(String name) {
    JsonNode node = take(name);
    if (node == null || !node.isBoolean()) {
      refuse(name, "must be true or false");
      return false;
    }
    return node.booleanValue();
  }

  /** What was wrong with those that were taken, or one that nobody takes. */
  Optional<String> problem() {
    return Optional.ofNullable(problem)
        .or(
            () ->
                message.propertyNames().stream()
                    .filter(name -> !known.contains(name))
                    .findFirst()
                    .map(_ -> "the request has a member that does not belong there"));
  }

  private @Nullable JsonNode take(String name) {
    known.add(name);
    return message.get(name);
  }

  private void refuse(String name, String what) {
    if (problem == null) {
      problem = name + " " + what;
    }
  }
}
