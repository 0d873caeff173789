package dev.ostiary.gateway.refusal;

import dev.ostiary.gateway.observe.GatewayObserver;
import dev.ostiary.http.Exchange;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.metadata.ProtectedResourceMetadata;
import java.lang.System.Logger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Refuses a call: tells the client what it may know, and the log the reason. */
public final class Refusals {
  private final String server;
  private final String resourceMetadata;
  private final Scopes scopes;
  private final UnaryOperator<Scopes> wire;
  private final GatewayObserver observer;
  private final Logger log;

  /**
   * @param server its name
   * @param scopes the minimal useful set, for clients without a token
   * @param wire what clients call scopes of the policy when they ask for them
   */
  public Refusals(
      String server,
      Resource resource,
      Scopes scopes,
      UnaryOperator<Scopes> wire,
      GatewayObserver observer,
      Logger log) {
    this.server = server;
    this.resourceMetadata = ProtectedResourceMetadata.uri(resource);
    this.scopes = wire.apply(scopes);
    this.wire = wire;
    this.observer = observer;
    this.log = log;
  }

  public void refuse(Exchange exchange, CallRefusal refusal, @Nullable String origin) {
    log.log(refusal.level(), () -> exchange.request().id() + " " + server + ": " + refusal);
    observer.refused(server, refusal.observed(), exchange.request().id());
    exchange.reply(refusal.reply(new RefusalReplies(resourceMetadata, scopes, wire, origin)));
  }
}
