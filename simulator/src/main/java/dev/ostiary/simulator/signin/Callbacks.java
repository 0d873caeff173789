package dev.ostiary.simulator.signin;

import dev.ostiary.http.Reply;
import dev.ostiary.simulator.http.Origin;
import dev.ostiary.simulator.http.Page;
import dev.ostiary.simulator.http.Parameters;
import dev.ostiary.simulator.settings.Faults;
import org.jspecify.annotations.Nullable;

/** Sends the browser back to the application: with a code, or with an error. */
public final class Callbacks {
  private static final String HELP =
      "https://docs.github.com/apps/oauth-apps/maintaining-oauth-apps/"
          + "troubleshooting-authorization-request-errors/#";

  private final Origin origin;
  private final Faults faults;
  private final boolean sendsIssuer;

  public Callbacks(Origin origin, Faults faults, boolean sendsIssuer) {
    this.origin = origin;
    this.faults = faults;
    this.sendsIssuer = sendsIssuer;
  }

  Reply code(String redirectUri, String code, @Nullable String state) {
    return send(redirectUri, Parameters.pair("code", code), state);
  }

  Reply error(String redirectUri, String error, String description, @Nullable String state) {
    String parameters =
        Parameters.pair("error", error)
            + "&"
            + Parameters.pair("error_description", description)
            + "&"
            + Parameters.pair("error_uri", HELP + error.replace('_', '-'));
    return send(redirectUri, parameters, state);
  }

  private Reply send(String redirectUri, String parameters, @Nullable String state) {
    StringBuilder location = new StringBuilder(redirectUri);
    location.append(redirectUri.contains("?") ? '&' : '?').append(parameters);
    if (state != null) {
      location.append('&').append(Parameters.pair("state", state));
    }
    if (sendsIssuer) {
      location.append('&').append(Parameters.pair("iss", faults.issuer().orElse(origin.issuer())));
    }
    return Page.found(location.toString());
  }
}
