package dev.ostiary.mcp.server;

import dev.ostiary.mcp.Message;
import dev.ostiary.mcp.Message.Batch;
import dev.ostiary.mcp.Message.Envelope;
import dev.ostiary.mcp.Message.Malformed;
import dev.ostiary.mcp.RpcError;
import java.io.ByteArrayOutputStream;
import java.util.function.Function;

/** Answers the messages of a batch one after the other (2025-03-26). */
final class Batches {
  private Batches() {}

  static Answer answer(Batch batch, Function<Message, Answer> one) {
    ByteArrayOutputStream responses = new ByteArrayOutputStream();
    for (Message message : batch.messages()) {
      switch (answer(message, one)) {
        case Answer.SignInAgain again -> {
          return again;
        }
        case Answer.Json json -> {
          responses.write(responses.size() == 0 ? '[' : ',');
          responses.writeBytes(json.bytes());
        }
        case Answer.Accepted _ -> {}
      }
    }
    if (responses.size() == 0) {
      return new Answer.Accepted();
    }
    responses.write(']');
    return new Answer.Json(200, responses.toByteArray());
  }

  private static Answer answer(Message message, Function<Message, Answer> one) {
    return switch (message) {
      case Malformed malformed -> Responses.error(malformed.id(), 400, malformed.error());
      case Envelope envelope when envelope.method().equals("initialize") ->
          Responses.error(
              envelope.id(), 400, RpcError.invalidRequest("initialize is not for a batch"));
      case Envelope _, Batch _ -> one.apply(message);
    };
  }
}
