package dev.ostiary.gateway;

import dev.ostiary.gateway.TokenVerifier.Refusal;
import dev.ostiary.gateway.policy.Guard;
import dev.ostiary.gateway.policy.ToolMarks;
import dev.ostiary.gateway.policy.Verdict;
import dev.ostiary.http.Exchange;
import dev.ostiary.http.Service;
import dev.ostiary.mcp.Admission;
import dev.ostiary.mcp.Message;
import dev.ostiary.mcp.Message.Envelope;
import dev.ostiary.mcp.Revision;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The path of one protected server. In this order: origin, method, access token, audience, content,
 * revision, policy; then the backend. A token that is known costs no thread hop.
 */
final class McpEndpoint implements Service {
  private static final int BODY_LIMIT = 4 * 1024 * 1024;

  private final ServerRoute server;
  private final Origins origins;
  private final TokenCheck tokens;
  private final RunningCalls running;
  private final Executor executor;
  private final Logger log;
  private final Refusals refusals;
  private final Guard guard;

  McpEndpoint(
      ServerRoute server,
      Origins origins,
      TokenCheck tokens,
      RunningCalls running,
      Executor executor,
      Logger log) {
    this.server = server;
    this.origins = origins;
    this.tokens = tokens;
    this.running = running;
    this.executor = executor;
    this.log = log;
    this.refusals = new Refusals(server, log);
    this.guard = new Guard(server.policy(), new ToolMarks());
  }

  @Override
  public int bodyLimit(String method, String path) {
    return method.equals("POST") ? BODY_LIMIT : 0;
  }

  @Override
  public void serve(Exchange exchange) {
    CallFields fields = new CallFields(exchange.request().headers());
    String method = exchange.request().method();
    if (!origins.admit(fields.origin(), fields.host())) {
      refuse(exchange, fields, new CallRefusal.ForeignOrigin());
    } else if (method.equals("OPTIONS")) {
      exchange.reply(ReplyHeaders.preflight(fields.origin()));
    } else if (!method.equals("POST")) {
      refuse(exchange, fields, new CallRefusal.OtherMethod(method));
    } else {
      authenticate(exchange, fields);
    }
  }

  private void authenticate(Exchange exchange, CallFields fields) {
    switch (fields.credentials()) {
      case Credentials.None _ -> refuse(exchange, fields, new CallRefusal.NoToken());
      case Credentials.Malformed(String why) ->
          refuse(exchange, fields, new CallRefusal.MalformedToken(why));
      case Credentials.Bearer(String token) -> {
        TokenHash hash = TokenHash.of(token);
        VerifiedToken known = tokens.known(hash);
        if (known == null) {
          onExecutor(exchange, fields, () -> verify(exchange, fields, hash, token));
        } else {
          admit(exchange, fields, hash, known);
        }
      }
    }
  }

  private void verify(Exchange exchange, CallFields fields, TokenHash hash, String token) {
    switch (tokens.verify(hash, token)) {
      case Result.Ok<VerifiedToken, Refusal>(VerifiedToken good) ->
          admit(exchange, fields, hash, good);
      case Result.Refused<VerifiedToken, Refusal>(Refusal reason) ->
          refuse(exchange, fields, new CallRefusal.BadToken(reason));
    }
  }

  private void admit(Exchange exchange, CallFields fields, TokenHash hash, VerifiedToken token) {
    if (!token.audience().equals(server.resource())) {
      refuse(exchange, fields, new CallRefusal.OtherAudience());
      return;
    }
    if (!fields.isJson()) {
      refuse(exchange, fields, new CallRefusal.NotJson());
      return;
    }
    Message message = Message.scan(exchange.request().body().bytes());
    switch (Admission.of(message, fields.mcp())) {
      case Admission.Refused refused ->
          refuse(exchange, fields, new CallRefusal.NotAdmitted(refused));
      case Admission.Admitted(Revision revision) -> {
        AdmittedCall call = new AdmittedCall(exchange.request(), token.caller(), message, revision);
        CallRefusal refusal = judge(call);
        if (refusal == null) {
          RunningCall reply =
              new RunningCall(exchange, refusals, running, token, revision, fields.origin());
          call(call, reply);
          if (reply.isRunning() && tokens.known(hash) == null) {
            reply.revoked(); // before the call was listed as running
          }
        } else {
          refuse(exchange, fields, refusal);
        }
      }
    }
  }

  private @Nullable CallRefusal judge(AdmittedCall call) {
    Message message = call.message();
    Scopes held = call.caller().scopes();
    return switch (guard.judge(message, held)) {
      case Verdict.Allowed _ -> null;
      case Verdict.Denied denied -> new CallRefusal.NotAllowed(message, call.revision(), denied);
      case Verdict.ScopeMissing(Scopes needed) ->
          new CallRefusal.ScopeMissing(
              needed,
              asked(needed, call),
              message instanceof Envelope envelope ? envelope.id() : null);
    };
  }

  /**
   * Clients of older revisions ask for the challenge's scopes alone, and would lose what they hold.
   */
  private static Scopes asked(Scopes needed, AdmittedCall call) {
    return call.revision().isModern() ? needed : call.caller().scopes().union(needed);
  }

  private void call(AdmittedCall call, RunningCall reply) {
    CallReply shown =
        guard
            .listFilter(call.message(), call.caller().scopes())
            .<CallReply>map(filter -> new FilteredReply(reply, filter, call))
            .orElse(reply);
    try {
      server.backend().take(call, shown);
    } catch (RejectedExecutionException full) {
      reply.refuse(new CallRefusal.Overloaded());
    }
  }

  private void onExecutor(Exchange exchange, CallFields fields, Runnable work) {
    try {
      executor.execute(
          () -> {
            try {
              work.run();
            } catch (RuntimeException | Error broken) {
              log.log(Level.ERROR, () -> exchange.request().id() + ": a call broke off", broken);
              refuse(exchange, fields, new CallRefusal.Broken());
            }
          });
    } catch (RejectedExecutionException full) {
      refuse(exchange, fields, new CallRefusal.Overloaded());
    }
  }

  private void refuse(Exchange exchange, CallFields fields, CallRefusal refusal) {
    refusals.refuse(exchange, refusal, fields.origin());
  }
}
