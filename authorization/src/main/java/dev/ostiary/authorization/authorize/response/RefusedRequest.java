package dev.ostiary.authorization.authorize.response;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.client.ClientName;
import dev.ostiary.authorization.client.RequestContent;
import dev.ostiary.authorization.client.document.DocumentRefusal;
import dev.ostiary.authorization.page.Problem;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.http.Request;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.WireError;
import java.time.Instant;
import java.util.List;

/** What is said in the audit stream of a request that is refused before anybody decided on it. */
final class RefusedRequest {
  private RefusedRequest() {}

  static AuditEvent event(Request request, AuthorizationRefusal refusal, Instant now) {
    return switch (refusal) {
      case AuthorizationRefusal.SentToClient(
              RegisteredClient client,
              ResponseTarget _,
              WireError error) ->
          new AuditEvent.AuthorizeRefused(
              now, request.id(), client.id().value(), error.error().code(), error.description());
      case AuthorizationRefusal.ShownToUser(Problem problem) ->
          new AuditEvent.AuthorizeRefused(
              now, request.id(), client(request), problem.reason(), detail(problem));
    };
  }

  /** The client as the request names it, which may be untrue. */
  private static String client(Request request) {
    return RequestContent.parameters(request)
            instanceof Result.Ok<Parameters, ?>(Parameters parameters)
        ? ClientName.of(List.of(), parameters)
        : "";
  }

  private static String detail(Problem problem) {
    return switch (problem) {
      case Problem.RedirectUnknown unknown -> unknown.redirectUri();
      case Problem.ParameterRepeated(String name) -> name;
      case Problem.DocumentUnusable(String _, DocumentRefusal refusal) -> refusal.reason();
      default -> "";
    };
  }
}
