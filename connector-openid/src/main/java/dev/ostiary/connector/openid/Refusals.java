package dev.ostiary.connector.openid;

import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.connector.SharedClient;
import dev.ostiary.http.Reply;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Why something did not work, with the setting to change. What a provider says is repeated only as
 * far as it is a known error.
 */
final class Refusals {
  private static final Duration UNKNOWN_LIMIT = Duration.ofMinutes(1);

  private final String entry;
  private final @Nullable SharedClient shared;
  private final InstantSource time;

  private Refusals(String entry, @Nullable SharedClient shared, InstantSource time) {
    this.entry = entry;
    this.shared = shared;
    this.time = time;
  }

  /**
   * The refusals of an entry.
   *
   * @param name of the entry
   */
  static Refusals ofSignIn(String name, InstantSource time) {
    return new Refusals("sign-in.openid." + name, null, time);
  }

  /** The refusals of a client at a foreign authorization server. */
  static Refusals ofSharedClient(SharedClient client, InstantSource time) {
    return new Refusals(client.key(), client, time);
  }

  /** A key of the entry, as the configuration has it. */
  String key(String key) {
    boolean ofClient = key.equals(OpenIdKeys.CLIENT_ID) || key.equals(OpenIdKeys.CLIENT_SECRET);
    return shared != null && ofClient ? shared.registrationKey() + "." + key : entry + "." + key;
  }

  UpstreamRefusal issuer(String expected, String found) {
    return misconfigured(
        "issuer_mismatch",
        ("%s is %s, and the provider's metadata says %s. They must be equal byte for byte, with or"
                + " without a slash at the end: write the one that the metadata has, if it is the"
                + " provider that is meant.")
            .formatted(key("issuer"), expected, found.isEmpty() ? "nothing" : printable(found)));
  }

  UpstreamRefusal metadata(String what) {
    return misconfigured(
        "invalid_metadata",
        "The provider's metadata %s. Compare %s and %s with the provider's documentation."
            .formatted(printable(what), key("issuer"), key("metadata-url")));
  }

  /** An error that came back with the browser (OpenID Connect Core §3.1.2.6). */
  UpstreamRefusal authorization(String error, URI callback) {
    return switch (error) {
      case "access_denied" -> new UpstreamRefusal.Denied();
      case "interaction_required",
          "login_required",
          "consent_required",
          "account_selection_required" ->
          new UpstreamRefusal.UserMustAct(
              "sign in at the provider interactively, where it asks for more, such as a second"
                  + " factor or consent ("
                  + error
                  + ")");
      case "temporarily_unavailable", "server_error" ->
          new UpstreamRefusal.Unavailable("the provider answered " + error);
      default -> registration(error, callback);
    };
  }

  /** An error of the token endpoint (RFC 6749 §5.2). */
  UpstreamRefusal token(String error, URI callback) {
    return switch (error) {
      case "invalid_grant" -> new UpstreamRefusal.Rejected(error);
      case "interaction_required", "login_required", "consent_required" ->
          new UpstreamRefusal.Rejected(error);
      case "temporarily_unavailable", "server_error" ->
          new UpstreamRefusal.Unavailable("the token endpoint answered " + error);
      default -> registration(error, callback);
    };
  }

  private UpstreamRefusal registration(String error, URI callback) {
    return switch (error) {
      case "invalid_client" ->
          misconfigured(
              error,
              ("The provider does not accept %s with its secret or key. The secret may have expired"
                   + " or be another client's: make a new one at the provider and write it to %s.")
                  .formatted(key("client-id"), key("client-secret")));
      case "unauthorized_client" ->
          misconfigured(
              error,
              ("The provider does not let %s use the authorization code flow, or refresh tokens:"
                      + " allow both for this client at the provider. Keycloak answers so if %s is"
                      + " wrong.")
                  .formatted(key("client-id"), key("client-secret")));
      case "invalid_scope" -> scope(error);
      case "redirect_uri_mismatch" -> redirect(error, callback);
      case "invalid_request" -> redirect(error, callback);
      case "invalid_target" ->
          misconfigured(
              error,
              "The provider wants to know for which API tokens are. Give this client a default"
                  + " audience at the provider"
                  + (shared == null
                      ? "."
                      : ", or name it in " + shared.registrationKey() + ".parameters."));
      case "unsupported_grant_type", "unsupported_response_type" ->
          misconfigured(
              error,
              "The provider does not allow the authorization code flow or refresh tokens for %s."
                  .formatted(key("client-id")));
      default ->
          new UpstreamRefusal.Unavailable("the provider answered with an error that is not known");
    };
  }

