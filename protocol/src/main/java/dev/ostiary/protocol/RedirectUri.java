package dev.ostiary.protocol;

/**
 * A redirect URI as a client registered or sent it, kept and compared as text (RFC 6749 §3.1.2.3).
 * Being well-formed says nothing about whom it belongs to: only {@code ValidatedRedirect}s are
 * redirected to.
 */
public record RedirectUri(String value) {
  @Override
  public String toString() {
    return value;
  }
}
