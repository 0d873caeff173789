package dev.ostiary.mcp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a POST brings: one JSON-RPC message, several (2025-03-26 only), or something else. */
public sealed interface Message {
  /** How many messages a batch may have. */
  int BATCH_LIMIT = 64;

  /** Reads the content of a POST, once and without building a tree of it. */
  static Message scan(byte[] body) {
    return MessageScanner.scan(body);
  }

  /** One that says clearly what it asks for, so that it can be judged. */
  sealed interface WellFormed extends Message {
    /** All of it, as it was sent. */
    RawJson source();
  }

  /**
   * One message.
   *
   * @param id as it was sent; null for a notification. A response's is of no interest
   * @param method empty for a response
   */
  record Envelope(Kind kind, @Nullable RawJson id, String method, Params params, RawJson source)
      implements WellFormed {}

  /** What one message is. */
  enum Kind {
    REQUEST,
    NOTIFICATION,
    RESPONSE
  }

  /**
   * An array of messages.
   *
   * @param messages never empty
   */
  record Batch(List<Envelope> messages, RawJson source) implements WellFormed {
    public Batch {
      messages = List.copyOf(messages);
    }
  }

  /**
   * Neither, or a batch with such a message in it.
   *
   * @param id of the request that it would have been, if it can be read
   */
  record Malformed(RpcError error, @Nullable RawJson id) implements Message {}
}
