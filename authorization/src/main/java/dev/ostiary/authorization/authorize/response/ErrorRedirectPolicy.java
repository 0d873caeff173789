package dev.ostiary.authorization.authorize.response;

import dev.ostiary.authorization.authorize.session.Sessions;
import dev.ostiary.authorization.client.redirect.RedirectTarget;
import dev.ostiary.authorization.store.ClientKind;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.http.Request;
import dev.ostiary.protocol.RedirectUri;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The rule for redirects that no person has decided on. Anybody can register a client whose
 * redirect URI is a phishing site, and then have our address lead there by a request that must fail
 * (RFC 9700 §4.11.2). So an error goes at once only to this computer, to a client that the operator
 * named, and to where the signed-in person has sent an answer before; for every other place there
 * is a page with a link.
 */
final class ErrorRedirectPolicy {
  private final Sessions sessions;
  private final Approvals approvals;
  private final InstantSource time;

  ErrorRedirectPolicy(Sessions sessions, Approvals approvals, InstantSource time) {
    this.sessions = sessions;
    this.approvals = approvals;
    this.time = time;
  }

  boolean isAllowed(Request request, RegisteredClient client, RedirectUri uri) {
    return client.kind() == ClientKind.CONFIGURED
        || RedirectTarget.of(uri).kind() == RedirectTarget.Kind.LOOPBACK
        || isApproved(request, client, uri);
  }

  private boolean isApproved(Request request, RegisteredClient client, RedirectUri uri) {
    Instant now = time.instant();
    return sessions
        .find(request, now)
        .filter(session -> approvals.know(session.subject(), client, uri, now))
        .isPresent();
  }
}
