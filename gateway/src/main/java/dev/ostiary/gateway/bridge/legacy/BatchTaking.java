package dev.ostiary.gateway.bridge.legacy;

import dev.ostiary.gateway.backend.AdmittedCall;
import dev.ostiary.gateway.bridge.reply.EventReply;
import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.reply.AnswerForm;
import dev.ostiary.gateway.reply.CallReply;
import dev.ostiary.gateway.stream.StreamTimeouts;
import dev.ostiary.mcp.Message.Batch;
import dev.ostiary.mcp.Message.Envelope;
import dev.ostiary.mcp.Message.Kind;
import dev.ostiary.mcp.RawJson;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.mcp.rpc.RpcMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Takes up the messages of a batch, each as if it had come alone (2025-03-26, Batching). */
final class BatchTaking {
  private BatchTaking() {}

  static void take(
      Session session, Batch batch, AdmittedCall call, CallReply reply, StreamTimeouts timeouts) {
    int requests =
        (int) batch.messages().stream().filter(each -> each.kind() == Kind.REQUEST).count();
    if (requests == 0) {
      reply.accepted();
      for (Envelope each : batch.messages()) {
        one(session, each, call, reply, null, new ArrayList<>());
      }
      return;
    }
    List<Runnable> onCancel = new ArrayList<>();
    AnswerForm form = AnswerForm.of(call.head().request().headers());
    EventReply events = new EventReply(reply, null, form, timeouts, () -> cancel(onCancel));
    BatchReply answers = new BatchReply(events, form == AnswerForm.EVENTS, requests);
    for (Envelope each : batch.messages()) {
      one(session, each, call, reply, answers, onCancel);
    }
  }

  private static void cancel(List<Runnable> onCancel) {
    List<Runnable> all;
    synchronized (onCancel) {
      all = List.copyOf(onCancel);
    }
    all.forEach(Runnable::run);
  }

  private static void one(
      Session session,
      Envelope envelope,
      AdmittedCall call,
      CallReply reply,
      @Nullable BatchReply answers,
      List<Runnable> onCancel) {
    RpcMessage message = RpcMessage.read(envelope.source().toBytes()).orElse(null);
    RawJson id = envelope.id();
    switch (message) {
      case RpcMessage.Request request when answers != null && id != null ->
          request(session, request, call, reply, answers.part(id), onCancel);
      case RpcMessage.Notification(var method, var params) -> session.notify(method, params, call);
      case RpcMessage.Response response ->
          session.questions().answer(response, Cause.of(call.head()));
      case null, default -> {
        if (answers != null && envelope.kind() == Kind.REQUEST) {
          RpcError error = RpcError.invalidRequest("the message cannot be read as a whole");
          answers.part(Objects.requireNonNull(id)).answer(400, error.toJson(id));
        }
      }
    }
  }

  private static void request(
      Session session,
      RpcMessage.Request request,
      AdmittedCall call,
      CallReply reply,
      Answering part,
      List<Runnable> onCancel) {
    if (request.method().equals("initialize")) {
      RpcError error = RpcError.invalidRequest("initialize is not for a batch");
      part.answer(400, RpcMessage.Failure.of(request.id(), error).toJson());
      return;
    }
    session.request(
        request,
        call,
        reply,
        cancelling -> {
          synchronized (onCancel) {
            onCancel.add(cancelling);
          }
          return part;
        });
  }
}
