package dev.ostiary.authorization.callback;

import dev.ostiary.authorization.approval.Approvals;
import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.page.Language;
import dev.ostiary.authorization.page.Pages;
import dev.ostiary.authorization.response.AuthorizationResponses;
import dev.ostiary.authorization.response.ReturnAddress;
import dev.ostiary.authorization.session.Sessions;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.authorization.store.SignIn;
import dev.ostiary.authorization.upstream.Upstream;
import dev.ostiary.authorization.upstream.UpstreamIdentity;
import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.authorization.upstream.UpstreamTokenKeeper;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Subject;
import dev.ostiary.protocol.WireError;
import java.time.Instant;
import java.util.Optional;

/** What follows from a sign-in, good or bad: an answer to the client, and an audit event. */
final class SignInCompletion {
  private static final System.Logger LOG = System.getLogger(SignInCompletion.class.getName());

  private final GrantIssue grants;
  private final UpstreamTokenKeeper tokens;
  private final Approvals approvals;
  private final Sessions sessions;
  private final AuthorizationResponses responses;
  private final Pages pages;
  private final AuditLog audit;

  SignInCompletion(
      GrantIssue grants,
      UpstreamTokenKeeper tokens,
      Approvals approvals,
      Sessions sessions,
      AuthorizationResponses responses,
      Pages pages,
      AuditLog audit) {
    this.grants = grants;
    this.tokens = tokens;
    this.approvals = approvals;
    this.sessions = sessions;
    this.responses = responses;
    this.pages = pages;
    this.audit = audit;
  }

  /** The user signed in. */
  Reply succeeded(
      Request request,
      SignIn signIn,
      RegisteredClient client,
      ReturnAddress to,
      Upstream upstream,
      UpstreamIdentity identity,
      Instant now) {
    Subject approved = signIn.approvedBefore();
    if (approved != null && !approved.equals(GrantIssue.subject(signIn, identity))) {
      return anotherUser(request, signIn, to, upstream, identity, now);
    }
    Optional<Scopes> scopes =
        GrantedScopes.narrow(upstream, signIn.scopes(), identity.tokens().scopes());
    if (scopes.isEmpty()) {
      tokens.discard(upstream, identity.tokens());
      record(request, signIn, "nothing_granted", now);
      return responses.decided(to, SignInErrors.NOTHING_GRANTED);
    }
    GrantIssue.Issued issued = grants.issue(signIn, client, identity, scopes.get(), now);
    Grant grant = issued.grant();
    approvals.remember(signIn, grant.subject(), now);
    audit.record(
        new AuditEvent.GrantCreated(
            now,
            request.id(),
            grant.id(),
            grant.client(),
            grant.subject(),
            grant.userName(),
            grant.resource(),
            grant.scopes()));
    return sessions.begin(
        responses.code(to, issued.code()), request, grant.subject(), grant.userName(), now);
  }

  /** One person's approval is not another's. Without the session, this one is asked next time. */
  private Reply anotherUser(
      Request request,
      SignIn signIn,
      ReturnAddress to,
      Upstream upstream,
      UpstreamIdentity identity,
      Instant now) {
    tokens.discard(upstream, identity.tokens());
    record(request, signIn, "another_user", now);
    return sessions.end(responses.decided(to, SignInErrors.ANOTHER_USER), request);
  }

  /** The user did not sign in, or may not come in. */
  Reply failed(
      Request request,
      SignIn signIn,
      ReturnAddress to,
      Upstream upstream,
      UpstreamRefusal refusal,
      Instant now) {
    LOG.log(SignInErrors.level(refusal), "sign-in at {0} failed: {1}", upstream.name(), refusal);
    record(request, signIn, SignInErrors.reason(refusal), now);
    WireError error = SignInErrors.wire(refusal);
    return refusal instanceof UpstreamRefusal.NotAllowed(var _, String userName, var _)
        ? pages.notAllowed(
            Language.of(request.headers()),
            userName,
            upstream.title(),
            to.redirect().uri(),
            responses.link(to, error.parameters()))
        : responses.decided(to, error);
  }

  private void record(Request request, SignIn signIn, String reason, Instant now) {
    audit.record(new AuditEvent.SignInRefused(now, request.id(), signIn.client(), reason));
  }
}
