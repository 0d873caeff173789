package dev.ostiary.simulator.signin;

import dev.ostiary.http.Reply;
import dev.ostiary.simulator.http.Page;
import dev.ostiary.simulator.http.Parameters;
import dev.ostiary.simulator.settings.Faults;
import dev.ostiary.simulator.settings.SimulatorSettings;
import dev.ostiary.simulator.token.App;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks authorization requests, in GitHub's order: application, callback, PKCE. */
public final class AuthorizationRequests {
  private static final Pattern S256_CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");

  /** What checking comes to. */
  sealed interface Checked {
    record Valid(AuthorizationRequest request) implements Checked {}

    record Refused(Reply reply) implements Checked {}
  }

  private final SimulatorSettings settings;
  private final Callbacks callbacks;
  private final Faults faults;

  public AuthorizationRequests(SimulatorSettings settings, Callbacks callbacks, Faults faults) {
    this.settings = settings;
    this.callbacks = callbacks;
    this.faults = faults;
  }

  Checked check(Parameters parameters) {
    Optional<App> known = settings.app(parameters.value("client_id"));
    if (known.isEmpty()) {
      return new Checked.Refused(
          Page.message(404, "Page not found", "No application has this client ID."));
    }
    return check(known.get(), parameters);
  }

  private Checked check(App app, Parameters parameters) {
    String registered = app.callbacks().getFirst().uri().toString();
    String redirectUri = parameters.find("redirect_uri").orElse(registered);
    if (faults.isSuspended(app)) {
      return refused(
          registered, "application_suspended", "Your application has been suspended.", parameters);
    }
    if (app.callbacks().stream().noneMatch(callback -> callback.accepts(redirectUri))) {
      return refused(
          registered,
          "redirect_uri_mismatch",
          "The redirect_uri MUST match the registered callback URL for this application.",
          parameters);
    }
    if (!hasSoundChallenge(parameters)) {
      return refused(
          redirectUri,
          "invalid_request",
          "code_challenge must be an S256 hash of 43 characters.",
          parameters);
    }
    return new Checked.Valid(AuthorizationRequest.of(app, redirectUri, parameters));
  }

  /** Both of the parameters, or neither (RFC 7636 §4.3); {@code plain} is not supported. */
  private static boolean hasSoundChallenge(Parameters parameters) {
    Optional<String> challenge = parameters.find("code_challenge");
    Optional<String> method = parameters.find("code_challenge_method");
    if (challenge.isEmpty() && method.isEmpty()) {
      return true;
    }
    return method.filter("S256"::equals).isPresent()
        && challenge.filter(c -> S256_CHALLENGE.matcher(c).matches()).isPresent();
  }

  private Checked refused(
      String redirectUri, String error, String description, Parameters parameters) {
    return new Checked.Refused(
        callbacks.error(redirectUri, error, description, parameters.find("state").orElse(null)));
  }
}