  private UpstreamRefusal scope(String error) {
    String remedy =
        shared == null
            ? "Allow openid, profile, email and offline_access for this client at the provider, and"
                + " compare %s and %s.".formatted(key("scopes"), key("type"))
            : "Allow openid, profile, offline_access and the scopes of the server for this client"
                + " at"
                + " the provider, and compare %s.".formatted(key("scopes"));
    return misconfigured(error, "The provider does not give one of the scopes. " + remedy);
  }

  private UpstreamRefusal redirect(String error, URI callback) {
    return misconfigured(
        error,
        ("The redirect URI of this client at the provider has to be %s; enter exactly this. If it"
                + " is, the provider's log says what else it does not like about the request.")
            .formatted(callback));
  }

  UpstreamRefusal audience(String clientId) {
    return misconfigured(
        "id_token_audience",
        ("The provider made the ID token for another client. %s is %s: compare it with the client"
                + " at the provider.")
            .formatted(key("client-id"), clientId));
  }

  UpstreamRefusal tokenIssuer(String expected, String found) {
    return misconfigured(
        "id_token_issuer",
        ("The ID token's issuer is %s, and %s. With several tenants, write a metadata-url and an"
                + " issuer with %s.")
            .formatted(
                found.isEmpty() ? "missing" : printable(found),
                key("issuer") + " is " + expected,
                ProviderType.TENANT_PLACE));
  }

  /** A time in the ID token that is off. */
  UpstreamRefusal clock(String what, Duration off) {
    return misconfigured(
        "id_token_clock",
        ("By the clock of this machine, the ID token %s %d seconds. Set the clocks by NTP, here and"
                + " at the provider; 60 seconds are tolerated.")
            .formatted(what, off.toSeconds()));
  }

  UpstreamRefusal algorithm(String algorithm) {
    return misconfigured(
        "id_token_algorithm",
        ("The ID token is signed with %s. Set the signing algorithm of ID tokens for this client at"
                + " the provider to RS256 or ES256.")
            .formatted(printable(algorithm)));
  }

  /** A claim without which users cannot be told apart. */
  UpstreamRefusal claim(String claim, String remedy) {
    return misconfigured(
        "missing_claim", "The ID token has no claim %s. %s".formatted(claim, remedy));
  }

  UpstreamRefusal noIdToken() {
    return misconfigured(
        "id_token_missing",
        ("The token endpoint gave no ID token. Allow the scope openid for this client at the"
                + " provider, and see that %s is an OpenID provider.")
            .formatted(key("issuer")));
  }

  UpstreamRefusal overage(String claim) {
    return misconfigured(
        "groups_overage",
        ("The user is in too many groups for the provider to list them in the claim %s. Let it list"
             + " only the groups that are assigned to the application (Entra: Token configuration,"
             + " Edit groups claim, Groups assigned to the application), or use app roles with %s:"
             + " roles.")
            .formatted(claim, key("groups-claim")));
  }

  UpstreamRefusal encrypted(String what) {
    return misconfigured(
        "unexpected_format",
        ("%s is encrypted or signed in a way that was not asked for. Turn that off for this client"
                + " at the provider.")
            .formatted(what));
  }

  /** An answer that limits how often it may be asked. */
  UpstreamRefusal limited(Reply reply) {
    Instant until =
        reply
            .headers()
            .first("Retry-After")
            .filter(text -> text.matches("[0-9]{1,6}"))
            .map(text -> time.instant().plusSeconds(Long.parseLong(text)))
            .orElseGet(() -> time.instant().plus(UNKNOWN_LIMIT));
    return new UpstreamRefusal.Limited(false, until);
  }

  private static UpstreamRefusal misconfigured(String error, String remedy) {
    return new UpstreamRefusal.Misconfigured(error, remedy);
  }

  /** What a provider wrote, for a log: short, and without control characters. */
  static String printable(String text) {
    String plain = text.replaceAll("[^\\x20-\\x7e]", "?");
    return plain.length() > 200 ? plain.substring(0, 200) + "..." : plain;
  }
}
