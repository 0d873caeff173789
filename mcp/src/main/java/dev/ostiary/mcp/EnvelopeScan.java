package dev.ostiary.mcp;

import dev.ostiary.mcp.Message.Envelope;
import dev.ostiary.mcp.Message.Kind;
import dev.ostiary.mcp.Message.Malformed;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;

/**
 * Reads one message, to its end even if it is flawed, so that the error can carry its id. A member
 * that decides something and is there twice is a flaw: another reader might take the other one.
 */
final class EnvelopeScan {
  private static final List<String> DECIDING =
      List.of("jsonrpc", "id", "method", "params", "result", "error");

  private static final int JSONRPC = 1;
  private static final int ID = 1 << 1;
  private static final int METHOD = 1 << 2;
  private static final int PARAMS = 1 << 3;
  private static final int RESULT = 1 << 4;
  private static final int ERROR = 1 << 5;

  private final JsonParser parser;
  private final byte[] body;
  private final int start;

  private int seen;
  private @Nullable String flaw;
  private @Nullable RawJson id;
  private @Nullable String method;
  private Params params = Params.NONE;

  EnvelopeScan(JsonParser parser, byte[] body) {
    this.parser = parser;
    this.body = body;
    this.start = offset(parser.currentTokenLocation());
  }

  /** The parser stands at the message's opening brace, and afterwards at its closing one. */
  Message read() {
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken token = parser.nextToken();
      switch (name) {
        case "jsonrpc" -> once(JSONRPC, name).version(token);
        case "id" -> once(ID, name).id(token);
        case "method" -> once(METHOD, name).method(token);
        case "params" -> once(PARAMS, name).params(token);
        case "result" -> once(RESULT, name).skip();
        case "error" -> once(ERROR, name).skip();
        default -> other(name);
      }
    }
    return conclude();
  }

  private Message conclude() {
    if (!has(JSONRPC)) {
      flawed("jsonrpc is missing");
    }
    boolean response = has(RESULT) || has(ERROR);
    if (response && (has(METHOD) || (has(RESULT) && has(ERROR)))) {
      flawed("a message is a request or a response, with a result or an error");
    }
    if (!response && !has(METHOD)) {
      flawed("method is missing");
    }
    if (has(ID) && method != null && method.startsWith("notifications/")) {
      flawed("a notification has no id");
    }
    if (flaw != null) {
      return new Malformed(RpcError.invalidRequest(flaw), id);
    }
    RawJson source = new RawJson(body, start, offset(parser.currentLocation()));
    if (method == null) {
      return new Envelope(Kind.RESPONSE, id, "", Params.NONE, source);
    }
    return new Envelope(has(ID) ? Kind.REQUEST : Kind.NOTIFICATION, id, method, params, source);
  }

  private boolean has(int member) {
    return (seen & member) != 0;
  }

  private EnvelopeScan once(int member, String name) {
    if (has(member)) {
      flawed(name + " is there twice");
    }
    seen |= member;
    return this;
  }

  private void flawed(String what) {
    if (flaw == null) {
      flaw = what;
    }
  }

  private void other(String name) {
    if (SameLetters.isLike(name, DECIDING)) {
      flawed(SameLetters.FLAW);
    }
    skip();
  }

  private void skip() {
    parser.skipChildren();
  }

  private void version(JsonToken token) {
    if (token != JsonToken.VALUE_STRING || !parser.getString().equals("2.0")) {
      flawed("jsonrpc is not \"2.0\"");
    }
    skip();
  }

  private void id(JsonToken token) {
    if (token != JsonToken.VALUE_STRING && token != JsonToken.VALUE_NUMBER_INT) {
      flawed("id is neither a string nor an integer");
      skip();
      return;
    }
    int from = offset(parser.currentTokenLocation());
    parser.finishToken();
    id = new RawJson(body, from, offset(parser.currentLocation()));
  }

  private static int offset(TokenStreamLocation location) {
    return (int) location.getByteOffset();
  }

  private void method(JsonToken token) {
    if (token == JsonToken.VALUE_STRING) {
      method = parser.getString();
      if (!isVisible(method)) {
        flawed("method is empty, or has characters that no method has");
      }
    } else {
      flawed("method is not a string");
      skip();
    }
  }

  /** Other readers might cut off, or leave out, what is not visible. */
  private static boolean isVisible(String method) {
    return !method.isEmpty() && method.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  private void params(JsonToken token) {
    if (token != JsonToken.START_OBJECT) {
      flawed("params is not an object");
      skip();
      return;
    }
    ParamsScan scan = new ParamsScan(parser, body);
    params = scan.read();
    String flaw = scan.flaw();
    if (flaw != null) {
      flawed(flaw);
    }
  }
}
