package dev.ostiary.gateway.backend;

import dev.ostiary.gateway.observe.BackendFailure;
import dev.ostiary.gateway.reply.BackendErrors;
import dev.ostiary.gateway.reply.CallReply;
import dev.ostiary.gateway.session.DeadSession;
import dev.ostiary.gateway.stream.AnswerEvents;
import dev.ostiary.gateway.stream.ReadAhead;
import dev.ostiary.gateway.stream.StreamTimeouts;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.mcp.Response;
import dev.ostiary.mcp.Revision;
import dev.ostiary.mcp.RpcError;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What a backend answers: JSON and events pass as they are, with whatever status; everything else
 * becomes an error that a client understands.
 */
final class BackendAnswer {
  /** What is read ahead of JSON, so that an answer that breaks off can still become an error. */
  private static final int AHEAD = 64 * 1024;

  /** The longest answer that is held as a whole to be changed. */
  private static final int HELD = 4 * 1024 * 1024;

  private final BackendExchange.Parts parts;
  private final BackendRequest request;
  private final AnswerSession session;
  private final CallReply reply;
  private final Bulkhead.Permit permit;
  private final Consumer<CompletableFuture<?>> follow;

  /**
   * @param follow gets what is to be cancelled when the call is given up
   */
  BackendAnswer(
      BackendExchange.Parts parts,
      BackendRequest request,
      CallReply reply,
      Bulkhead.Permit permit,
      Consumer<CompletableFuture<?>> follow) {
    this.parts = parts;
    this.request = request;
    this.session = new AnswerSession(parts.sessions(), request);
    this.reply = reply;
    this.permit = permit;
    this.follow = follow;
  }

  /**
   * @param done runs when nothing more will come of it
   */
  void take(Reply answer, Runnable done) {
    int status = answer.status();
    if (status >= 300 && status < 400) {
      refuse(answer, BackendErrors.redirecting(name()), done);
    } else if (status == 401 || status == 407) {
      refuse(answer, BackendErrors.closed(name()), done);
    } else if (status == 403 && parts.credential().isPersonal() && ScopeChallenge.isIn(answer)) {
      stepUp(answer, done);
    } else if (Gzip.isOf(answer) && !AnswerEvents.isIn(answer.headers())) {
      gunzip(answer, done);
    } else if (AnswerContent.isEncoded(answer)) {
      refuse(answer, BackendErrors.unreadable(name()), done);
    } else if (status == 400 && request.admitted().session() != null) {
      ahead(
          answer, ReadAhead.upTo(AHEAD), (body, read) -> inSession(answer, body, read, done), done);
    } else {
      content(answer, done);
    }
  }

  private void gunzip(Reply answer, Runnable done) {
    ahead(
        answer,
        ReadAhead.upTo(HELD),
        (body, read) -> {
          Optional<byte[]> plain =
              body instanceof Body.Whole ? Gzip.plain(read, HELD) : Optional.empty();
          Reply coded = new Reply(answer.status(), answer.headers(), body);
          if (plain.isEmpty()) {
            refuse(coded, BackendErrors.unreadable(name()), done);
            return;
          }
          Headers headers = answer.headers().without("Content-Encoding").without("Content-Length");
          take(new Reply(answer.status(), headers, Body.of(plain.get())), done);
        },
        done);
  }

  /** A session that the backend knows no more has to be begun anew. */
  private void inSession(Reply answer, Body body, byte[] read, Runnable done) {
    Reply again = new Reply(answer.status(), answer.headers(), body);
    if (DeadSession.isSaid(read, request.id(), parts.credential().isPersonal())) {
      discard(again);
      reply.json(404, RpcError.noSession().toJson(request.id()));
      done.run();
    } else {
      content(again, done);
    }
  }

  private void content(Reply answer, Runnable done) {
    if (request.discovers()) {
      discovered(answer, done);
    } else if (answer.status() == 200 && AnswerEvents.isIn(answer.headers())) {
      events(answer, done);
    } else if (AnswerContent.isJson(answer)) {
      json(answer, done);
    } else {
      discard(answer);
      other(answer, done);
    }
  }

  /** In our words, and only where more scopes would help: the backend's own never pass. */
  private void stepUp(Reply answer, Runnable done) {
    discard(answer);
    if (reply.stepUp(ScopeChallenge.scopes(answer))) {
      done.run();
      return;
    }
    if (request.discovers()) {
      DiscoverAnswer.notOffered(reply, request);
    } else {
      reply.json(403, BackendErrors.notPermitted(name()).toJson(request.id()));
    }
    done.run();
  }

  private void discovered(Reply answer, Runnable done) {
    boolean events = answer.status() == 200 && AnswerEvents.isIn(answer.headers());
    if (!events && !AnswerContent.isJson(answer)) {
      discard(answer);
      other(answer, done);
      return;
    }
    ahead(
        answer,
        events ? AnswerEvents.untilAnswered(HELD) : ReadAhead.upTo(HELD),
        (body, read) -> {
          Optional<byte[]> json = events ? AnswerEvents.answer(read) : Optional.of(read);
          Reply again = new Reply(answer.status(), answer.headers(), body);
          if (!DiscoverAnswer.isProper(answer.status(), json.flatMap(Response::read), request)) {
            discard(again);
            other(again, done);
          } else if (events) {
            events(again, done);
          } else {
            relay(again, body, Optional.empty(), done);
          }
        },
        done);
  }

