package dev.ostiary.authorization.response;

import dev.ostiary.authorization.client.ValidatedRedirect;
import dev.ostiary.authorization.page.RedirectPlace;

/**
 * The rule for redirects that no person has decided on. Anybody can register a client whose
 * redirect URI is a phishing site, and then have our address lead there by a request that must fail
 * (RFC 9700 §4.11.2). So an error goes at once only to this computer; for every other place there
 * is a page with a link.
 */
final class UnaskedRedirect {
  private UnaskedRedirect() {}

  static boolean isAllowed(ValidatedRedirect redirect) {
    return RedirectPlace.of(redirect.uri()).kind() == RedirectPlace.Kind.THIS_COMPUTER;
  }
}
