package dev.ostiary.authorization.page;

import dev.ostiary.http.Reply;

/**
 * The headers every page is sent with: it loads one stylesheet and nothing else, cannot be framed
 * (OAuth 2.1 §7.11), is kept nowhere, and tells no other site where it was.
 *
 * <p>There is no {@code Cross-Origin-Opener-Policy}: browser-based clients open the sign-in in a
 * pop-up, and each of its values but the default would cut the pop-up off from its opener for good,
 * so that the client's own callback page could not report back.
 */
final class PageHeaders {
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none';"
          + " frame-ancestors 'none'";

  private PageHeaders() {}

  /** For a page without a form. */
  static Reply plain(Reply page) {
    return common(page)
        .with("Content-Security-Policy", POLICY + "; form-action 'none'")
        .with("Referrer-Policy", "no-referrer");
  }

  /**
   * For a page whose form ends in a chain of redirects to the upstream and to the client. Chromium
   * applies {@code form-action} to all of the chain and would stop it without a word, so it is left
   * out. With {@code no-referrer} browsers would send {@code Origin: null} with the form; with
   * {@code same-origin} they send ours, and other sites still learn nothing.
   */
  static Reply form(Reply page) {
    return common(page)
        .with("Content-Security-Policy", POLICY)
        .with("Referrer-Policy", "same-origin");
  }

  private static Reply common(Reply page) {
    return page.noStore()
        .with("X-Frame-Options", "DENY")
        .with("X-Content-Type-Options", "nosniff")
        .with(
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=(), payment=(), usb=(),"
                + " publickey-credentials-get=()");
  }
}
