package dev.ostiary.simulator;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where the simulated GitHub is reached. One origin serves everything, laid out as on GitHub
 * Enterprise Server: the web at the root, REST below {@code /api/v3}.
 */
final class Origin {
  static final String API = "/api/v3";

  private volatile @Nullable URI base;

  void is(URI address) {
    String text = address.toString();
    base = text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : address;
  }

  String web(String path) {
    return base() + path;
  }

  String api(String path) {
    return base() + API + path;
  }

  /** The issuer that callbacks name (RFC 9207). */
  String issuer() {
    return web("/login/oauth");
  }

  String host() {
    return base().getRawAuthority();
  }

  boolean isSecure() {
    return "https".equals(base().getScheme());
  }

  /** Cookies do not tell ports apart, so the port is in their names. */
  String cookieName() {
    return "simulated-github-" + base().getPort();
  }

  private URI base() {
    URI known = base;
    if (known == null) {
      throw new IllegalStateException("say where it listens with at() before it is asked anything");
    }
    return known;
  }
}
