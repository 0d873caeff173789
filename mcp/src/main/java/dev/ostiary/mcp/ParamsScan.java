package dev.ostiary.mcp;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the {@code params} of one message. */
final class ParamsScan {
  private static final String PREFIX = "io.modelcontextprotocol/";
  private static final List<String> DECIDING =
      List.of("name", "uri", "arguments", "ref", "notifications", "_meta");

  private final JsonParser parser;
  private final byte[] body;

  private int seen;
  private @Nullable String flaw;
  private @Nullable String name;
  private @Nullable String uri;
  private @Nullable String cursor;
  private @Nullable String taskId;
  private @Nullable String protocolVersion;
  private @Nullable RawJson arguments;
  private @Nullable RawJson reference;
  private @Nullable RawJson notifications;
  private Params.@Nullable Meta meta;

  ParamsScan(JsonParser parser, byte[] body) {
    this.parser = parser;
    this.body = body;
  }

  /** The parser stands at the opening brace, and afterwards at the closing one. */
  Params read() {
    for (String member = parser.nextName(); member != null; member = parser.nextName()) {
      JsonToken token = parser.nextToken();
      switch (member) {
        case "name" -> name = once(0, member).text(token);
        case "uri" -> uri = once(1, member).text(token);
        case "cursor" -> cursor = once(2, member).text(token);
        case "taskId" -> taskId = once(10, member).text(token);
        case "protocolVersion" -> protocolVersion = once(3, member).text(token);
        case "arguments" -> arguments = once(4, member).raw();
        case "_meta" -> meta = once(5, member).meta(token);
        case "ref" -> reference = once(8, member).raw();
        case "notifications" -> notifications = once(9, member).raw();
        default -> other(member);
      }
    }
    return new Params(
        name, uri, cursor, taskId, protocolVersion, arguments, reference, notifications, meta);
  }

  /** Why another reader might find something else here, if one might. */
  @Nullable String flaw() {
    return flaw;
  }

  private void other(String member) {
    if (flaw == null && SameLetters.isLike(member, DECIDING)) {
      flaw = SameLetters.FLAW;
    }
    parser.skipChildren();
  }

  private ParamsScan once(int member, String called) {
    if ((seen & 1 << member) != 0 && flaw == null) {
      flaw = called + " is there twice";
    }
    seen |= 1 << member;
    return this;
  }

  private @Nullable String text(JsonToken token) {
    if (token == JsonToken.VALUE_STRING) {
      return parser.getString();
    }
    parser.skipChildren();
    return null;
  }

  private RawJson raw() {
    int start = (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    parser.finishToken();
    return new RawJson(body, start, (int) parser.currentLocation().getByteOffset());
  }

  private Params.@Nullable Meta meta(JsonToken token) {
    if (token != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return null;
    }
    String version = null;
    boolean capabilities = false;
    for (String key = parser.nextName(); key != null; key = parser.nextName()) {
      JsonToken value = parser.nextToken();
      switch (key) {
        case PREFIX + "protocolVersion" -> version = once(6, key).text(value);
        case PREFIX + "clientCapabilities" -> {
          once(7, key);
          capabilities = value == JsonToken.START_OBJECT;
          parser.skipChildren();
        }
        default -> parser.skipChildren();
      }
    }
    return new Params.Meta(version, capabilities);
  }
}
