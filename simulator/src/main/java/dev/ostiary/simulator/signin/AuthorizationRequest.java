package dev.ostiary.simulator.signin;

import dev.ostiary.simulator.http.Parameters;
import dev.ostiary.simulator.token.App;
import dev.ostiary.simulator.token.Scopes;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An authorization request whose application, redirect URI and challenge have been checked.
 *
 * @param parameters as they came, to be carried through the pages
 */
record AuthorizationRequest(
    App app,
    String redirectUri,
    Optional<Scopes> scopes,
    boolean offline,
    @Nullable String state,
    @Nullable String codeChallenge,
    Parameters parameters) {

  /** The names that pages carry on. */
  static final List<String> CARRIED =
      List.of(
          "client_id",
          "redirect_uri",
          "scope",
          "state",
          "code_challenge",
          "code_challenge_method",
          "login",
          "allow_signup");

  static AuthorizationRequest of(App app, String redirectUri, Parameters parameters) {
    Optional<String> scope = parameters.find("scope");
    return new AuthorizationRequest(
        app,
        redirectUri,
        scope.map(Scopes::parse),
        List.of(scope.orElse("").split("[ ,]+", -1)).contains("offline_access"),
        parameters.find("state").orElse(null),
        parameters.find("code_challenge").orElse(null),
        parameters);
  }

  boolean isExpiring() {
    return switch (app.expiry()) {
      case NEVER -> false;
      case ON_REQUEST -> offline;
      case ALWAYS -> true;
    };
  }
}
