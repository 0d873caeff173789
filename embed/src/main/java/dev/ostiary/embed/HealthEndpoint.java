package dev.ostiary.embed;

import dev.ostiary.http.Access;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Route;

/** Says that the program is up. Nothing else is looked at: a restart would mend nothing else. */
final class HealthEndpoint implements Endpoint {
  private final String prefix;

  /**
   * @param prefix the path of the public URL, empty if it has none
   */
  HealthEndpoint(String prefix) {
    this.prefix = prefix;
  }

  @Override
  public Route route() {
    return Route.get(prefix + "/health");
  }

  @Override
  public Access access() {
    return Access.ANYBODY;
  }

  @Override
  public Reply handle(Request request) {
    return Reply.text(200, "up\n").noStore();
  }
}
