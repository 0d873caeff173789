package dev.ostiary.gateway.refusal;

import dev.ostiary.gateway.policy.Denial;
import dev.ostiary.gateway.reply.ReplyHeaders;
import dev.ostiary.http.Body;
import dev.ostiary.http.Reply;
import dev.ostiary.mcp.Message.Batch;
import dev.ostiary.mcp.Message.Envelope;
import dev.ostiary.mcp.Message.Kind;
import dev.ostiary.mcp.Message.WellFormed;
import dev.ostiary.mcp.RawJson;
import dev.ostiary.mcp.Revision;
import dev.ostiary.mcp.RpcError;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client is told that no scope would help: the same as of something that is not there, so
 * that it does not sign in again and again.
 */
final class DenialReplies {
  private DenialReplies() {}

  static Reply reply(
      WellFormed message,
      Revision revision,
      Map<Envelope, Denial> denials,
      @Nullable String origin) {
    return message instanceof Batch batch
        ? batch(batch, revision, denials, origin)
        : single(denials.entrySet().iterator().next(), revision, origin);
  }

  private static Reply single(
      Map.Entry<Envelope, Denial> denied, Revision revision, @Nullable String origin) {
    RawJson id = denied.getKey().id();
    int status = id == null ? 400 : status(denied.getValue(), revision);
    return reply(status, error(denied.getValue(), revision).toJson(id), origin);
  }

  /** Nothing of the batch is done, and each of its requests learns why. */
  private static Reply batch(
      Batch batch, Revision revision, Map<Envelope, Denial> denials, @Nullable String origin) {
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    for (Envelope envelope : batch.messages()) {
      if (envelope.kind() == Kind.REQUEST) {
        Denial denial = denials.get(envelope);
        RpcError error =
            denial == null
                ? RpcError.invalidRequest("not done: another message of this batch is refused")
                : error(denial, revision);
        errors.write(errors.size() == 0 ? '[' : ',');
        errors.writeBytes(error.toJson(envelope.id()));
      }
    }
    if (errors.size() == 0) { // notifications only
      return reply(400, error(denials.values().iterator().next(), revision).toJson(null), origin);
    }
    errors.write(']');
    return reply(200, errors.toByteArray(), origin);
  }

  private static int status(Denial denial, Revision revision) {
    return denial instanceof Denial.Method && revision.isModern() ? 404 : 200;
  }

  private static RpcError error(Denial denial, Revision revision) {
    return switch (denial) {
      case Denial.Tool _ -> RpcError.invalidParams("this tool is not available here");
      case Denial.NotReadOnly _ ->
          RpcError.invalidParams(
              "only tools that change nothing may be called here, and tools/list does not mark this"
                  + " one so");
      case Denial.Prompt _ -> RpcError.invalidParams("this prompt is not available here");
      case Denial.Resource(String uri) -> RpcError.resourceNotFound(revision, uri);
      case Denial.Method _ -> RpcError.methodNotFound();
      case Denial.Unclear(String why) -> RpcError.invalidParams(why);
    };
  }

  private static Reply reply(int status, byte[] json, @Nullable String origin) {
    return new Reply(status, ReplyHeaders.json(origin), Body.of(json));
  }
}
