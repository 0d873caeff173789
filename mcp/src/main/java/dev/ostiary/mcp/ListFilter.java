package dev.ostiary.mcp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.ostiary.mcp.Message.Batch;
import dev.ostiary.mcp.Message.Envelope;
import dev.ostiary.mcp.Message.WellFormed;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Takes entries out of list results and marks what is left as {@code private}. Every other byte
 * stays as it was, and the entries stay in order.
 */
public final class ListFilter {
  private static final JsonFactory JSON = new JsonFactory();
  private static final List<String> RESULT = List.of("result");

  /** Those whose results a cache may keep (2026-07-28, Caching), but for the lists. */
  private static final Set<String> ALSO_KEPT = Set.of("resources/read", "server/discover");

  private final @Nullable ListMethod list;
  private final @Nullable Predicate<ListEntry> keep;

  private ListFilter(@Nullable ListMethod list, @Nullable Predicate<ListEntry> keep) {
    this.list = list;
    this.keep = keep;
  }

  /**
   * For what answers a message; empty if it asks for no list. Ids do not tell the responses of a
   * batch apart: clients choose them, and not every server keeps a long number as it was.
   */
  public static Optional<ListFilter> of(WellFormed message, Predicate<ListEntry> keep) {
    return switch (message) {
      case Envelope envelope ->
          Optional.ofNullable(ListMethod.of(envelope.method()))
              .map(list -> new ListFilter(list, keep));
      case Batch(var messages, _) ->
          messages.stream().anyMatch(each -> ListMethod.of(each.method()) != null)
              ? Optional.of(ofAnything(keep))
              : Optional.empty();
    };
  }

  /** For what answers a request of this list. */
  static ListFilter of(ListMethod list, Predicate<ListEntry> keep) {
    return new ListFilter(list, keep);
  }

  /** For a stream whose requests are not known, such as a resumed one. */
  public static ListFilter ofAnything(Predicate<ListEntry> keep) {
    return new ListFilter(null, keep);
  }

  /**
   * For what answers a message whose result is for one person, though nothing of it is taken out;
   * empty if no cache would keep it anyway.
   */
  public static Optional<ListFilter> ofNothing(WellFormed message) {
    return message instanceof Envelope envelope && isKept(envelope.method())
        ? Optional.of(new ListFilter(null, null))
        : Optional.empty();
  }

  private static boolean isKept(String method) {
    return ListMethod.of(method) != null || ALSO_KEPT.contains(method);
  }

  /**
   * The message, or messages, without what is not kept.
   *
   * @param json one whole JSON text: a response's content, or the data of one event
   * @return empty if it cannot be read, or another reader might find something else in it, so that
   *     it cannot be filtered
   */
  public Optional<byte[]> apply(byte[] json) {
    if (!Utf8.isJson(json)) {
      return Optional.empty();
    }
    List<Edit> edits = new ArrayList<>();
    boolean clear = true;
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return Optional.empty();
      }
      if (first == JsonToken.START_ARRAY) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          clear &= message(parser, edits);
        }
      } else {
        clear = message(parser, edits);
      }
      if (!clear || parser.nextToken() != null) {
        return Optional.empty();
      }
    } catch (JacksonException broken) {
      return Optional.empty();
    }
    return Optional.of(edits.isEmpty() ? json : edited(json, edits));
  }

  /** Returns whether every reader would read the same. */
  private boolean message(JsonParser parser, List<Edit> edits) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return true;
    }
    boolean clear = true;
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken token = parser.nextToken();
      if (name.equals("result") && token == JsonToken.START_OBJECT) {
        ResultEdits result = new ResultEdits(parser, list, keep).read();
        clear &= result.isClear();
        edits.addAll(result.edits());
      } else {
        clear &= name.equals("result") || !SameLetters.isLike(name, RESULT);
        parser.skipChildren();
      }
    }
    return clear || keep == null;
  }

  private static byte[] edited(byte[] json, List<Edit> edits) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(json.length);
    int at = 0;
    for (Edit edit : edits) {
      out.write(json, at, edit.start() - at);
      out.writeBytes(edit.instead().getBytes(US_ASCII));
      at = edit.end();
    }
    out.write(json, at, json.length - at);
    return out.toByteArray();
  }

  /**
   * These bytes go, and others come instead.
   *
   * @param list whose entry it takes out; null if it concerns every list
   */
  record Edit(int start, int end, String instead, @Nullable ListMethod list) {}
}
