package dev.ostiary.authorization.authorize.consent;

import dev.ostiary.authorization.key.Sealer;
import dev.ostiary.authorization.model.ProtectedServer;
import dev.ostiary.authorization.page.ChoosePage;
import dev.ostiary.authorization.page.ConsentPage;
import dev.ostiary.authorization.page.Language;
import dev.ostiary.authorization.page.Pages;
import dev.ostiary.authorization.store.BrowserSession;
import dev.ostiary.authorization.store.ClientKind;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.authorization.store.Sealed;
import dev.ostiary.authorization.upstream.Upstream;
import dev.ostiary.authorization.upstream.Upstreams;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.ClientIdUrl;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The form of the consent page: shows a request to a person, and reads it back from what the
 * browser sends. The request is sealed to the form's cookie, so one made for client A cannot be
 * posted as one for B, nor in another browser.
 */
public final class ConsentForm {
  private final Pages pages;
  private final Sealer sealer;
  private final CsrfToken proof;
  private final Upstreams upstreams;
  private final GrantStore grants;
  private final Duration patience;

  ConsentForm(
      Pages pages,
      Sealer sealer,
      CsrfToken proof,
      Upstreams upstreams,
      GrantStore grants,
      Duration patience) {
    this.pages = pages;
    this.sealer = sealer;
    this.proof = proof;
    this.upstreams = upstreams;
    this.grants = grants;
    this.patience = patience;
  }

  /**
   * Shows the page.
   *
   * @param consent of a user who signs in at one upstream
   * @param session who signed in there with this browser before
   */
  public Reply show(
      Request request,
      AuthorizationRequest consent,
      Optional<BrowserSession> session,
      Instant now) {
    Upstream upstream = upstreams.named(Objects.requireNonNull(consent.upstream()));
    return form(
        request,
        consent,
        now,
        (csrf, pending) ->
            pages.consent(
                Language.of(request.headers()),
                new ConsentPage(
                    consent.client().metadata().name(),
                    consent.client().id(),
                    consent.client().kind() == ClientKind.CONFIGURED,
                    documentHost(consent.client()),
                    consent.to().redirect().uri(),
                    consent.choices().stream()
                        .map(choice -> shown(choice, upstream, consent.client(), session, now))
                        .toList(),
                    new ConsentPage.SignIn(upstream.title(), consent.upstreams().size() > 1),
                    session.map(BrowserSession::userName).orElse(null),
                    csrf,
                    pending)));
  }

  /** Shows where the user may sign in, for them to choose. */
  public Reply choose(Request request, AuthorizationRequest asked, Instant now) {
    return form(
        request,
        asked,
        now,
        (csrf, pending) ->
            pages.choose(
                Language.of(request.headers()),
                new ChoosePage(
                    asked.upstreams().stream()
                        .map(name -> new ChoosePage.Option(name, upstreams.named(name).title()))
                        .toList(),
                    csrf,
                    pending)));
  }

  /**
   * A page with a form of its own.
   *
   * @param page made of the form's proof and of the request, sealed
   */
  private Reply form(
      Request request,
      AuthorizationRequest asked,
      Instant now,
      BiFunction<String, String, Reply> page) {
    CsrfToken.Form form = proof.begin(now);
    PendingRequest pending = PendingRequest.of(asked, now.plus(patience));
    Sealed secret = sealer.seal(pending.toText(), context(form));
    Reply reply =
        page.apply(
            proof.field(form),
            Base64.getUrlEncoder().withoutPadding().encodeToString(secret.bytes()));
    return proof.set(reply, request, form);
  }

  private static @Nullable String documentHost(RegisteredClient client) {
    return client.kind() == ClientKind.DOCUMENT
            && ClientIdUrl.parse(client.id()) instanceof Result.Ok(ClientIdUrl url)
        ? url.host()
        : null;
  }

  /** The request behind a posted form; empty if it was not made for this browser. */
  Optional<PendingRequest> open(Request request, String csrf, String text) {
    return proof
        .check(request, csrf)
        .flatMap(form -> decode(text).flatMap(bytes -> sealer.open(bytes, context(form))))
        .map(PendingRequest::parse);
  }

  /** What is more than the signed-in person's grants to this client hold, if there are any. */
  private Scopes added(
      AuthorizationRequest.Choice choice,
      ClientId client,
      Optional<BrowserSession> session,
      Instant now) {
    List<Grant> held =
        session
            .map(BrowserSession::subject)
            .map(subject -> grants.inForce(subject, client, choice.server().resource(), now))
            .orElse(List.of());
    return held.isEmpty()
        ? Scopes.none()
        : held.stream().map(Grant::scopes).reduce(choice.scopes(), Scopes::minus);
  }

  private ConsentPage.Choice shown(
      AuthorizationRequest.Choice choice,
      Upstream upstream,
      RegisteredClient client,
      Optional<BrowserSession> session,
      Instant now) {
    ProtectedServer server = choice.server();
    return new ConsentPage.Choice(
        server.name(),
        server.title(),
        server.resource().value(),
        choice.scopes(),
        added(choice, client.id(), session, now),
        upstream.scopesFor(choice.scopes()),
        server.descriptions());
  }

  private static String context(CsrfToken.Form form) {
    return "consent request of form " + form.id() + " in browser " + form.cookie();
  }

  private static Optional<Sealed> decode(String text) {
    try {
      return Optional.of(Sealed.of(Base64.getUrlDecoder().decode(text)));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
