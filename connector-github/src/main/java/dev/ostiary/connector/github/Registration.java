package dev.ostiary.connector.github;

import dev.ostiary.authorization.upstream.UpstreamRefusal;
import java.net.URI;

/** What can be wrong with the application that is registered at GitHub, and what to do about it. */
final class Registration {
  private Registration() {}

  /** Whether an error of GitHub's is about it. */
  static boolean isMeantBy(String error) {
    return switch (error) {
      case "incorrect_client_credentials", "redirect_uri_mismatch", "application_suspended" -> true;
      default -> false;
    };
  }

  static UpstreamRefusal.Misconfigured refusal(String error, URI callback) {
    return new UpstreamRefusal.Misconfigured(
        error,
        switch (error) {
          case "redirect_uri_mismatch" ->
              "The authorization callback URL of the application at GitHub has to be "
                  + callback
                  + " (Settings, Developer settings, OAuth Apps); enter exactly this.";
          case "incorrect_client_credentials" ->
              "GitHub does not accept sign-in.github.client-id and"
                  + " sign-in.github.client-secret together. Compare the id with the application's"
                  + " page at GitHub, generate a client secret there, and configure both.";
          default ->
              "GitHub has suspended the application: its page at GitHub, or GitHub's support, says"
                  + " why.";
        });
  }
}
