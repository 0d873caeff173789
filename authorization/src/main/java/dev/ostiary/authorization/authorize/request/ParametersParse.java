package dev.ostiary.authorization.authorize.request;

import dev.ostiary.authorization.authorize.response.AuthorizationRefusal;
import dev.ostiary.authorization.client.RequestContent;
import dev.ostiary.authorization.page.Problem;
import dev.ostiary.http.Request;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Result;

/**
 * The parameters can be read, and none but {@code resource} is there twice (RFC 6749 §3.1). They
 * come in the query, or in the form of a POST. Those that we do not know are ignored.
 */
final class ParametersParse {
  private ParametersParse() {}

  static Result<ReceivedRequest, AuthorizationRefusal> check(Request request) {
    if (request.method().equals("POST") && !RequestContent.isForm(request)) {
      return Result.refused(AuthorizationRefusal.shown(new Problem.ParametersMalformed()));
    }
    return switch (RequestContent.parameters(request)) {
      case Result.Ok<Parameters, Parameters.Refusal>(Parameters parameters) ->
          Result.ok(new ReceivedRequest(request, parameters));
      case Result.Refused<Parameters, Parameters.Refusal>(Parameters.Refusal refusal) ->
          Result.refused(AuthorizationRefusal.shown(problem(refusal)));
    };
  }

  private static Problem problem(Parameters.Refusal refusal) {
    return switch (refusal) {
      case Parameters.Refusal.Repeated(String name) ->
          new Problem.ParameterRepeated(Truncated.of(name));
      case Parameters.Refusal.Malformed _ -> new Problem.ParametersMalformed();
    };
  }
}
