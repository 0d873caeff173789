package dev.ostiary.gateway.backend;

import dev.ostiary.gateway.reply.CallReply;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.mcp.Message.Envelope;
import dev.ostiary.mcp.Message.WellFormed;
import dev.ostiary.mcp.RawJson;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.mcp.server.Answer;
import dev.ostiary.mcp.server.McpServer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A backend in this process. What it can say at once it says on the event loop; tools and resources
 * run on the executor, each interrupted when its call is given up.
 */
public final class ConnectorBackend implements Backend {
  private final McpServer<Caller> server;
  private final Executor executor;
  private final Logger log;

  /**
   * @param executor for work that blocks: a virtual thread for each
   */
  public ConnectorBackend(McpServer<Caller> server, Executor executor, Logger log) {
    this.server = server;
    this.executor = executor;
    this.log = log;
  }

  @Override
  public void take(AdmittedCall call, CallReply reply) {
    Optional<Answer> answer = server.atOnce(call.message(), call.revision());
    if (answer.isPresent()) {
      say(answer.get(), reply);
      return;
    }
    AtomicBoolean givenUp = new AtomicBoolean();
    FutureTask<@Nullable Void> work = new FutureTask<>(() -> work(call, reply, givenUp), null);
    reply.onCancel(
        () -> {
          givenUp.set(true);
          work.cancel(true);
        });
    executor.execute(work);
  }

  private void work(AdmittedCall call, CallReply reply, AtomicBoolean givenUp) {
    try {
      say(server.answer(call.message(), call.revision(), call.caller()), reply);
    } catch (RuntimeException | Error broken) {
      Level level = givenUp.get() ? Level.DEBUG : Level.ERROR;
      log.log(level, () -> call.requestId() + ": a tool or resource broke off", broken);
      RpcError error = RpcError.internal("Internal error (request " + call.requestId() + ")");
      reply.json(200, error.toJson(id(call.message())));
    }
  }

  private static void say(Answer answer, CallReply reply) {
    switch (answer) {
      case Answer.Json json -> reply.json(json.status(), json.bytes());
      case Answer.Accepted _ -> reply.accepted();
      case Answer.SignInAgain _ -> reply.signInAgain();
    }
  }

  private static @Nullable RawJson id(WellFormed message) {
    return message instanceof Envelope envelope ? envelope.id() : null;
  }
}
