package dev.ostiary.authorization.authorize.consent;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.authorize.callback.ApprovedRequest;
import dev.ostiary.authorization.authorize.callback.SignIns;
import dev.ostiary.authorization.authorize.response.AuthorizationRefusal;
import dev.ostiary.authorization.authorize.response.BrowserDependencies;
import dev.ostiary.authorization.authorize.session.LastUpstream;
import dev.ostiary.authorization.client.redirect.RedirectTarget;
import dev.ostiary.authorization.page.Problem;
import dev.ostiary.authorization.store.BrowserSession;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.protocol.OAuthError;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.WireError;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What follows from each answer a person can give. */
final class ConsentDecisions {
  private static final WireError DENIED =
      new WireError(OAuthError.ACCESS_DENIED, "The user denied access.");

  private final BrowserDependencies with;
  private final ConsentForm form;
  private final LastUpstream last;
  private final SignIns signIns;

  ConsentDecisions(BrowserDependencies with, ConsentForm form, LastUpstream last, SignIns signIns) {
    this.with = with;
    this.form = form;
    this.last = last;
    this.signIns = signIns;
  }

  Result<Reply, AuthorizationRefusal> take(
      Request request, Parameters answer, AuthorizationRequest consent, Instant now) {
    return switch (answer.first("decision").orElse("")) {
      case "approve" ->
          choice(answer, consent)
              .<Result<Reply, AuthorizationRefusal>>map(
                  choice -> Result.ok(approve(request, consent, choice, now)))
              .orElseGet(ConsentDecisions::incomplete);
      case "deny" -> Result.ok(deny(request, consent, now));
      case "switch" -> Result.ok(switchAccount(request, consent, now));
      case "elsewhere" -> Result.ok(form.choose(request, consent, now));
      case "choose" ->
          answer
              .first("upstream")
              .filter(consent.upstreams()::contains)
              .<Result<Reply, AuthorizationRefusal>>map(
                  upstream -> Result.ok(chosen(request, consent.at(upstream), upstream, now)))
              .orElseGet(ConsentDecisions::incomplete);
      default -> incomplete();
    };
  }

  private static Result<Reply, AuthorizationRefusal> incomplete() {
    return Result.refused(AuthorizationRefusal.shown(new Problem.FormIncomplete()));
  }

  /**
   * With one server there is nothing to choose; with several, one of them has to be named. Where
   * the user signs in has to be settled.
   */
  private static Optional<AuthorizationRequest.Choice> choice(
      Parameters answer, AuthorizationRequest consent) {
    if (consent.upstream() == null) {
      return Optional.empty();
    }
    if (consent.choices().size() == 1) {
      return Optional.of(consent.choices().getFirst());
    }
    List<String> named = answer.all("resource");
    return consent.choices().stream()
        .filter(choice -> named.equals(List.of(choice.server().resource().value())))
        .findFirst();
  }

  private Reply approve(
      Request request,
      AuthorizationRequest consent,
      AuthorizationRequest.Choice choice,
      Instant now) {
    with.audit()
        .record(
            new AuditEvent.ConsentGiven(
                now,
                request.id(),
                consent.client().id(),
                RedirectTarget.of(consent.to().redirect().uri()).name(),
                choice.server().resource(),
                choice.scopes()));
    return signIns.begin(
        request,
        new ApprovedRequest(
            consent.client(),
            consent.to(),
            consent.codeChallenge(),
            choice.server(),
            Objects.requireNonNull(consent.upstream()),
            choice.scopes(),
            consent.selectAccount(),
            null),
        now);
  }

  /** A person has decided, so the client is told at once, wherever it is. */
  private Reply deny(Request request, AuthorizationRequest consent, Instant now) {
    with.audit().record(new AuditEvent.ConsentDenied(now, request.id(), consent.client().id()));
    return with.responses().decided(request, consent.to(), DENIED);
  }

  /**
   * Asks again, of the user who signs in then: the session ends, the upstream is to let them
   * choose.
   */
  private Reply switchAccount(Request request, AuthorizationRequest consent, Instant now) {
    AuthorizationRequest other = consent.ofAnotherAccount();
    Reply page =
        other.upstream() == null
            ? form.choose(request, other, now)
            : form.show(request, other, Optional.empty(), now);
    return with.sessions().end(page, request);
  }

  /** Asks for consent, now that it is settled where the user signs in. */
  private Reply chosen(
      Request request, AuthorizationRequest consent, String upstream, Instant now) {
    Optional<BrowserSession> session =
        with.sessions().find(request, now).filter(signedIn -> consent.isOf(signedIn.subject()));
    return last.remember(form.show(request, consent, session, now), upstream);
  }
}
