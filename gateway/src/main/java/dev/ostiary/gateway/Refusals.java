package dev.ostiary.gateway;

import dev.ostiary.gateway.TokenVerifier.Refusal;
import dev.ostiary.http.Exchange;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Refuses a call: tells the client what it may know, and the log the reason. */
final class Refusals {
  private final String server;
  private final RefusalReplies replies;
  private final ServerMetrics watch;
  private final Logger log;

  Refusals(ServerRoute server, ServerMetrics watch, Logger log) {
    this.server = server.name();
    this.watch = watch;
    this.replies = new RefusalReplies(server);
    this.log = log;
  }

  void refuse(Exchange exchange, CallRefusal refusal, @Nullable String origin) {
    log.log(level(refusal), () -> exchange.request().id() + " " + server + ": " + refusal);
    watch.refused(refusal, exchange.request().id());
    exchange.reply(replies.reply(refusal, origin));
  }

  /** What a client can bring about is of no concern to the operator. */
  private static Level level(CallRefusal refusal) {
    return switch (refusal) {
      case CallRefusal.BadToken(Refusal reason) when reason == Refusal.UNAVAILABLE -> Level.WARNING;
      case CallRefusal.Overloaded _, CallRefusal.Undecided _ -> Level.WARNING;
      case CallRefusal.Broken _ -> Level.ERROR;
      default -> Level.DEBUG;
    };
  }
}
