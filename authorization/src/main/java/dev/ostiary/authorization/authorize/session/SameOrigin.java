package dev.ostiary.authorization.authorize.session;

import dev.ostiary.http.Headers;
import dev.ostiary.protocol.Issuer;

/**
 * Whether a form came from a page of ours, as far as the browser says: {@code Origin} (RFC 6454 §7)
 * and {@code Sec-Fetch-Site} (W3C Fetch Metadata) are checked when they are there. Old browsers
 * send neither, so this only adds to the proof in the form.
 */
public final class SameOrigin {
  private final String origin;

  public SameOrigin(Issuer issuer) {
    this.origin = issuer.uri().getScheme() + "://" + issuer.uri().getRawAuthority();
  }

  public boolean allows(Headers headers) {
    return headers.all("Origin").stream().allMatch(origin::equals)
        && headers.all("Sec-Fetch-Site").stream().allMatch("same-origin"::equals);
  }
}
