package dev.ostiary.authorization.authorize.callback;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.authorize.response.Approvals;
import dev.ostiary.authorization.authorize.response.AuthorizationResponses;
import dev.ostiary.authorization.authorize.response.ResponseTarget;
import dev.ostiary.authorization.authorize.session.Sessions;
import dev.ostiary.authorization.page.Language;
import dev.ostiary.authorization.page.NotAllowedPage;
import dev.ostiary.authorization.page.Pages;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.authorization.store.SignIn;
import dev.ostiary.authorization.upstream.Upstream;
import dev.ostiary.authorization.upstream.UpstreamIdentity;
import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.authorization.upstream.UpstreamTokens;
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
  private final UpstreamTokens tokens;
  private final Approvals approvals;
  private final Sessions sessions;
  private final AuthorizationResponses responses;
  private final Pages pages;
  private final AuditLog audit;

  SignInCompletion(
      GrantIssue grants,
      UpstreamTokens tokens,
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
      ResponseTarget to,
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
      record(request, signIn, "nothing_granted", identity, "granted none of the scopes", now);
      return responses.decided(request, to, SignInErrors.NOTHING_GRANTED);
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
        responses.code(request, to, issued.code()),
        request,
        grant.subject(),
        grant.userName(),
        now);
  }

  /** One person's approval is not another's. Without the session, this one is asked next time. */
  private Reply anotherUser(
      Request request,
      SignIn signIn,
      ResponseTarget to,
      Upstream upstream,
      UpstreamIdentity identity,
      Instant now) {
    tokens.discard(upstream, identity.tokens());
    record(request, signIn, "another_user", identity, "is not the user who had approved", now);
    return sessions.end(responses.decided(request, to, SignInErrors.ANOTHER_USER), request);
  }

  /** The user did not sign in, or may not come in. */
  Reply failed(
      Request request,
      SignIn signIn,
      ResponseTarget to,
      Upstream upstream,
      UpstreamRefusal refusal,
      Instant now) {
    WireError error = SignInErrors.wire(refusal);
    String link = responses.link(to, error.parameters());
    Language language = Language.of(request.headers());
    return switch (refusal) {
      case UpstreamRefusal.NotAllowed(String userId, String userName, var lacks) -> {
        String subject = signIn.upstream() + ":" + userId;
        record(request, signIn, "not_allowed", subject, userName, String.join("; ", lacks), now);
        yield pages.notAllowed(
            language,
            new NotAllowedPage(
                userName,
                upstream.title(),
                to.redirect().uri(),
                link,
                responses.again(signIn, to),
                request.id()));
      }
      case UpstreamRefusal.Misconfigured(String what, String remedy) -> {
        LOG.log(
            System.Logger.Level.ERROR,
            "request {0}: {1} does not accept this server ({2}). {3}",
            request.id(),
            upstream.title(),
            what,
            remedy);
        audit.record(event(request, signIn, SignInErrors.reason(refusal), "", "", remedy, now));
        yield pages.misconfigured(
            language, upstream.title(), remedy, to.redirect().uri(), link, request.id());
      }
      default -> {
        LOG.log(
            SignInErrors.level(refusal),
            "request {0}: the sign-in at {1} failed: {2}",
            request.id(),
            upstream.title(),
            refusal);
        audit.record(event(request, signIn, SignInErrors.reason(refusal), "", "", "", now));
        yield responses.decided(request, to, error);
      }
    };
  }

  private void record(
      Request request,
      SignIn signIn,
      String reason,
      UpstreamIdentity identity,
      String lacks,
      Instant now) {
    String subject = GrantIssue.subject(signIn, identity).value();
    record(request, signIn, reason, subject, identity.userName(), lacks, now);
  }

  /** One line that says why a user was not let in. */
  private void record(
      Request request,
      SignIn signIn,
      String reason,
      String subject,
      String userName,
      String lacks,
      Instant now) {
    LOG.log(
        System.Logger.Level.INFO,
        "request {0}: {1} ({2}) is not let in for client {3}: {4}",
        request.id(),
        userName,
        subject,
        signIn.client(),
        lacks);
    audit.record(event(request, signIn, reason, subject, userName, lacks, now));
  }

  private static AuditEvent event(
      Request request,
      SignIn signIn,
      String reason,
      String subject,
      String userName,
      String lacks,
      Instant now) {
    return new AuditEvent.SignInRefused(
        now, request.id(), signIn.client(), reason, subject, userName, lacks);
  }
}
