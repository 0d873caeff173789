package dev.ostiary.embed.config.foreign;

import static dev.ostiary.config.Key.key;
import static dev.ostiary.config.Key.table;

import dev.ostiary.config.Form;
import dev.ostiary.config.Problems;
import dev.ostiary.config.Section;
import dev.ostiary.embed.config.foreign.ForeignAuthorization.Introspection;
import dev.ostiary.embed.config.foreign.ForeignAuthorization.Registration;
import dev.ostiary.protocol.Loopback;
import dev.ostiary.protocol.Secret;
import java.net.URI;
import java.util.Map;
import java.util.Set;

/** The keys of a foreign authorization server, in the order of the reference page. */
public final class ForeignKeys {
  /** Below the keys of an authorization server. */
  public static final String REGISTRATION_KEY = "registration";

  /** Below {@link #REGISTRATION_KEY}. */
  public static final String CLIENT_ID = "client-id";

  /** Parameters of authorization requests that Ostiary sets, or that would replace these. */
  private static final Set<String> OWN =
      Set.of(
          "client_id",
          "client_secret",
          "code_challenge",
          "code_challenge_method",
          "nonce",
          "redirect_uri",
          "request",
          "request_uri",
          "response_mode",
          "response_type",
          "scope",
          "state");

  private static final Section<Introspection> INTROSPECTION =
      Section.of(
              Introspection.class,
              key(
                      "client-id",
                      Form.TEXT,
                      "As which client Ostiary asks whether a token is good (RFC 7662). With"
                          + " `introspection`, every access token is looked up, and a good one is"
                          + " cached for a minute at most; without it, access tokens are JWTs that"
                          + " are checked with the keys of the issuer.")
                  .required("Register a confidential client there and write its id."),
              key("client-secret", Form.SECRET, "What that client proves itself with.")
                  .required(
                      "Take it from a variable, \"${NAME}\", or from a file,"
                          + " \"file:/run/secrets/name\"."))
          .defaults(_ -> new Introspection("", new Secret("")));

  private static final Section<Registration> REGISTRATION =
      Section.of(
              Registration.class,
              key(
                      CLIENT_ID,
                      Form.TEXT,
                      "The client that all clients share there. With `registration`, clients"
                          + " register with Ostiary, users consent there, and the token endpoint"
                          + " hands out the foreign access tokens. Its redirect URI is"
                          + " `URL/callback/as.NAME` for the server `NAME`.")
                  .otherwise("needed"),
              key("client-secret", Form.SECRET, "What that client proves itself with.")
                  .required(
                      "Take it from a variable, \"${NAME}\", or from a file,"
                          + " \"file:/run/secrets/name\"."),
              key(
                      "parameters",
                      new ParametersShape(),
                      "What authorization requests there have besides, such as `audience`,"
                          + " `resource` or `prompt`.")
                  .check(ForeignKeys::checkParameters))
          .defaults(_ -> new Registration("", new Secret(""), Map.of()));

  /** All of them. */
  public static final Section<ForeignAuthorization> FOREIGN =
      Section.of(
              ForeignAuthorization.class,
              key(
                      "issuer",
                      Form.TEXT,
                      "The issuer of the access tokens that are taken in place of Ostiary's own,"
                          + " byte for byte as its metadata has it. Its host may have a private"
                          + " address.")
                  .required("Write the issuer, or leave authorization-server out.")
                  .check(ForeignKeys::checkIssuer),
              key("audience", Form.TEXT, "What the `aud` of an access token has to contain.")
                  .otherwise("the URL of the server"),
              table("introspection", INTROSPECTION),
              key(
                      "metadata-url",
                      Form.ADDRESS,
                      "Where its metadata is, if neither RFC 8414 nor OpenID Connect Discovery"
                          + " says so.")
                  .otherwise("the three usual places are tried")
                  .check(ForeignKeys::checkAddress),
              key("scopes-claim", Form.TEXT, "The claim with the scopes, as text or as a list.")
                  .otherwise("`scope`, or else `scp`"),
              key(
                  "typeless",
                  Form.SWITCH,
                  "Whether JWTs are taken whose type is not `at+jwt` (RFC 9068 §2.1), as many"
                      + " issuers have them."),
              key(
                      "scopes",
                      new ScopeTableShape(),
                      "What its scopes and roles are called in the policy:"
                          + " `\"Files.Read\": \"files:read\"`. What is not in the table counts"
                          + " for nothing. Challenges name the foreign scopes; one with a scheme,"
                          + " `\"api://mcp/Files.Read\"`, may be `Files.Read` in tokens.")
                  .otherwise("the names are the same"),
              key(
                      "roles-claim",
                      Form.TEXT,
                      "A claim with roles that count like scopes, or the path of one:"
                          + " `realm_access.roles`.")
                  .otherwise("roles do not count"),
              table(REGISTRATION_KEY, REGISTRATION))
          .defaults(_ -> ForeignAuthorization.at(""));

  private ForeignKeys() {}

  private static void checkParameters(Map<String, String> parameters, Problems problems) {
    parameters.keySet().stream()
        .filter(OWN::contains)
        .forEach(
            name ->
                problems.add(
                    name,
                    null,
                    "is a parameter that Ostiary sets itself",
                    "Leave it out; scopes come from the policy and the consent."));
  }

  private static void checkIssuer(String issuer, Problems problems) {
    try {
      checkAddress(Form.uri(issuer), problems);
    } catch (IllegalArgumentException malformed) {
      problems.add(issuer, "must be a URL", "Take it from the issuer's own metadata.");
    }
  }

  private static void checkAddress(URI uri, Problems problems) {
    String host = uri.getHost();
    boolean safe =
        "https".equals(uri.getScheme())
            || ("http".equals(uri.getScheme()) && host != null && Loopback.isLoopback(host));
    if (host == null
        || !safe
        || uri.getRawUserInfo() != null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      problems.add(
          uri.getRawUserInfo() == null ? uri.toString() : null,
          "must be an https URL (http on this machine only) without user, query and fragment",
          "Take it from the issuer's own metadata.");
    }
  }
}
