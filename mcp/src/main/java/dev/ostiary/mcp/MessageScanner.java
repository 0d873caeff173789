package dev.ostiary.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.mcp.Message.Batch;
import dev.ostiary.mcp.Message.Malformed;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** Reads the content of a POST, which must be UTF-8 without a byte order mark (RFC 8259 §8.1). */
final class MessageScanner {
  private static final JsonFactory JSON = JsonLimits.streaming();

  private MessageScanner() {}

  static Message scan(byte[] body) {
    if (!beginsAsUtf8(body) || !isUtf8(body)) {
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

  /** Any JSON text begins with two ASCII characters, or one; in UTF-16 or UTF-32 one is zero. */
  private static boolean beginsAsUtf8(byte[] body) {
    return body.length > 0 && body[0] > 0 && (body.length == 1 || body[1] != 0);
  }

  /** The parser does not look closely at what it skips, nor at names that it has seen before. */
  private static boolean isUtf8(byte[] body) {
    for (int i = 0; i < body.length; i++) {
      if (body[i] < 0) {
        return isDecodable(ByteBuffer.wrap(body, i, body.length - i));
      }
    }
    return true;
  }

  private static boolean isDecodable(ByteBuffer octets) {
    try {
      UTF_8.newDecoder().decode(octets);
      return true;
    } catch (CharacterCodingException malformed) {
      return false;
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

  private static Message batch(JsonParser parser, byte[] body) {
    List<Message> messages = new ArrayList<>();
    for (JsonToken next = parser.nextToken();
        next != JsonToken.END_ARRAY;
        next = parser.nextToken()) {
      if (messages.size() == Message.BATCH_LIMIT) {
        return endlessBatch(parser);
      }
      messages.add(single(parser, next, body));
    }
    return messages.isEmpty()
        ? malformed(RpcError.invalidRequest("an empty batch"))
        : new Batch(messages);
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
