package dev.ostiary.server.operate;

import dev.ostiary.http.Access;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Route;
import dev.ostiary.protocol.Result;
import java.util.List;

/** Clients, grants, keys and backups, over HTTP. */
record OperatorEndpoint(Route route, Operations operations) implements Endpoint {
  static List<Endpoint> all(Operations operations) {
    return List.of(
        new OperatorEndpoint(Route.getOrPost("/clients"), operations),
        new OperatorEndpoint(Route.post("/backups"), operations),
        new OperatorEndpoint(new Route(List.of("DELETE"), "/clients/*", 0, false), operations),
        new OperatorEndpoint(new Route(List.of("GET", "DELETE"), "/grants", 0, false), operations),
        new OperatorEndpoint(new Route(List.of("GET"), "/keys", 0, false), operations),
        new OperatorEndpoint(new Route(List.of("POST"), "/keys/signing", 0, false), operations),
        new OperatorEndpoint(new Route(List.of("POST"), "/keys/data", 0, false), operations));
  }

  @Override
  public Access access() {
    return Access.OPERATOR;
  }

  @Override
  public Reply handle(Request request) {
    return switch (OperatorRequest.parse(request)) {
      case Result.Ok(OperatorRequest wanted) ->
          AnswerStream.of(updates -> operations.perform(wanted, updates)).noStore();
      case Result.Refused(String reason) ->
          AnswerStream.problem(new Answer.Refused(400, reason)).noStore();
    };
  }
}
