package dev.ostiary.mcp.server;

import dev.ostiary.mcp.Message.Batch;
import dev.ostiary.mcp.Message.Envelope;
import dev.ostiary.mcp.RpcError;
import java.io.ByteArrayOutputStream;
import java.util.function.Function;

/** Answers the messages of a batch one after the other (2025-03-26). */
final class Batches {
  private Batches() {}

  static Answer answer(Batch batch, Function<Envelope, Answer> one) {
    ByteArrayOutputStream responses = new ByteArrayOutputStream();
    for (Envelope message : batch.messages()) {
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

  private static Answer answer(Envelope message, Function<Envelope, Answer> one) {
    return message.method().equals("initialize")
        ? Responses.error(
            message.id(), 400, RpcError.invalidRequest("initialize is not for a batch"))
        : one.apply(message);
  }
}
