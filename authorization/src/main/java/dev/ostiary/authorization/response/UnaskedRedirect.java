package dev.ostiary.authorization.response;

import dev.ostiary.authorization.page.RedirectPlace;
import dev.ostiary.authorization.store.ClientKind;

/**
 * The rule for redirects that no person has decided on. Anybody can register a client whose
 * redirect URI is a phishing site, and then have our address lead there by a request that must fail
 * (RFC 9700 §4.11.2). So an error goes at once only to this computer, or to a client that the
 * operator named; for every other place there is a page with a link.
 */
final class UnaskedRedirect {
  private UnaskedRedirect() {}

  static boolean isAllowed(ReturnAddress to) {
    return to.client() == ClientKind.CONFIGURED
        || RedirectPlace.of(to.redirect().uri()).kind() == RedirectPlace.Kind.THIS_COMPUTER;
  }
}
