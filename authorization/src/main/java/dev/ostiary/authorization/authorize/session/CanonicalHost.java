package dev.ostiary.authorization.authorize.session;

import dev.ostiary.authorization.page.Language;
import dev.ostiary.authorization.page.Pages;
import dev.ostiary.http.Access;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Route;
import dev.ostiary.protocol.Issuer;
import java.util.Locale;

/**
 * An endpoint that works under the configured host name only. {@code localhost} and {@code
 * 127.0.0.1} are the same machine but have cookies of their own, so a sign-in that changes between
 * them would fail at its end; here it is told at its beginning. For public names the binding's host
 * rule decides, since a proxy in front may rewrite them.
 */
public final class CanonicalHost implements Endpoint {
  private final Issuer issuer;
  private final Pages pages;
  private final Endpoint inner;

  private CanonicalHost(Issuer issuer, Pages pages, Endpoint inner) {
    this.issuer = issuer;
    this.pages = pages;
    this.inner = inner;
  }

  public static Endpoint of(Issuer issuer, Pages pages, Endpoint inner) {
    return new CanonicalHost(issuer, pages, inner);
  }

  @Override
  public Route route() {
    return inner.route();
  }

  @Override
  public Access access() {
    return inner.access();
  }

  @Override
  public Reply handle(Request request) {
    String host = request.headers().first("Host").orElse("").toLowerCase(Locale.ROOT);
    return !issuer.isLoopback() || host.isEmpty() || host.equals(issuer.uri().getRawAuthority())
        ? inner.handle(request)
        : pages.wrongHost(Language.of(request.headers()), link(request));
  }

  /** The same request at the right name; empty for a form, which cannot be sent again by a link. */
  private String link(Request request) {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return "";
    }
    return issuer.uri().getScheme()
        + "://"
        + issuer.uri().getRawAuthority()
        + request.path()
        + (request.query().isEmpty() ? "" : "?" + request.query());
  }
}
