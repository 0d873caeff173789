package dev.ostiary.authorization.consent;

import dev.ostiary.authorization.ProtectedServer;
import dev.ostiary.authorization.key.Sealer;
import dev.ostiary.authorization.page.ConsentPage;
import dev.ostiary.authorization.page.Language;
import dev.ostiary.authorization.page.Pages;
import dev.ostiary.authorization.store.BrowserSession;
import dev.ostiary.authorization.store.Sealed;
import dev.ostiary.authorization.upstream.Upstream;
import dev.ostiary.authorization.upstream.Upstreams;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * The form of the consent page: shows a request to a person, and reads it back from what the
 * browser sends. The request is sealed to the form's cookie, so one made for client A cannot be
 * posted as one for B, nor in another browser.
 */
public final class ConsentForm {
  private final Pages pages;
  private final Sealer sealer;
  private final FormProof proof;
  private final Upstreams upstreams;
  private final Duration patience;

  ConsentForm(Pages pages, Sealer sealer, FormProof proof, Upstreams upstreams, Duration patience) {
    this.pages = pages;
    this.sealer = sealer;
    this.proof = proof;
    this.upstreams = upstreams;
    this.patience = patience;
  }

  /**
   * Shows the page.
   *
   * @param session who signed in with this browser before
   */
  public Reply show(
      Request request, ConsentRequest consent, Optional<BrowserSession> session, Instant now) {
    FormProof.Form form = proof.begin(now);
    PendingRequest pending = PendingRequest.of(consent, now.plus(patience));
    Sealed secret = sealer.seal(pending.toText(), context(form));
    ConsentPage page =
        new ConsentPage(
            consent.client().metadata().name(),
            consent.client().id(),
            consent.to().redirect().uri(),
            consent.choices().stream().map(this::shown).toList(),
            session.map(BrowserSession::userName).orElse(null),
            proof.field(form),
            Base64.getUrlEncoder().withoutPadding().encodeToString(secret.bytes()));
    return proof.set(pages.consent(Language.of(request.headers()), page), request, form);
  }

  /** The request behind a posted form; empty if it was not made for this browser. */
  Optional<PendingRequest> open(Request request, String csrf, String text) {
    return proof
        .check(request, csrf)
        .flatMap(form -> decode(text).flatMap(bytes -> sealer.open(bytes, context(form))))
        .map(PendingRequest::parse);
  }

  private ConsentPage.Choice shown(ConsentRequest.Choice choice) {
    ProtectedServer server = choice.server();
    Upstream upstream = upstreams.named(server.upstream());
    return new ConsentPage.Choice(
        server.name(),
        server.title(),
        server.resource().value(),
        choice.scopes(),
        upstream.title(),
        upstream.scopesFor(choice.scopes()));
  }

  private static String context(FormProof.Form form) {
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
