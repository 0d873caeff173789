package dev.ostiary.authorization.authorize.callback;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.authorize.response.BrowserDependencies;
import dev.ostiary.authorization.authorize.response.ResponseTarget;
import dev.ostiary.authorization.model.Lifetimes;
import dev.ostiary.authorization.page.Language;
import dev.ostiary.authorization.page.NotAllowedPage;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.authorization.store.SignIn;
import dev.ostiary.authorization.upstream.UpstreamIdentity;
import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.authorization.upstream.UpstreamTokens;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Subject;
import dev.ostiary.protocol.WireError;
import java.util.Optional;

/** What follows from a sign-in, good or bad: an answer to the client, and an audit event. */
public final class SignInCompletion {
  private static final System.Logger LOG = System.getLogger(SignInCompletion.class.getName());

  private final BrowserDependencies with;
  private final GrantIssue grants;
  private final UpstreamTokens tokens;

  private SignInCompletion(BrowserDependencies with, GrantIssue grants, UpstreamTokens tokens) {
    this.with = with;
    this.grants = grants;
    this.tokens = tokens;
  }

  public static SignInCompletion of(
      BrowserDependencies with, GrantStore grants, UpstreamTokens tokens, Lifetimes lifetimes) {
    return new SignInCompletion(with, new GrantIssue(grants, tokens, lifetimes), tokens);
  }

  /**
   * The user signed in.
   *
   * @param client as it is now
   */
  Reply succeeded(ReturnedSignIn returned, RegisteredClient client, UpstreamIdentity identity) {
    Request request = returned.request();
    SignIn signIn = returned.signIn();
    Subject approved = signIn.approvedBefore();
    if (approved != null && !approved.equals(GrantIssue.subject(signIn, identity))) {
      return anotherUser(returned, identity);
    }
    Optional<Scopes> scopes =
        GrantedScopes.narrow(returned.upstream(), signIn.scopes(), identity.tokens().scopes());
    if (scopes.isEmpty()) {
      tokens.discard(returned.upstream(), identity.tokens());
      refuse(returned, "nothing_granted", identity, "granted none of the scopes");
      return with.responses().decided(request, returned.to(), SignInErrors.NOTHING_GRANTED);
    }
    GrantIssue.Issued issued = grants.issue(signIn, client, identity, scopes.get(), returned.at());
    Grant grant = issued.grant();
    with.approvals().remember(signIn, grant.subject(), returned.at());
    with.audit()
        .record(
            new AuditEvent.GrantCreated(
                returned.at(),
                request.id(),
                grant.id(),
                grant.client(),
                grant.subject(),
                grant.userName(),
                grant.resource(),
                grant.scopes()));
    return with.sessions()
        .begin(
            with.responses().code(request, returned.to(), issued.code()),
            request,
            grant.subject(),
            grant.userName(),
            returned.at());
  }

  /** One person's approval is not another's. Without the session, this one is asked next time. */
  private Reply anotherUser(ReturnedSignIn returned, UpstreamIdentity identity) {
    tokens.discard(returned.upstream(), identity.tokens());
    refuse(returned, "another_user", identity, "is not the user who had approved");
    Request request = returned.request();
    return with.sessions()
        .end(with.responses().decided(request, returned.to(), SignInErrors.ANOTHER_USER), request);
  }

  /** The user did not sign in, or may not come in. */
  Reply failed(ReturnedSignIn returned, UpstreamRefusal refusal) {
    Request request = returned.request();
    ResponseTarget to = returned.to();
    WireError error = SignInErrors.wire(refusal);
    String link = with.responses().link(to, error.parameters());
    String title = returned.upstream().title();
    Language language = Language.of(request.headers());
    return switch (refusal) {
      case UpstreamRefusal.NotAllowed(String userId, String userName, var lacks) -> {
        String subject = returned.signIn().upstream() + ":" + userId;
        refuse(returned, "not_allowed", subject, userName, String.join("; ", lacks));
        yield with.pages()
            .notAllowed(
                language,
                new NotAllowedPage(
                    userName,
                    title,
                    to.redirect().uri(),
                    link,
                    with.responses().again(returned.signIn(), to),
                    request.id()));
      }
      case UpstreamRefusal.Misconfigured(String what, String remedy) -> {
        LOG.log(
            System.Logger.Level.ERROR,
            "request {0}: {1} does not accept this server ({2}). {3}",
            request.id(),
            title,
            what,
            remedy);
        audit(returned, SignInErrors.reason(refusal), "", "", remedy);
        yield with.pages()
            .misconfigured(language, title, remedy, to.redirect().uri(), link, request.id());
      }
      default -> {
        LOG.log(
            SignInErrors.level(refusal),
            "request {0}: the sign-in at {1} failed: {2}",
            request.id(),
            title,
            refusal);
        audit(returned, SignInErrors.reason(refusal), "", "", "");
        yield with.responses().decided(request, to, error);
      }
    };
  }

  private void refuse(
      ReturnedSignIn returned, String reason, UpstreamIdentity identity, String lacks) {
    String subject = GrantIssue.subject(returned.signIn(), identity).value();
    refuse(returned, reason, subject, identity.userName(), lacks);
  }

  /** Logs and audits that a user is not let in, and why. */
  private void refuse(
      ReturnedSignIn returned, String reason, String subject, String userName, String lacks) {
    LOG.log(
        System.Logger.Level.INFO,
        "request {0}: {1} ({2}) is not let in for client {3}: {4}",
        returned.request().id(),
        userName,
        subject,
        returned.signIn().client(),
        lacks);
    audit(returned, reason, subject, userName, lacks);
  }

  private void audit(
      ReturnedSignIn returned, String reason, String subject, String userName, String lacks) {
    with.audit()
        .record(
            new AuditEvent.SignInRefused(
                returned.at(),
                returned.request().id(),
                returned.signIn().client(),
                reason,
                subject,
                userName,
                lacks));
  }
}
