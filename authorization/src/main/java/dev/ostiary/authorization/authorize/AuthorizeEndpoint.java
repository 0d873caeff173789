package dev.ostiary.authorization.authorize;

import dev.ostiary.authorization.consent.ConsentForm;
import dev.ostiary.authorization.consent.ConsentRequest;
import dev.ostiary.authorization.response.AuthorizationRefusal;
import dev.ostiary.authorization.response.AuthorizationResponses;
import dev.ostiary.authorization.session.Sessions;
import dev.ostiary.authorization.store.BrowserSession;
import dev.ostiary.http.Access;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Route;
import dev.ostiary.protocol.Result;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The authorization endpoint (RFC 6749 §3.1): checks a client's request and asks the person. It
 * stores nothing and sends nobody to the upstream.
 */
final class AuthorizeEndpoint implements Endpoint {
  private final String path;
  private final Step<Request, ConsentRequest> checks;
  private final Sessions sessions;
  private final ConsentForm form;
  private final AuthorizationResponses responses;
  private final InstantSource time;

  AuthorizeEndpoint(
      String path,
      Step<Request, ConsentRequest> checks,
      Sessions sessions,
      ConsentForm form,
      AuthorizationResponses responses,
      InstantSource time) {
    this.path = path;
    this.checks = checks;
    this.sessions = sessions;
    this.form = form;
    this.responses = responses;
    this.time = time;
  }

  @Override
  public Route route() {
    return Route.getOrPost(path);
  }

  @Override
  public Access access() {
    return Access.BROWSER;
  }

  @Override
  public Reply handle(Request request) {
    return switch (checks.check(request)) {
      case Result.Ok<ConsentRequest, AuthorizationRefusal>(ConsentRequest consent) ->
          ask(request, consent);
      case Result.Refused<ConsentRequest, AuthorizationRefusal>(AuthorizationRefusal refusal) ->
          responses.refused(request, refusal);
    };
  }

  private Reply ask(Request request, ConsentRequest consent) {
    Instant now = time.instant();
    Optional<BrowserSession> session = sessions.find(request, now);
    return form.show(request, consent, session, now);
  }
}
