package dev.ostiary.checker.checks;

import static dev.ostiary.checker.Need.CLIENT;
import static dev.ostiary.checker.Need.SECRET_CLIENT;
import static dev.ostiary.checker.Need.SERVER_DOCUMENT;
import static dev.ostiary.checker.Specification.TOKENS;
import static dev.ostiary.checker.server.Verdict.broken;
import static dev.ostiary.checker.server.Verdict.check;
import static dev.ostiary.checker.server.Verdict.holds;
import static dev.ostiary.checker.server.Verdict.inapplicable;

import dev.ostiary.checker.Check;
import dev.ostiary.checker.http.Answer;
import dev.ostiary.checker.http.Form;
import dev.ostiary.checker.server.Client;
import dev.ostiary.checker.server.TargetServer;
import dev.ostiary.checker.server.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** How the token endpoint says no. OAuth 2.1 §3.2. */
final class TokenEndpointChecks {
  private static final String NO_CODE = "ostiary-check-no-code";
  private static final String VERIFIER = "ostiary-check-ostiary-check-ostiary-check-1";

  private TokenEndpointChecks() {}

  static List<Check> all() {
    return List.of(
        Check.must("token-error-shape", TOKENS, "An error is a 400 with JSON that names it")
            .section("OAuth 2.1 §3.2.4", "R-25")
            .remedy("Answer {\"error\":\"invalid_request\"} with 400 and application/json.")
            .needs(SERVER_DOCUMENT)
            .by(TokenEndpointChecks::errorShape),
        Check.must("unknown-grant-type-refused", TOKENS, "An unknown grant type is refused as such")
            .section("OAuth 2.1 §3.2.4", "R-6")
            .remedy("Answer unsupported_grant_type.")
            .needs(SERVER_DOCUMENT, CLIENT)
            .by(
                target ->
                    refusedWith(
                        token(target, Form.of("grant_type", "urn:example:nonsense")),
                        "unsupported_grant_type")),
        Check.must("password-grant-refused", TOKENS, "The grant type password is refused")
            .section("OAuth 2.1 §10.2", "R-6")
            .remedy("Answer unsupported_grant_type.")
            .needs(SERVER_DOCUMENT, CLIENT)
            .by(
                target ->
                    refusedWith(
                        token(
                            target,
                            Form.of(
                                "grant_type", "password",
                                "username", "ostiary-check",
                                "password", "ostiary-check")),
                        "unsupported_grant_type",
                        "unauthorized_client")),
        Check.must("unknown-code-refused", TOKENS, "A code that was never issued is refused")
            .section("OAuth 2.1 §3.2.4", "R-9")
            .remedy("Answer invalid_grant.")
            .needs(SERVER_DOCUMENT, CLIENT)
            .by(target -> refusedWith(token(target, noCode(target)), "invalid_grant")),
        Check.must("unknown-client-refused", TOKENS, "An unknown client is refused")
            .section("OAuth 2.1 §3.2.4", "R-15")
            .remedy("Answer invalid_client, or invalid_grant where codes are looked at first.")
            .needs(SERVER_DOCUMENT)
            .by(TokenEndpointChecks::unknownClient),
        Check.must(
                "wrong-secret-401",
                TOKENS,
                "A wrong secret in the Authorization header is answered 401 with a challenge")
            .section("OAuth 2.1 §3.2.4; RFC 6749 §5.2", "R-15")
            .remedy("Answer 401 with WWW-Authenticate: Basic and invalid_client.")
            .needs(SERVER_DOCUMENT, SECRET_CLIENT)
            .by(TokenEndpointChecks::wrongSecret),
        Check.must(
                "two-authentications-refused",
                TOKENS,
                "A client that authenticates in two ways at once is refused")
            .section("OAuth 2.1 §2.4", "R-16")
            .remedy("Answer invalid_request when a secret is in the header and in the form.")
            .needs(SERVER_DOCUMENT, SECRET_CLIENT)
            .by(TokenEndpointChecks::twoAuthentications),
        Check.must("token-get-refused", TOKENS, "The token endpoint does not answer GET")
            .section("OAuth 2.1 §3.2", "R-4")
            .remedy("Answer 405: a code in an address ends up in logs.")
            .needs(SERVER_DOCUMENT, CLIENT)
            .by(
                target ->
                    check(
                        target
                                .http()
                                .get(noCode(target).appendedTo(target.flow().tokenEndpoint()))
                                .status()
                            >= 400,
                        "GET is answered without an error")),
        Check.must(
                "token-repeated-parameter-refused",
                TOKENS,
                "A repeated parameter is refused as such")
            .section("OAuth 2.1 §3.2", "R-4")
            .remedy("Answer invalid_request when a parameter other than resource comes twice.")
            .needs(SERVER_DOCUMENT, CLIENT)
            .by(
                target ->
                    refusedBeforeTheGrant(
                        token(target, noCode(target).and("code", NO_CODE + "-2")))),
        Check.must(
                "token-error-characters",
                TOKENS,
                "An error repeats nothing that it may not contain")
            .section("OAuth 2.1 §3.2.4", "R-25")
            .remedy("Keep quotes, backslashes and other characters out of error_description.")
            .needs(SERVER_DOCUMENT, CLIENT)
            .by(TokenEndpointChecks::errorCharacters),
        Check.should("token-error-no-store", TOKENS, "An error is kept by no cache")
            .section("OAuth 2.1 §3.2.3", "R-14")
            .remedy("Send Cache-Control: no-store with everything.")
            .needs(SERVER_DOCUMENT, CLIENT)
            .by(
                target ->
                    check(
                        token(target, noCode(target))
                            .header("Cache-Control")
                            .orElse("")
                            .contains("no-store"),
                        "Cache-Control has no no-store")),
        Check.should("token-cors", TOKENS, "Browser clients may exchange codes")
            .section("OAuth 2.1 §3.2; Fetch, CORS protocol", "R-7")
            .remedy("Send Access-Control-Allow-Origin: *.")
            .needs(SERVER_DOCUMENT)
            .by(
                target ->
                    Documents.readable(
                        target
                            .http()
                            .form(
                                target.flow().tokenEndpoint(),
                                Form.of("grant_type", "authorization_code"),
                                "Origin",
                                "https://page.example"),
                        "https://page.example")));
  }

