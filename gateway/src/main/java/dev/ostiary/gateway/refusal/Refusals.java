package dev.ostiary.gateway.refusal;

import dev.ostiary.gateway.observe.GatewayObserver;
import dev.ostiary.gateway.token.TokenVerifier.Refusal;
import dev.ostiary.http.Exchange;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Refuses a call: tells the client what it may know, and the log the reason. */
public final class Refusals {
  private final String server;
  private final RefusalReplies replies;
  private final GatewayObserver observer;
  private final Logger log;

  /**
   * @param server its name
   * @param scopes the minimal useful set, for clients without a token
   */
  public Refusals(
      String server, Resource resource, Scopes scopes, GatewayObserver observer, Logger log) {
    this.server = server;
    this.replies = new RefusalReplies(resource, scopes);
    this.observer = observer;
    this.log = log;
  }

  public void refuse(Exchange exchange, CallRefusal refusal, @Nullable String origin) {
    log.log(level(refusal), () -> exchange.request().id() + " " + server + ": " + refusal);
    observer.refused(server, RefusalReasons.of(refusal), exchange.request().id());
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
