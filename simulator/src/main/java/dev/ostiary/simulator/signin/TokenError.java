package dev.ostiary.simulator.signin;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Why the token endpoint issues nothing. It says so with status 200. */
enum TokenError {
  INCORRECT_CLIENT_CREDENTIALS("The client_id and/or client_secret passed are incorrect."),
  REDIRECT_URI_MISMATCH(
      "The redirect_uri MUST match the registered callback URL for this application."),
  BAD_VERIFICATION_CODE("The code passed is incorrect or expired."),
  UNVERIFIED_USER_EMAIL("The user must have a verified primary email."),
  BAD_REFRESH_TOKEN("The refresh token passed is incorrect or expired."),
  UNSUPPORTED_GRANT_TYPE("The grant type is not supported.");

  private static final String HELP =
      "https://docs.github.com/apps/oauth-apps/maintaining-oauth-apps/"
          + "troubleshooting-oauth-app-access-token-request-errors/#";

  private final String description;

  TokenError(String description) {
    this.description = description;
  }

  Map<String, Object> fields() {
    String error = name().toLowerCase(Locale.ROOT);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("error", error);
    fields.put("error_description", description);
    fields.put("error_uri", HELP + error.replace('_', '-'));
    return fields;
  }
}
