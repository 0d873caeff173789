package dev.ostiary.gateway.backend;

import dev.ostiary.gateway.credential.BackendCredential;
import dev.ostiary.gateway.observe.GatewayObserver;
import dev.ostiary.gateway.reply.CallReply;
import dev.ostiary.gateway.session.BackendSession;
import dev.ostiary.gateway.session.SealedSessions;
import dev.ostiary.gateway.session.SessionSeal;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.http.Outbound;
import java.lang.System.Logger;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/**
 * An MCP server that is reached over Streamable HTTP. What it and its clients say passes octet for
 * octet, in whichever revision; fields of the connection, and those that concern one side only, do
 * not pass.
 */
public final class HttpBackend implements Backend, SessionBackend {
  private final HttpBackendSettings settings;
  private final BackendExchange.Parts parts;
  private final SealedSessions sessions;

  /** A backend without an observer. */
  public HttpBackend(
      HttpBackendSettings settings,
      Outbound outbound,
      BackendCredential credential,
      SessionSeal seal,
      Ticker ticker,
      InstantSource time,
      Logger log) {
    this(settings, outbound, credential, seal, ticker, GatewayObserver.NONE, time, log);
  }

  /**
   * @param outbound to this server alone
   * @param credential what the server is shown
   * @param seal what session ids are sealed with
   */
  public HttpBackend(
      HttpBackendSettings settings,
      Outbound outbound,
      BackendCredential credential,
      SessionSeal seal,
      Ticker ticker,
      GatewayObserver observer,
      InstantSource time,
      Logger log) {
    this.settings = settings;
    this.sessions = new SealedSessions(settings.resource(), seal, settings.sessionLifetime(), time);
    Bulkhead bulkhead = new Bulkhead(settings.calls(), settings.waiting(), settings.streams());
    ticker.add(bulkhead);
    this.parts =
        new BackendExchange.Parts(
            settings,
            outbound,
            credential,
            sessions,
            new CircuitBreaker(
                settings.name(), settings.failures(), settings.pause(), observer, log),
            bulkhead,
            ticker,
            observer,
            log);
  }

  @Override
  public boolean isPersonal() {
    return parts.credential().isPersonal();
  }

  @Override
  public Optional<SessionBackend> sessions() {
    return Optional.of(this);
  }

  @Override
  public Optional<BackendSession> open(String clientId, Caller caller) {
    return sessions.open(clientId, caller);
  }

  @Override
  public Optional<String> openEvent(String clientId, BackendSession session, Caller caller) {
    return sessions.openEvent(clientId, session, caller);
  }

  @Override
  public void take(AdmittedCall call, CallReply reply) {
    new BackendExchange(parts, BackendRequest.of(call), reply).begin();
  }

  @Override
  public void take(AdmittedListening listening, CallReply reply) {
    new BackendExchange(parts, BackendRequest.of(listening), reply).begin();
  }

  /**
   * Sends a message to another address of the same server, where it is only taken: its answer comes
   * elsewhere (2024-11-05, HTTP with SSE).
   */
  public void post(AdmittedCall call, URI to, CallReply reply) {
    new BackendExchange(parts, BackendRequest.posted(call, to), reply).begin();
  }

  /** Its settings. */
  public HttpBackendSettings settings() {
    return settings;
  }

  /** The number of calls and streams that are open or in the queue. */
  public int size() {
    return parts.bulkhead().size();
  }

  @Override
  public String toString() {
    return settings.name();
  }
}