  /** One with a secret if there is one, so that nothing else is wrong with what is sent. */
  static Client client(TargetServer target) throws IOException {
    Client withSecret = target.clients().withSecret();
    return withSecret == null ? Objects.requireNonNull(target.clients().forPeople()) : withSecret;
  }

  private static Form noCode(TargetServer target) throws IOException {
    return Form.of(
        "grant_type",
        "authorization_code",
        "code",
        NO_CODE,
        "code_verifier",
        VERIFIER,
        "redirect_uri",
        client(target).redirectUri());
  }

  private static Answer token(TargetServer target, Form form) throws IOException {
    return client(target).send(target.http(), target.flow().tokenEndpoint(), form);
  }

  static Verdict refusedWith(Answer answer, String... errors) {
    boolean refused =
        (answer.status() == 400 || answer.status() == 401)
            && Set.of(errors).contains(answer.error());
    return check(refused, "the answer is " + answer.brief());
  }

  /** A code that is looked at means that what was wrong with the request was not seen. */
  private static Verdict refusedBeforeTheGrant(Answer answer) {
    boolean refused = answer.status() >= 400 && answer.status() < 500;
    return check(
        refused && !answer.error().equals("invalid_grant"), "the answer is " + answer.brief());
  }

  private static Verdict errorShape(TargetServer target) throws IOException {
    Answer answer = target.flow().token(Form.of("ostiary_check", "1"));
    if (answer.status() != 400 && answer.status() != 401) {
      return broken("a form without a grant type is answered " + answer.brief());
    }
    return check(
        answer.isJson() && !answer.error().isEmpty(),
        "the answer is " + answer.mediaType() + ", its error " + answer.error());
  }

  private static Verdict unknownClient(TargetServer target) throws IOException {
    Form form =
        Form.of(
            "grant_type",
            "authorization_code",
            "code",
            NO_CODE,
            "code_verifier",
            VERIFIER,
            "client_id",
            "ostiary-check-nobody");
    return refusedWith(target.flow().token(form), "invalid_client", "invalid_grant");
  }

  private static Answer basic(TargetServer target, Form form, String authorization)
      throws IOException {
    return target.http().form(target.flow().tokenEndpoint(), form, "Authorization", authorization);
  }

  /** Servers may know other ways than Basic; without a word about it, it is the default. */
  private static boolean knowsBasic(TargetServer target) throws IOException {
    String name = "token_endpoint_auth_methods_supported";
    return !target.server().has(name)
        || target.server().texts(name).contains("client_secret_basic");
  }

  private static Verdict wrongSecret(TargetServer target) throws IOException {
    if (!knowsBasic(target)) {
      return inapplicable("the server does not know client_secret_basic");
    }
    Client client = Objects.requireNonNull(target.clients().withSecret());
    Answer answer =
        basic(target, noCode(target), Client.basic(client.id(), "ostiary-check-wrong-secret"));
    boolean challenged =
        answer.headers().all("WWW-Authenticate").stream()
            .anyMatch(field -> field.regionMatches(true, 0, "Basic", 0, 5));
    if (answer.status() != 401 || !answer.error().equals("invalid_client")) {
      return broken("the answer is " + answer.brief());
    }
    return check(challenged, "the 401 has no Basic challenge");
  }

  private static Verdict twoAuthentications(TargetServer target) throws IOException {
    if (!knowsBasic(target)) {
      return inapplicable("the server does not know client_secret_basic");
    }
    Client client = Objects.requireNonNull(target.clients().withSecret());
    Answer answer = basic(target, client.in(noCode(target)), client.basic());
    return refusedBeforeTheGrant(answer);
  }

  private static Verdict errorCharacters(TargetServer target) throws IOException {
    Answer answer = token(target, Form.of("grant_type", "a\"b\\c\u00e9"));
    String description = answer.member("error_description");
    boolean clean =
        description == null
            || description.chars().allMatch(c -> c >= 0x20 && c <= 0x7e && c != '"' && c != '\\');
    return clean ? holds() : broken("error_description repeats what was sent");
  }
}
