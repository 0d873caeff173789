package dev.ostiary.gateway.call;

import dev.ostiary.gateway.backend.AdmittedListening;
import dev.ostiary.gateway.backend.CallHead;
import dev.ostiary.gateway.backend.ForwardedFields;
import dev.ostiary.gateway.refusal.CallRefusal;
import dev.ostiary.gateway.reply.ReplyHeaders;
import dev.ostiary.gateway.token.Credentials;
import dev.ostiary.gateway.token.TokenCheck;
import dev.ostiary.gateway.token.TokenHash;
import dev.ostiary.gateway.token.TokenVerifier.Refusal;
import dev.ostiary.gateway.token.VerifiedToken;
import dev.ostiary.http.Body;
import dev.ostiary.http.ContentLimit;
import dev.ostiary.http.Exchange;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Service;
import dev.ostiary.mcp.Admission;
import dev.ostiary.mcp.Revision;
import dev.ostiary.protocol.Result;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The path of one protected server. In this order: origin, access token, audience, method, guests,
 * content, revision, session, policy; then the backend. All that comes before the content is
 * decided by the head alone: content is read only for a caller who may send it. A token that is
 * known costs no thread hop.
 */
public final class McpEndpoint implements Service {
  private final ServerCalls calls;
  private final ServerRoute server;
  private final Origins origins;
  private final TokenCheck tokens;
  private final Executor executor;
  private final Logger log;
  private final String allowed;

  public McpEndpoint(
      ServerCalls calls, Origins origins, TokenCheck tokens, Executor executor, Logger log) {
    this.calls = calls;
    this.server = calls.server();
    this.origins = origins;
    this.tokens = tokens;
    this.executor = executor;
    this.log = log;
    this.allowed =
        server.backend().sessions().isPresent() ? "POST, GET, DELETE, OPTIONS" : "POST, OPTIONS";
  }

  ServerCalls calls() {
    return calls;
  }

  @Override
  public void serve(Exchange exchange) {
    CallFields fields = new CallFields(exchange.request().headers());
    String method = exchange.request().method();
    if (!origins.admit(fields.origin(), fields.host())) {
      refuse(exchange, fields, new CallRefusal.ForeignOrigin());
    } else if (method.equals("OPTIONS")) {
      String wanted =
          String.join(",", exchange.request().headers().all("Access-Control-Request-Headers"));
      exchange.reply(
          ReplyHeaders.preflight(allowed, ForwardedFields.forScripts(wanted), fields.origin()));
    } else {
      authenticate(exchange, fields);
    }
  }

  private boolean serves(String method) {
    return method.equals("POST")
        || ((method.equals("GET") || method.equals("DELETE"))
            && server.backend().sessions().isPresent());
  }

  private void authenticate(Exchange exchange, CallFields fields) {
    switch (fields.credentials()) {
      case Credentials.None _ -> refuse(exchange, fields, new CallRefusal.NoToken());
      case Credentials.Malformed(String why) ->
          refuse(exchange, fields, new CallRefusal.MalformedToken(why));
      case Credentials.Bearer(String token) -> {
        TokenHash hash = TokenHash.of(token);
        VerifiedToken known = tokens.known(hash);
        calls.watch().tokenLookedUp(known != null);
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
    String method = exchange.request().method();
    if (!serves(method)) {
      refuse(exchange, fields, new CallRefusal.OtherMethod(method, allowed));
      return;
    }
    AllowedUsers.Verdict known = server.guests().known(token.caller());
    if (known == null) {
      onExecutor(
          exchange,
          fields,
          () -> welcome(exchange, fields, hash, token, server.guests().ask(token.caller())));
    } else {
      welcome(exchange, fields, hash, token, known);
    }
  }

  private void welcome(
      Exchange exchange,
      CallFields fields,
      TokenHash hash,
      VerifiedToken token,
      AllowedUsers.Verdict verdict) {
    switch (verdict) {
      case NOT_WELCOME -> refuse(exchange, fields, new CallRefusal.UserNotAllowed());
      case UNKNOWN -> refuse(exchange, fields, new CallRefusal.Undecided());
      case SIGN_IN_AGAIN -> refuse(exchange, fields, new CallRefusal.SignInAgain());
      case WELCOME -> {
        if (exchange.request().method().equals("POST")) {
          content(exchange, fields, hash, token);
        } else {
          listening(exchange, fields, hash, token);
        }
      }
    }
  }

  private void content(Exchange exchange, CallFields fields, TokenHash hash, VerifiedToken token) {
    if (!fields.isJson()) {
      refuse(exchange, fields, new CallRefusal.NotJson());
      return;
    }
    exchange.read(
        new ContentLimit(server.bodyLimit(), token.caller().subject()),
        new Exchange.Content() {
          @Override
          public void arrived(Body.Whole whole) {
            var message = new PostedMessage(McpEndpoint.this, exchange, fields, hash, token);
            unlessBroken(exchange, fields, () -> message.take(whole));
          }

          @Override
          public void refused(Reply reply) {
            refuse(exchange, fields, new CallRefusal.NoContent(reply.status(), server.bodyLimit()));
          }
        });
  }

  private void listening(
      Exchange exchange, CallFields fields, TokenHash hash, VerifiedToken token) {
    SessionLookup sessions = new SessionLookup(server.backend(), token.caller());
    switch (ListeningRules.admit(exchange.request(), fields.mcp(), sessions)) {
      case Admission.Refused refused when refused.status() == 405 ->
          refuse(
              exchange,
              fields,
              new CallRefusal.OtherMethod(exchange.request().method(), "POST, OPTIONS"));
      case Admission.Refused refused ->
          refuse(exchange, fields, new CallRefusal.NotAdmitted(refused));
      case Admission.Admitted(Revision revision) -> {
        var head = new CallHead(exchange.request(), token.caller(), revision, sessions.found());
        var listening = new AdmittedListening(head, sessions.event());
        RunningCall reply = new RunningCall(calls, exchange, token, listening, fields.origin());
        run(
            reply,
            hash,
            () -> server.backend().sessions().ifPresent(there -> there.take(listening, reply)));
      }
    }
  }

  void run(RunningCall reply, TokenHash hash, Runnable call) {
    try {
      call.run();
    } catch (RejectedExecutionException full) {
      reply.refuse(new CallRefusal.Overloaded());
    }
    if (reply.isRunning() && tokens.known(hash) == null) {
      reply.revoked(); // before the call was listed as running
    }
  }

  private void onExecutor(Exchange exchange, CallFields fields, Runnable work) {
    try {
      executor.execute(() -> unlessBroken(exchange, fields, work));
    } catch (RejectedExecutionException full) {
      refuse(exchange, fields, new CallRefusal.Overloaded());
    }
  }

  void unlessBroken(Exchange exchange, CallFields fields, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error broken) {
      log.log(Level.ERROR, () -> exchange.request().id() + ": a call broke off", broken);
      refuse(exchange, fields, new CallRefusal.Broken());
    }
  }

  void refuse(Exchange exchange, CallFields fields, CallRefusal refusal) {
    calls.refusals().refuse(exchange, refusal, fields.origin());
  }
}
