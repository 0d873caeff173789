package dev.ostiary.embed;

import dev.ostiary.http.Access;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Route;
import java.util.function.BooleanSupplier;

/** Says whether requests will be served. Why not is in the log, not in the answer. */
final class ReadyEndpoint implements Endpoint {
  private final String prefix;
  private final BooleanSupplier ready;

  /**
   * @param prefix the path of the public URL, empty if it has none
   */
  ReadyEndpoint(String prefix, BooleanSupplier ready) {
    this.prefix = prefix;
    this.ready = ready;
  }

  @Override
  public Route route() {
    return Route.get(prefix + "/ready");
  }

  @Override
  public Access access() {
    return Access.ANYBODY;
  }

  @Override
  public Reply handle(Request request) {
    Reply reply =
        ready.getAsBoolean() ? Reply.text(200, "ready\n") : Reply.text(503, "not ready\n");
    return reply.noStore();
  }
}
