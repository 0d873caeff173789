package dev.ostiary.simulator.http;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where the simulated GitHub is reached. One origin serves everything, laid out as on GitHub
 * Enterprise Server: the web at the root, REST below {@code /api/v3}.
 */
public final class Origin {
  public static final String API = "/api/v3";

  private volatile @Nullable URI base;

  public void is(URI address) {
    String text = address.toString();
    base = text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : address;
  }

  public String web(String path) {
    return base() + path;
  }

  public String api(String path) {
    return base() + API + path;
  }

  /** The issuer that callbacks name (RFC 9207). */
  public String issuer() {
    return web("/login/oauth");
  }

  public String host() {
    return base().getRawAuthority();
  }

  public boolean isSecure() {
    return "https".equals(base().getScheme());
  }

  /** Cookies do not tell ports apart, so the port is in their names. */
  public String cookieName() {
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
