package dev.ostiary.authorization.consent;

import dev.ostiary.authorization.page.Language;
import dev.ostiary.authorization.page.Pages;
import dev.ostiary.authorization.page.Problem;
import dev.ostiary.http.Access;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Route;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Result;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Takes the answer to the consent page. First that it comes from the browser that was asked, then
 * that it is in time, then that client and redirect are still what the person was shown.
 */
final class ConsentEndpoint implements Endpoint {
  private final String path;
  private final ConsentForm form;
  private final SameOrigin sameOrigin;
  private final PendingCheck pending;
  private final Decisions decisions;
  private final Pages pages;
  private final InstantSource time;

  ConsentEndpoint(
      String path,
      ConsentForm form,
      SameOrigin sameOrigin,
      PendingCheck pending,
      Decisions decisions,
      Pages pages,
      InstantSource time) {
    this.path = path;
    this.form = form;
    this.sameOrigin = sameOrigin;
    this.pending = pending;
    this.decisions = decisions;
    this.pages = pages;
    this.time = time;
  }

  @Override
  public Route route() {
    return Route.post(path);
  }

  @Override
  public Access access() {
    return Access.BROWSER;
  }

  @Override
  public Reply handle(Request request) {
    Instant now = time.instant();
    Result<Reply, Problem> result =
        parse(request)
            .then(
                answer ->
                    open(request, answer)
                        .then(asked -> pending.check(asked, now))
                        .then(consent -> decisions.take(request, answer, consent, now)));
    return switch (result) {
      case Result.Ok<Reply, Problem>(Reply reply) -> reply;
      case Result.Refused<Reply, Problem>(Problem problem) ->
          pages.problem(Language.of(request.headers()), problem);
    };
  }

  private static Result<Parameters, Problem> parse(Request request) {
    return switch (Parameters.parse(request.body().utf8())) {
      case Result.Ok<Parameters, Parameters.Refusal>(Parameters answer) -> Result.ok(answer);
      case Result.Refused<Parameters, Parameters.Refusal> _ ->
          Result.refused(new Problem.ParametersMalformed());
    };
  }

  private Result<PendingRequest, Problem> open(Request request, Parameters answer) {
    if (!sameOrigin.allows(request.headers())) {
      return Result.refused(new Problem.FormForeign());
    }
    return form.open(request, answer.first("csrf").orElse(""), answer.first("request").orElse(""))
        .<Result<PendingRequest, Problem>>map(Result::ok)
        .orElseGet(() -> Result.refused(new Problem.FormForeign()));
  }
}
