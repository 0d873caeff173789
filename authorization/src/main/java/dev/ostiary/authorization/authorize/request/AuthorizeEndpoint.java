package dev.ostiary.authorization.authorize.request;

import dev.ostiary.authorization.authorize.consent.AuthorizationRequest;
import dev.ostiary.authorization.authorize.consent.ConsentForm;
import dev.ostiary.authorization.authorize.consent.Prompt;
import dev.ostiary.authorization.authorize.consent.RememberedConsent;
import dev.ostiary.authorization.authorize.consent.UpstreamChoice;
import dev.ostiary.authorization.authorize.response.AuthorizationRefusal;
import dev.ostiary.authorization.authorize.response.BrowserDependencies;
import dev.ostiary.authorization.store.BrowserSession;
import dev.ostiary.http.Access;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Route;
import dev.ostiary.protocol.OAuthError;
import dev.ostiary.protocol.Result;
import java.time.Instant;
import java.util.Optional;

/**
 * The authorization endpoint (RFC 6749 §3.1): checks a client's request and asks the person, unless
 * an earlier answer of theirs stands. Without one it stores nothing and sends no browser to the
 * upstream.
 */
final class AuthorizeEndpoint implements Endpoint {
  private final BrowserDependencies with;
  private final RequestChecks checks;
  private final RememberedConsent earlier;
  private final UpstreamChoice upstreams;
  private final ConsentForm form;

  AuthorizeEndpoint(
      BrowserDependencies with,
      RequestChecks checks,
      RememberedConsent earlier,
      UpstreamChoice upstreams,
      ConsentForm form) {
    this.with = with;
    this.checks = checks;
    this.earlier = earlier;
    this.upstreams = upstreams;
    this.form = form;
  }

  @Override
  public Route route() {
    return Route.getOrPost(with.issuer().path() + "/authorize");
  }

  @Override
  public Access access() {
    return Access.BROWSER;
  }

  @Override
  public Reply handle(Request request) {
    return switch (checks.check(request)) {
      case Result.Ok<AuthorizationRequest, AuthorizationRefusal>(AuthorizationRequest asked) ->
          answer(request, asked);
      case Result.Refused<AuthorizationRequest, AuthorizationRefusal>(
              AuthorizationRefusal refusal) ->
          with.responses().refused(request, refusal);
    };
  }

  private Reply answer(Request request, AuthorizationRequest asked) {
    Instant now = with.time().instant();
    Optional<BrowserSession> session = with.sessions().find(request, now);
    return upstreams
        .decide(request, asked, session)
        .map(
            settled ->
                answer(
                    request,
                    settled,
                    session.filter(signedIn -> settled.isOf(signedIn.subject())),
                    now))
        .orElseGet(
            () ->
                asked.prompt() == Prompt.NEVER
                    ? unasked(request, asked, false)
                    : form.choose(request, asked, now));
  }

  private Reply answer(
      Request request, AuthorizationRequest asked, Optional<BrowserSession> session, Instant now) {
    return switch (asked.prompt()) {
      case ALWAYS -> form.show(request, asked, session, now);
      case IF_NEEDED ->
          resume(request, asked, session, now)
              .orElseGet(() -> form.show(request, asked, session, now));
      case NEVER ->
          resume(request, asked, session, now)
              .orElseGet(() -> unasked(request, asked, session.isPresent()));
    };
  }

  private Optional<Reply> resume(
      Request request, AuthorizationRequest asked, Optional<BrowserSession> session, Instant now) {
    return session.flatMap(known -> earlier.resume(request, asked, known, now));
  }

  private Reply unasked(Request request, AuthorizationRequest asked, boolean signedIn) {
    return with.responses()
        .refused(
            request,
            signedIn
                ? asked.refusal(OAuthError.INTERACTION_REQUIRED, "The user has to be asked.")
                : asked.refusal(OAuthError.LOGIN_REQUIRED, "The user has to sign in."));
  }
}
