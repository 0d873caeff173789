package dev.ostiary.gateway.sse;

import dev.ostiary.gateway.call.CallerEndpoint;
import dev.ostiary.gateway.call.CheckedCaller;
import dev.ostiary.gateway.call.McpEndpoint;
import dev.ostiary.gateway.call.OriginCheck;
import dev.ostiary.gateway.call.ServerCalls;
import dev.ostiary.gateway.refusal.CallRefusal;
import dev.ostiary.gateway.token.TokenCheck;
import dev.ostiary.http.Service;
import dev.ostiary.mcp.Admission;
import dev.ostiary.mcp.RpcError;
import java.lang.System.Logger;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The transport of 2024-11-05 for one server. A stream is a session: it belongs to a user and
 * grant, lives on this node, and ends with its connection, its access token or its grant. Each
 * message of it is a call like any other, with the same checks.
 */
public final class SseEndpoints {
  /** How many streams may be open, of all users and of one. */
  static final int STREAMS = 1_000;

  static final int OF_USER = 32;

  private static final String SESSION = "session=";
  private static final int ID_OCTETS = 32;

  private final ServerCalls calls;
  private final McpEndpoint endpoint;
  private final SsePaths paths;
  private final Map<String, Service> services;
  private final Map<String, SseSession> sessions = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();

  /**
   * @param endpoint of the server itself
   */
  public SseEndpoints(
      ServerCalls calls,
      McpEndpoint endpoint,
      OriginCheck origins,
      TokenCheck tokens,
      Executor executor,
      Logger log) {
    this.calls = calls;
    this.endpoint = endpoint;
    this.paths = SsePaths.below(calls.server().path());
    this.services =
        Map.of(
            paths.stream(),
            new CallerEndpoint(calls, origins, tokens, executor, log, "GET", this::open),
            paths.messages(),
            new CallerEndpoint(calls, origins, tokens, executor, log, "POST", this::post));
  }

  /** What is at which path. */
  public Map<String, Service> services() {
    return services;
  }

  private void open(CheckedCaller caller) {
    byte[] octets = new byte[ID_OCTETS];
    random.nextBytes(octets);
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    SseSession session =
        new SseSession(caller, calls.server(), endpoint, calls.ticker(), () -> close(id));
    if (!add(id, session)) {
      caller.refuse(new CallRefusal.Overloaded());
      return;
    }
    session.open(SsePaths.MESSAGES + "?" + SESSION + id);
  }

  private synchronized boolean add(String id, SseSession session) {
    long same = sessions.values().stream().filter(session::isOfSameUser).count();
    if (same >= OF_USER || sessions.size() >= STREAMS) {
      return false;
    }
    sessions.put(id, session);
    return true;
  }

  private void close(String id) {
    sessions.remove(id);
  }

  private void post(CheckedCaller caller) {
    SseSession session = named(caller.exchange().request().query());
    if (session == null || !session.isOf(caller.caller())) {
      caller.refuse(
          new CallRefusal.NotAdmitted(new Admission.Refused(404, RpcError.noSession(), null)));
    } else {
      session.post(caller);
    }
  }

  private @Nullable SseSession named(String query) {
    for (String each : query.split("&", 8)) {
      if (each.startsWith(SESSION)) {
        return sessions.get(each.substring(SESSION.length()));
      }
    }
    return null;
  }
}
