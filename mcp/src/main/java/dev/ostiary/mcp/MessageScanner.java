package dev.ostiary.mcp;

import dev.ostiary.mcp.Message.Batch;
import dev.ostiary.mcp.Message.Envelope;
import dev.ostiary.mcp.Message.Malformed;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** Reads the content of a POST. */
final class MessageScanner {
  private static final JsonFactory JSON = JsonLimits.streaming();

  private MessageScanner() {}

  static Message scan(byte[] body) {
    if (!Utf8.isJson(body)) {
      return malformed(RpcError.parse("not JSON in UTF-8"));
    }
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
      Message message = whole(parser, body);
      return parser.nextToken() == null
          ? message
          : malformed(RpcError.parse("more than one value"));
    } catch (StreamConstraintsException beyond) {
      return malformed(RpcError.parse("nested too deep, or a name, string or number is too long"));
    } catch (JacksonException broken) {
      return malformed(RpcError.parse("not JSON in UTF-8"));
    }
  }

  private static Message whole(JsonParser parser, byte[] body) {
    JsonToken token = parser.nextToken();
    if (token == null) {
      return malformed(RpcError.parse("nothing there"));
    }
    return token == JsonToken.START_ARRAY ? batch(parser, body) : single(parser, token, body);
  }

  private static Message single(JsonParser parser, JsonToken token, byte[] body) {
    if (token == JsonToken.START_OBJECT) {
      return new EnvelopeScan(parser, body).read();
    }
    parser.skipChildren();
    return malformed(RpcError.invalidRequest("a message is an object"));
  }

  /** Who is to do one part of a batch but cannot read another does not know what is asked. */
  private static Message batch(JsonParser parser, byte[] body) {
    int start = (int) parser.currentTokenLocation().getByteOffset();
    List<Envelope> messages = new ArrayList<>();
    Malformed flawed = null;
    int size = 0;
    for (JsonToken next = parser.nextToken();
        next != JsonToken.END_ARRAY;
        next = parser.nextToken()) {
      if (size++ == Message.BATCH_LIMIT) {
        return endlessBatch(parser);
      }
      switch (single(parser, next, body)) {
        case Envelope envelope -> messages.add(envelope);
        case Malformed(RpcError error, _) -> flawed = malformed(error);
        case Batch _ -> throw new IllegalStateException("a batch within a batch");
      }
    }
    if (size == 0) {
      return malformed(RpcError.invalidRequest("an empty batch"));
    }
    int end = (int) parser.currentLocation().getByteOffset();
    return flawed == null ? new Batch(messages, new RawJson(body, start, end)) : flawed;
  }

  private static Message endlessBatch(JsonParser parser) {
    do {
      parser.skipChildren();
    } while (parser.nextToken() != JsonToken.END_ARRAY);
    return malformed(
        RpcError.invalidRequest("a batch of more than " + Message.BATCH_LIMIT + " messages"));
  }

  private static Malformed malformed(RpcError error) {
    return new Malformed(error, null);
  }
}
