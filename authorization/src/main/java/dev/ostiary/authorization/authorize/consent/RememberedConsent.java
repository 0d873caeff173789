package dev.ostiary.authorization.authorize.consent;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.authorize.callback.ApprovedRequest;
import dev.ostiary.authorization.authorize.callback.SignIns;
import dev.ostiary.authorization.authorize.response.BrowserDependencies;
import dev.ostiary.authorization.client.redirect.RedirectTarget;
import dev.ostiary.authorization.store.BrowserSession;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.protocol.RedirectUri;
import java.time.Instant;
import java.util.Optional;

/**
 * Goes on without the page where the signed-in person has answered the same question before. The
 * sign-in is bound to the browser as after an answer, and to that person.
 */
public final class RememberedConsent {
  private final BrowserDependencies with;
  private final SignIns signIns;

  RememberedConsent(BrowserDependencies with, SignIns signIns) {
    this.with = with;
    this.signIns = signIns;
  }

  /** The way to the upstream; empty if the person has to be asked. */
  public Optional<Reply> resume(
      Request request, AuthorizationRequest consent, BrowserSession session, Instant now) {
    AuthorizationRequest.Choice choice = consent.choices().getFirst();
    RedirectUri redirectUri = consent.to().redirect().uri();
    boolean open =
        consent.choices().size() > 1 || consent.selectAccount() || !consent.isOf(session.subject());
    if (open
        || !with.approvals()
            .cover(
                session.subject(),
                consent.client(),
                redirectUri,
                choice.server().resource(),
                choice.scopes(),
                now)) {
      return Optional.empty();
    }
    with.audit()
        .record(
            new AuditEvent.ConsentRemembered(
                now,
                request.id(),
                consent.client().id(),
                session.subject(),
                RedirectTarget.of(redirectUri).name(),
                choice.server().resource(),
                choice.scopes()));
    return Optional.of(
        signIns.begin(
            request,
            new ApprovedRequest(
                consent.client(),
                consent.to(),
                consent.codeChallenge(),
                choice.server(),
                session.subject().upstream(),
                choice.scopes(),
                false,
                session.subject()),
            now));
  }
}
