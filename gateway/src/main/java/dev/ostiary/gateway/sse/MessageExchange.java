package dev.ostiary.gateway.sse;

import dev.ostiary.gateway.backend.Admitted;
import dev.ostiary.gateway.backend.AdmittedCall;
import dev.ostiary.gateway.call.CheckedCaller;
import dev.ostiary.gateway.reply.ReplyHeaders;
import dev.ostiary.gateway.stream.AnswerEvents;
import dev.ostiary.gateway.stream.ReadAhead;
import dev.ostiary.http.Body;
import dev.ostiary.http.ContentLimit;
import dev.ostiary.http.Exchange;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.mcp.Message.Envelope;
import dev.ostiary.mcp.Message.Kind;
import dev.ostiary.mcp.RawJson;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One message of a client. Until it is admitted, what is said against it is said in answer to its
 * POST, as at the server's own path. Then that is answered with 202, and the rest is said on the
 * stream.
 */
final class MessageExchange implements Exchange {
  /** The longest answer in one piece, in bytes; longer ones come as events. */
  private static final int LONGEST = 16 * 1024 * 1024;

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final SseSession session;
  private final CheckedCaller from;
  private final Request request;
  private volatile @Nullable SpokenAnswer answer;
  private volatile @Nullable Runnable onAbort;

  MessageExchange(SseSession session, CheckedCaller from) {
    this.session = session;
    this.from = from;
    this.request =
        session.inward(from.exchange().request(), "POST", "application/json, text/event-stream");
  }

  @Override
  public Request request() {
    return request;
  }

  @Override
  public void read(ContentLimit limit, Content content) {
    from.exchange().read(limit, content);
  }

  /** The server's own checks have let it pass. */
  void admitted(Admitted what) {
    if (!(what instanceof AdmittedCall call)) {
      return;
    }
    RawJson id = call.id();
    answer =
        new SpokenAnswer(
            session, id, call.isRequest("initialize") ? asked((Envelope) call.message()) : null);
    from.exchange().reply(new Reply(202, ReplyHeaders.plain(from.origin()), Body.empty()));
    if (call.message() instanceof Envelope envelope
        && envelope.kind() == Kind.NOTIFICATION
        && envelope.method().equals("notifications/initialized")) {
      session.listen();
    }
  }

  private static String asked(Envelope initialize) {
    String version = initialize.params().protocolVersion();
    return version == null ? "" : version;
  }

  @Override
  public void reply(Reply reply) {
    SpokenAnswer said = answer;
    if (said == null) {
      from.exchange().reply(reply);
      return;
    }
    said.head(reply);
    switch (reply.body()) {
      case Body.Whole whole -> {
        said.whole(reply, whole.bytes());
        done();
      }
      case Body.Streamed streamed when AnswerEvents.isIn(reply.headers()) ->
          streamed.source().subscribe(new EventReader(said::message, this::done));
      case Body.Streamed streamed -> collect(reply, streamed, said);
    }
  }

  private void collect(Reply reply, Body.Streamed streamed, SpokenAnswer said) {
    var _ =
        new ReadAhead(streamed, ReadAhead.upTo(LONGEST), session.ticker(), PATIENCE)
            .read()
            .whenComplete(
                (read, _) -> {
                  if (read != null && read.body() instanceof Body.Whole whole) {
                    said.whole(reply, whole.bytes());
                  } else {
                    if (read != null && read.body() instanceof Body.Streamed endless) {
                      endless.discard();
                    }
                    said.tooLong();
                  }
                  done();
                });
  }

  private void done() {
    Runnable action = onAbort;
    if (action != null) {
      session.forget(action);
    }
  }

  @Override
  public void onAbort(Runnable action) {
    onAbort = action;
    session.onClose(action);
  }
}