  private void events(Reply answer, Runnable done) {
    if (!permit.becomesStream()) {
      discard(answer);
      parts.tell(BackendFailure.BUSY);
      reply.fail(503, BackendErrors.busy(name()), request.id(), null);
      done.run();
    } else if (request.wantsJson()) {
      ahead(
          answer,
          AnswerEvents.untilAnswered(HELD),
          (body, read) -> onlyAnswer(answer, body, read, done),
          done);
    } else if (request.opensSession() && session.isIn(answer)) {
      ahead(
          answer,
          AnswerEvents.untilAnswered(AHEAD),
          (body, read) -> relay(answer, body, session.settled(answer, read), done),
          done);
    } else {
      relay(answer, answer.body(), Optional.empty(), done);
    }
  }

  /** The answer among the events, for a client that takes no other. */
  private void onlyAnswer(Reply answer, Body body, byte[] read, Runnable done) {
    discard(new Reply(answer.status(), answer.headers(), body));
    Optional<byte[]> only = AnswerEvents.answer(read);
    if (only.isPresent()) {
      Headers headers =
          answer.headers().without("Content-Length").replace("Content-Type", "application/json");
      Reply json = new Reply(answer.status(), headers, Body.of(only.get()));
      relay(json, json.body(), session.settled(json, only.get()), done);
    } else {
      brokeOff(new IOException("no answer among the events"), done);
    }
  }

  private void json(Reply answer, Runnable done) {
    ahead(
        answer,
        ReadAhead.upTo(AHEAD),
        (body, read) -> {
          if (AnswerContent.isJson(body, read) || !request.expectsAnswer()) {
            relay(answer, body, session.settled(answer, read), done);
          } else {
            discard(new Reply(answer.status(), answer.headers(), body));
            other(answer, done);
          }
        },
        done);
  }

  /**
   * Reads the beginning of the answer, or all of it.
   *
   * @param then gets the body, of which nothing is lost, and what has been read of it
   */
  private void ahead(
      Reply answer, ReadAhead.Enough enough, BiConsumer<Body, byte[]> then, Runnable done) {
    if (!(answer.body() instanceof Body.Streamed streamed)) {
      Body.Whole whole = (Body.Whole) answer.body();
      then.accept(whole, whole.bytes());
      return;
    }
    Duration timeout =
        AnswerEvents.isIn(answer.headers()) ? parts.settings().idle() : parts.settings().answer();
    CompletableFuture<ReadAhead.Beginning> beginning =
        new ReadAhead(streamed, enough, parts.ticker(), timeout).read();
    follow.accept(beginning);
    var _ =
        beginning.whenComplete(
            (read, failure) -> {
              if (read == null) {
                brokeOff(BackendExchange.unwrapped(failure), done);
              } else {
                then.accept(read.body(), read.octets());
              }
            });
  }

  private void relay(Reply answer, Body body, Optional<Revision> settled, Runnable done) {
    reply.relay(
        new Reply(answer.status(), session.fields(answer, settled), session.sealed(answer, body)),
        AnswerEvents.isIn(answer.headers())
            ? parts.timeouts()
            : new StreamTimeouts(parts.settings().keepAlive(), parts.settings().answer()),
        done);
  }

  private void brokeOff(Throwable failure, Runnable done) {
    boolean late = failure instanceof HttpTimeoutException;
    RpcError error = late ? BackendErrors.late(name()) : BackendErrors.brokenOff(name());
    parts.log().log(Level.DEBUG, () -> request.admitted().requestId() + ": " + failure);
    parts.tell(late ? BackendFailure.LATE : BackendFailure.BROKEN_OFF);
    reply.fail(late ? 504 : 502, error, request.id(), null);
    done.run();
  }

  /** No JSON and no events: the status may still say something. */
  private void other(Reply answer, Runnable done) {
    if (request.discovers()) {
      DiscoverAnswer.notOffered(reply, request);
      done.run();
      return;
    }
    int status = answer.status();
    Headers fields = session.fields(answer, Optional.empty()).without("Content-Type");
    if (status >= 400) {
      byte[] error = BackendErrors.status(name(), status).toJson(request.id());
      Headers json = fields.without("Content-Length").with("Content-Type", "application/json");
      reply.relay(new Reply(status, json, Body.of(error)), parts.timeouts(), done);
    } else if (request.expectsAnswer()) {
      parts.tell(BackendFailure.UNUSABLE);
      reply.fail(502, BackendErrors.unreadable(name()), request.id(), null);
      done.run();
    } else if (request.method().equals("POST")) {
      reply.accepted();
      done.run();
    } else {
      Headers empty = fields.without("Content-Length");
      reply.relay(new Reply(status, empty, Body.empty()), parts.timeouts(), done);
    }
  }

  private void refuse(Reply answer, RpcError error, Runnable done) {
    discard(answer);
    parts.log().log(
        Level.WARNING,
        () -> request.admitted().requestId() + ": status " + answer.status() + ", " + error);
    if (request.discovers()) {
      DiscoverAnswer.notOffered(reply, request);
    } else {
      parts.tell(BackendFailure.UNUSABLE);
      reply.fail(502, error, request.id(), null);
    }
    done.run();
  }

  private static void discard(Reply answer) {
    if (answer.body() instanceof Body.Streamed streamed) {
      streamed.discard();
    }
  }

  private String name() {
    return parts.settings().name();
  }
}
