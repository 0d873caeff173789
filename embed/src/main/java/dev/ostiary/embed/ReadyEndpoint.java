package dev.ostiary.embed;

import dev.ostiary.http.Access;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Route;

/** Says whether requests will be served, and if not, why. More is in the log. */
final class ReadyEndpoint implements Endpoint {
  private final String prefix;
  private final Readiness readiness;

  /**
   * @param prefix the path of the public URL, empty if it has none
   */
  ReadyEndpoint(String prefix, Readiness readiness) {
    this.prefix = prefix;
    this.readiness = readiness;
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
        readiness
            .obstacle()
            .map(why -> Reply.text(503, "not ready: " + why + "\n"))
            .orElseGet(
                () ->
                    Reply.text(
                        200,
                        readiness
                            .remark()
                            .map(but -> "ready, but " + but + "\n")
                            .orElse("ready\n")));
    return reply.noStore();
  }
}
