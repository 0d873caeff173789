package dev.ostiary.authorization.authorize.consent;

import dev.ostiary.authorization.authorize.response.AuthorizationRefusal;
import dev.ostiary.authorization.authorize.response.BrowserDependencies;
import dev.ostiary.authorization.authorize.response.ResponseTarget;
import dev.ostiary.authorization.authorize.session.CookieFamily;
import dev.ostiary.authorization.authorize.session.SameOrigin;
import dev.ostiary.authorization.page.Problem;
import dev.ostiary.http.Access;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Route;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.WireError;
import java.time.Instant;

/**
 * Takes the answer to the consent page. First that it comes from the browser that was asked, then
 * that client and redirect are still what the person was shown, then that it is in time.
 */
final class ConsentEndpoint implements Endpoint {
  private final BrowserDependencies with;
  private final ConsentForm form;
  private final PendingRequestValidator pending;
  private final ConsentDecisions decisions;
  private final SameOrigin sameOrigin;

  ConsentEndpoint(
      BrowserDependencies with,
      ConsentForm form,
      PendingRequestValidator pending,
      ConsentDecisions decisions) {
    this.with = with;
    this.form = form;
    this.pending = pending;
    this.decisions = decisions;
    this.sameOrigin = new SameOrigin(with.issuer());
  }

  @Override
  public Route route() {
    return Route.post(with.issuer().path() + "/consent");
  }

  @Override
  public Access access() {
    return Access.BROWSER;
  }

  @Override
  public Reply handle(Request request) {
    Instant now = with.time().instant();
    Result<Reply, AuthorizationRefusal> result =
        parse(request)
            .then(
                answer ->
                    open(request, answer)
                        .then(asked -> pending.check(asked, request.id(), now))
                        .then(consent -> decisions.take(request, answer, consent, now)));
    return switch (result) {
      case Result.Ok<Reply, AuthorizationRefusal>(Reply reply) -> reply;
      case Result.Refused<Reply, AuthorizationRefusal>(
              AuthorizationRefusal.SentToClient(var _, ResponseTarget to, WireError error)) ->
          with.responses().decided(request, to, error);
      case Result.Refused<Reply, AuthorizationRefusal>(AuthorizationRefusal shown) ->
          with.responses().refused(request, shown);
    };
  }

  private static Result<Parameters, AuthorizationRefusal> parse(Request request) {
    return switch (Parameters.parse(request.body().utf8())) {
      case Result.Ok<Parameters, Parameters.Refusal>(Parameters answer) -> Result.ok(answer);
      case Result.Refused<Parameters, Parameters.Refusal> _ ->
          shown(new Problem.ParametersMalformed());
    };
  }

  private Result<PendingRequest, AuthorizationRefusal> open(Request request, Parameters answer) {
    if (!sameOrigin.allows(request.headers())) {
      return shown(new Problem.FormForeign(CookieFamily.MOST));
    }
    return form.open(request, answer.first("csrf").orElse(""), answer.first("request").orElse(""))
        .<Result<PendingRequest, AuthorizationRefusal>>map(Result::ok)
        .orElseGet(() -> shown(new Problem.FormForeign(CookieFamily.MOST)));
  }

  private static <T> Result<T, AuthorizationRefusal> shown(Problem problem) {
    return Result.refused(AuthorizationRefusal.shown(problem));
  }
}
