package dev.ostiary.authorization.authorize.request;

import dev.ostiary.authorization.authorize.consent.ConsentForm;
import dev.ostiary.authorization.authorize.consent.ConsentRequest;
import dev.ostiary.authorization.authorize.consent.RememberedConsent;
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
 * an earlier answer of theirs stands. Without one it stores nothing and sends nobody to the
 * upstream.
 */
final class AuthorizeEndpoint implements Endpoint {
  private final BrowserDependencies with;
  private final Step<Request, PromptedRequest> checks;
  private final RememberedConsent earlier;
  private final ConsentForm form;

  AuthorizeEndpoint(
      BrowserDependencies with,
      Step<Request, PromptedRequest> checks,
      RememberedConsent earlier,
      ConsentForm form) {
    this.with = with;
    this.checks = checks;
    this.earlier = earlier;
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
      case Result.Ok<PromptedRequest, AuthorizationRefusal>(PromptedRequest prompted) ->
          answer(request, prompted);
      case Result.Refused<PromptedRequest, AuthorizationRefusal>(AuthorizationRefusal refusal) ->
          with.responses().refused(request, refusal);
    };
  }

  private Reply answer(Request request, PromptedRequest prompted) {
    Instant now = with.time().instant();
    ConsentRequest consent = prompted.consent();
    Optional<BrowserSession> session = with.sessions().find(request, now);
    return switch (prompted.asking()) {
      case ALWAYS -> form.show(request, consent, session, now);
      case IF_NEEDED ->
          resume(request, consent, session, now)
              .orElseGet(() -> form.show(request, consent, session, now));
      case NEVER ->
          resume(request, consent, session, now)
              .orElseGet(() -> unasked(request, prompted, session.isPresent()));
    };
  }

  private Optional<Reply> resume(
      Request request, ConsentRequest consent, Optional<BrowserSession> session, Instant now) {
    return session.flatMap(known -> earlier.resume(request, consent, known, now));
  }

  private Reply unasked(Request request, PromptedRequest prompted, boolean signedIn) {
    return with.responses()
        .refused(
            request,
            signedIn
                ? prompted.refusal(OAuthError.INTERACTION_REQUIRED, "The user has to be asked.")
                : prompted.refusal(OAuthError.LOGIN_REQUIRED, "The user has to sign in."));
  }
}
