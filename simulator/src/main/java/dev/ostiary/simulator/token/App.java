package dev.ostiary.simulator.token;

import java.util.List;

/**
 * An application as its owner registered it at GitHub.
 *
 * @param callbacks the first is used when an authorization request names none
 */
public record App(
    String clientId,
    String clientSecret,
    String name,
    Kind kind,
    TokenExpiry expiry,
    List<Callback> callbacks) {

  /** What kind of application: it decides the prefix of its tokens and what scopes mean. */
  public enum Kind {
    /** Asks for scopes; its tokens begin with {@code gho_}. */
    OAUTH_APP,
    /**
     * Has fixed permissions instead of scopes; its tokens begin with {@code ghu_}. The simulated
     * one may read e-mail addresses and memberships, and is installed on every repository.
     */
    GITHUB_APP
  }

  public App {
    callbacks = List.copyOf(callbacks);
    if (callbacks.isEmpty()) {
      throw new IllegalArgumentException("an application has at least one callback");
    }
  }

  /** An OAuth App whose tokens expire only when asked to, with callbacks matched exactly. */
  public static App oauth(String clientId, String clientSecret, String name, String... callbacks) {
    return new App(
        clientId,
        clientSecret,
        name,
        Kind.OAUTH_APP,
        TokenExpiry.ON_REQUEST,
        List.of(callbacks).stream().map(Callback::exact).toList());
  }

  /** The same registration as a GitHub App, whose tokens always expire. */
  public App asGitHubApp() {
    return new App(clientId, clientSecret, name, Kind.GITHUB_APP, TokenExpiry.ALWAYS, callbacks);
  }

  public App with(TokenExpiry otherExpiry) {
    return new App(clientId, clientSecret, name, kind, otherExpiry, callbacks);
  }

  /** The same registration, every callback accepting what is below it. */
  public App withWildcards() {
    List<Callback> wide = callbacks.stream().map(c -> Callback.wildcard(c.uri())).toList();
    return new App(clientId, clientSecret, name, kind, expiry, wide);
  }

  public boolean isOAuthApp() {
    return kind == Kind.OAUTH_APP;
  }

  /** The secret stays out. */
  @Override
  public String toString() {
    return name + " (" + clientId + ")";
  }
}
