package dev.ostiary.gateway.sse;

import dev.ostiary.gateway.stream.AnswerEvents;
import dev.ostiary.http.Reply;
import dev.ostiary.mcp.Message;
import dev.ostiary.mcp.RawJson;
import dev.ostiary.mcp.Response;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.mcp.rpc.RpcJson;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The answer to one message, as it is said on the client's stream. */
final class SpokenAnswer {
  private final SseSession session;
  private final @Nullable RawJson id;
  private final @Nullable String initialize;

  /**
   * @param id of the request; null if it is none
   * @param initialize the revision that an {@code initialize} asks for; null if it is none
   */
  SpokenAnswer(SseSession session, @Nullable RawJson id, @Nullable String initialize) {
    this.session = session;
    this.id = id;
    this.initialize = initialize;
  }

  /** What the head of the answer says. */
  void head(Reply reply) {
    if (initialize != null && reply.status() == 200) {
      reply.headers().first("Mcp-Session-Id").ifPresent(session::inSession);
    }
    if (reply.headers().has("WWW-Authenticate")) {
      session.challenge(reply);
    }
  }

  /** An answer in one piece. */
  void whole(Reply reply, byte[] content) {
    if (AnswerEvents.isIn(reply.headers())) {
      EventReader reader = new EventReader(this::message, () -> {});
      reader.onNext(ByteBuffer.wrap(content));
    } else if (reply.status() < 400 && content.length > 0) {
      message(content);
    } else if (reply.status() >= 400 && id != null) {
      message(isAnswer(content) ? content : error(reply.status(), content));
    }
    if (reply.status() == 404) {
      session.lost();
    }
  }

  /** An answer, or something that is said before. */
  void message(byte[] json) {
    if (Message.scan(json) instanceof Message.Batch batch) {
      batch.messages().forEach(each -> session.send(each.source().toBytes()));
    } else {
      session.send(initialize == null ? json : settled(json, initialize));
    }
  }

  /** There is an answer that cannot be passed on. */
  void tooLong() {
    session.send(RpcError.internal("The answer is too long, or broke off").toJson(id));
  }

  private boolean isAnswer(byte[] content) {
    return Response.read(content).filter(response -> response.answers(id)).isPresent();
  }

  /** An error that was said of the POST, said of the request. */
  private byte[] error(int status, byte[] content) {
    String text =
        Response.read(content)
            .map(Response::error)
            .map(Response.Failure::message)
            .filter(message -> !message.isEmpty())
            .orElse("Not available now; try again");
    RpcError error =
        status == 401 || status == 403 ? RpcError.unauthorized(text) : RpcError.internal(text);
    return error.toJson(id);
  }

  /** Names the revision that the client asked for, if it is served as a later one. */
  private byte[] settled(byte[] json, String asked) {
    Optional<ObjectNode> response =
        session.isUnspoken(asked) ? RpcJson.object(json) : Optional.empty();
    if (response.isPresent() && response.get().get("result") instanceof ObjectNode result) {
      result.put("protocolVersion", asked);
      return RpcJson.bytes(response.get());
    }
    return json;
  }
}
