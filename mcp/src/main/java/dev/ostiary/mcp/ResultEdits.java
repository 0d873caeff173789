package dev.ostiary.mcp;

import dev.ostiary.mcp.ListFilter.Edit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** What would have to change in one result, whichever list it is the result of. */
final class ResultEdits {
  private static final String NOTHING = "";
  private static final String PRIVATE = "\"private\"";

  private static final List<String> MEMBERS =
      Stream.of(ListMethod.values()).map(ListMethod::member).toList();

  private static final Set<String> HINTS = Set.of("readOnlyHint", "idempotentHint");

  private final JsonParser parser;
  private final @Nullable ListMethod wanted;
  private final @Nullable Predicate<ListEntry> keep;
  private final List<Edit> edits = new ArrayList<>();
  private final Map<String, Boolean> hints = new HashMap<>();
  private boolean isList;
  private boolean clear = true;

  /**
   * @param wanted the list that it is the result of; null if it is not known
   * @param keep null to leave every list as it is
   */
  ResultEdits(JsonParser parser, @Nullable ListMethod wanted, @Nullable Predicate<ListEntry> keep) {
    this.parser = parser;
    this.wanted = wanted;
    this.keep = keep;
  }

  /** The parser stands at the opening brace, and afterwards at the closing one. */
  ResultEdits read() {
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken token = parser.nextToken();
      ListMethod list = ListMethod.ofMember(name);
      if (name.equals("cacheScope")) {
        cacheScope(token);
      } else if (keep != null && list != null && token == JsonToken.START_ARRAY) {
        isList = true;
        entries(list, keep);
      } else {
        clear &= list == null ? !SameLetters.isLike(name, MEMBERS) : list != wanted;
        parser.skipChildren();
      }
    }
    return this;
  }

  /** Whether no reader could find a list that is not found here. */
  boolean isClear() {
    return clear || keep == null;
  }

  /** The changes. If the list is not known, nothing changes unless it looks like one. */
  List<Edit> edits() {
    if (keep == null) {
      return edits;
    }
    if (wanted == null) {
      return isList ? edits : List.of();
    }
    return edits.stream().filter(edit -> edit.list() == null || edit.list() == wanted).toList();
  }

  private void cacheScope(JsonToken token) {
    int start = start();
    boolean alreadyPrivate =
        token == JsonToken.VALUE_STRING && parser.getString().equals("private");
    parser.skipChildren();
    if (!alreadyPrivate) {
      edits.add(new Edit(start, end(), PRIVATE, null));
    }
  }

  /**
   * An entry goes with the comma before it, or with the one behind if nothing before it is kept.
   */
  private void entries(ListMethod list, Predicate<ListEntry> keep) {
    boolean kept = false;
    int previousEnd = 0;
    int open = -1;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      int start = start();
      if (open >= 0) {
        edits.add(new Edit(open, start, NOTHING, list));
        open = -1;
      }
      ListEntry entry = entry(list, token);
      if (entry != null && keep.test(entry)) {
        kept = true;
      } else if (kept) {
        edits.add(new Edit(previousEnd, end(), NOTHING, list));
      } else {
        open = start;
      }
      previousEnd = end();
    }
    if (open >= 0) {
      edits.add(new Edit(open, previousEnd, NOTHING, list));
    }
  }

  /** Null if the entry does not say what it is. */
  private @Nullable ListEntry entry(ListMethod list, JsonToken token) {
    if (token != JsonToken.START_OBJECT) {
      parser.skipChildren();
      parser.finishToken();
      return null;
    }
    String key = null;
    boolean sound = true;
    boolean annotated = false;
    hints.clear();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken value = parser.nextToken();
      if (name.equals(list.key()) && value == JsonToken.VALUE_STRING) {
        sound &= key == null;
        key = parser.getString();
      } else if (name.equals("annotations") && value == JsonToken.START_OBJECT) {
        sound &= !annotated;
        annotated = true;
        readHints();
      } else {
        sound &= !SameLetters.isLike(name, List.of(list.key()));
        parser.skipChildren();
      }
    }
    return sound && key != null
        ? new ListEntry(
            list, key, hints.get("readOnlyHint"), hints.getOrDefault("idempotentHint", false))
        : null;
  }

  /** One that is there twice is true only if it is both times. */
  private void readHints() {
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken value = parser.nextToken();
      if (HINTS.contains(name)) {
        hints.merge(name, value == JsonToken.VALUE_TRUE, Boolean::logicalAnd);
      }
      parser.skipChildren();
    }
  }

  private int start() {
    return (int) parser.currentTokenLocation().getByteOffset();
  }

  /** Behind the current token, which has to be read to its end for that. */
  private int end() {
    parser.finishToken();
    return (int) parser.currentLocation().getByteOffset();
  }
}
