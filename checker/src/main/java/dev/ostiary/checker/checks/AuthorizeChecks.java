package dev.ostiary.checker.checks;

import static dev.ostiary.checker.Need.CLIENT;
import static dev.ostiary.checker.Need.OWN_CLIENT;
import static dev.ostiary.checker.Need.SERVER_DOCUMENT;
import static dev.ostiary.checker.Specification.AUTHORIZATION;
import static dev.ostiary.checker.Specification.ISSUER;
import static dev.ostiary.checker.Specification.PKCE;
import static dev.ostiary.checker.Specification.RESOURCE_INDICATORS;
import static dev.ostiary.checker.server.Verdict.broken;
import static dev.ostiary.checker.server.Verdict.check;
import static dev.ostiary.checker.server.Verdict.holds;
import static dev.ostiary.checker.server.Verdict.untested;

import dev.ostiary.checker.Check;
import dev.ostiary.checker.Need;
import dev.ostiary.checker.http.Answer;
import dev.ostiary.checker.http.Form;
import dev.ostiary.checker.server.Attempt;
import dev.ostiary.checker.server.Client;
import dev.ostiary.checker.server.Clients;
import dev.ostiary.checker.server.TargetServer;
import dev.ostiary.checker.server.Verdict;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What the authorization endpoint lets through. OAuth 2.1 §4.1, RFC 7636, RFC 8707. */
final class AuthorizeChecks {
  private static final Need[] NEEDS = {SERVER_DOCUMENT, CLIENT};

  private AuthorizeChecks() {}

  static List<Check> all() {
    List<Check> checks = new ArrayList<>(redirects());
    checks.addAll(parameters());
    checks.addAll(pages());
    return checks;
  }

  private static List<Check> redirects() {
    return List.of(
        Check.must(
                "unknown-client-not-redirected",
                AUTHORIZATION,
                "An unknown client is refused, without a redirect to it")
            .section("OAuth 2.1 §4.1.2.1", "R-1", "A-29")
            .remedy("Show an error page when the client_id is unknown.")
            .needs(SERVER_DOCUMENT)
            .by(AuthorizeChecks::unknownClient),
        Check.must(
                "foreign-redirect-refused",
                AUTHORIZATION,
                "A redirect URI that is not the client's is refused, without a redirect to it")
            .section("OAuth 2.1 §4.1.2.1; MCP security considerations", "A-28", "A-29", "R-1")
            .remedy("Compare the redirect URI with the registered ones before anything else.")
            .needs(NEEDS)
            .by(target -> notTaken(target, "https://attacker.example/callback")),
        Check.must(
                "near-redirect-refused",
                AUTHORIZATION,
                "A redirect URI that only resembles the client's is refused")
            .section("OAuth 2.1 §2.3.1; RFC 9700 §2.1", "A-28", "A-57", "R-2")
            .remedy("Compare redirect URIs as text; only the port of a loopback URI is free.")
            .needs(NEEDS)
            .by(AuthorizeChecks::nearMisses),
        Check.must(
                "loopback-port-free", AUTHORIZATION, "A loopback redirect URI works with any port")
            .section("RFC 8252 §7.3; OAuth 2.1 §8.4.2", "R-2")
            .remedy("Leave the port out when a redirect URI on 127.0.0.1 is compared.")
            .needs(SERVER_DOCUMENT, OWN_CLIENT)
            .by(target -> anotherPort(target, "127.0.0.1")),
        Check.should(
                "localhost-port-free",
                AUTHORIZATION,
                "A redirect URI on localhost works with any port")
            .section("OAuth 2.1 §4.1.1 (draft-16)", "R-2")
            .remedy(
                "Treat localhost like 127.0.0.1 there: Claude Code, Gemini CLI and mcp-remote"
                    + " redirect to it.")
            .needs(SERVER_DOCUMENT, OWN_CLIENT)
            .by(target -> anotherPort(target, "localhost")));
  }

  private static List<Check> parameters() {
    return List.of(
        Check.must("challenge-required", PKCE, "A request without a code challenge is refused")
            .section("OAuth 2.1 §4.1.1, §7.5.2; RFC 7636 §4.4.1", "R-3")
            .remedy("Answer invalid_request when code_challenge is missing.")
            .needs(NEEDS)
            .by(
                target ->
                    Judged.of(
                            target,
                            attempt(target)
                                .with("code_challenge", null)
                                .with("code_challenge_method", null))
                        .refused()),
        Check.must("plain-refused", PKCE, "The method plain is refused")
            .section("OAuth 2.1 §7.5.2 (draft-16); MCP authorization", "R-3")
            .remedy("Accept S256 only.")
            .needs(NEEDS)
            .by(
                target ->
                    Judged.of(target, attempt(target).with("code_challenge_method", "plain"))
                        .refused()),
        Check.must("implicit-refused", AUTHORIZATION, "The response type token is refused")
            .section("OAuth 2.1 §10.1", "R-6")
            .remedy("Answer unsupported_response_type.")
            .needs(NEEDS)
            .by(
                target ->
                    Judged.of(target, attempt(target).with("response_type", "token")).refused()),
        Check.must("repeated-parameter-refused", AUTHORIZATION, "A repeated parameter is refused")
            .section("OAuth 2.1 §3.1", "R-4")
            .remedy("Answer invalid_request when a parameter other than resource comes twice.")
            .needs(NEEDS)
            .by(
                target ->
                    Judged.of(target, attempt(target).and("code_challenge", "x".repeat(43)))
                        .refused()),
        Check.must("unknown-parameter-ignored", AUTHORIZATION, "An unknown parameter is ignored")
            .section("OAuth 2.1 §3.1", "R-4")
            .remedy("Ignore parameters that are not known.")
            .needs(NEEDS)
            .by(
                target ->
                    Judged.of(target, attempt(target).with("ostiary_check_unknown", "1")).goesOn()),
        Check.should(
                "foreign-resource-refused",
                RESOURCE_INDICATORS,
                "A resource that the server does not know is refused")
            .section("RFC 8707 §2", "R-34")
            .remedy("Answer invalid_target.")
            .needs(NEEDS)
            .by(
                target ->
                    Judged.of(
                            target,
                            attempt(target).with("resource", "https://elsewhere.example/mcp"))
                        .refused()),
        Check.should("error-carries-iss", ISSUER, "An error at the client carries iss and state")
            .section("RFC 9207 §2; MCP authorization", "A-31", "R-5")
            .remedy("Send iss and state with errors as well.")
            .needs(NEEDS)
            .by(AuthorizeChecks::errorCarriesIss));
  }

  private static List<Check> pages() {
    return List.of(
        Check.must(
                "authorize-without-cors",
                AUTHORIZATION,
                "Scripts may not read the authorization endpoint")
            .section("OAuth 2.1 §3.1", "R-7")
            .remedy("Send no Access-Control-Allow-Origin there: browsers go to it, scripts do not.")
            .needs(NEEDS)
            .by(AuthorizeChecks::withoutCors),
        Check.must(
                "authorize-not-framed", AUTHORIZATION, "The page that asks people cannot be framed")
            .section("OAuth 2.1 §7.11; MCP security best practices", "A-55", "R-24")
            .remedy("Send Content-Security-Policy: frame-ancestors 'none' and X-Frame-Options.")
            .needs(NEEDS)
            .by(AuthorizeChecks::notFramed),
        Check.must(
                "consent-before-upstream",
                AUTHORIZATION,
                "A new client is not sent on to another authorization server unasked")
            .section("MCP security best practices, Confused Deputy Problem", "A-51", "A-52")
            .remedy(
                "Ask people about this client on a page of your own before they go to the"
                    + " upstream.")
            .needs(SERVER_DOCUMENT, OWN_CLIENT)
            .by(AuthorizeChecks::consentBeforeUpstream));
  }

  private static Attempt attempt(TargetServer target) throws IOException {
    return target.flow().attempt(Objects.requireNonNull(target.clients().forPeople()));
  }

  private static Verdict unknownClient(TargetServer target) throws IOException {
    Client nobody = Client.named("ostiary-check-nobody", null, Clients.NOWHERE);
    return notAt(target.flow().open(target.flow().attempt(nobody)), Clients.NOWHERE);
  }

  /** Whether an answer sends a browser to a redirect URI. */
  private static Verdict notAt(Answer answer, String redirectUri) {
    URI next = answer.location();
    boolean there = next != null && next.toString().startsWith(redirectUri);
    return check(!there, "the browser is sent to " + redirectUri);
  }

  private static Verdict notTaken(TargetServer target, String redirectUri) throws IOException {
    Attempt attempt = attempt(target).with("redirect_uri", redirectUri);
    Answer answer = target.flow().open(attempt);
    Verdict elsewhere = notAt(answer, redirectUri);
    if (elsewhere instanceof Verdict.Broken) {
      return elsewhere;
    }
    Judged judged = Judged.of(target, attempt);
    // A page is an answer already; after a redirect to a login page it may still be compared.
    return judged.undecided() && !answer.isRedirect()
        ? broken("the sign-in begins with " + redirectUri)
        : judged.refused();
  }

  private static Verdict nearMisses(TargetServer target) throws IOException {
    String ours = Objects.requireNonNull(target.clients().forPeople()).redirectUri();
    for (String near :
        List.of(
            ours + "/more",
            ours + "?more=1",
            ours + "x",
            ours.toUpperCase(Locale.ROOT).replace("HTTP", "http"),
            ours.replaceFirst("://", "://user@"))) {
      Verdict verdict = notTaken(target, near);
      if (verdict instanceof Verdict.Broken) {
        return verdict;
      }
    }
    return holds();
  }

  private static Verdict anotherPort(TargetServer target, String host) throws IOException {
    String registered = "http://" + host + ":53683/callback";
    Client client = target.clients().register(target.clients().metadata(registered, "none"));
    if (client == null) {
      return untested("no client with a redirect URI on " + host + " could be registered");
    }
    Attempt attempt =
        target.flow().attempt(client).with("redirect_uri", "http://" + host + ":53999/callback");
    Answer answer = target.flow().open(attempt);
    return check(
        answer.status() < 400 && !answer.text().contains("error=invalid"),
        "another port is answered " + answer.brief());
  }

  private static Verdict errorCarriesIss(TargetServer target) throws IOException {
    Attempt attempt = attempt(target).with("response_type", "nonsense");
    Judged judged = Judged.of(target, attempt);
    Map<String, String> parameters = judged.parameters();
    if (!parameters.containsKey("error")) {
      return untested("no error came to the client, where iss could be seen");
    }
    if (!attempt.state().equals(parameters.get("state"))) {
      return broken("state is not what was sent");
    }
    String issuer = target.server().text("issuer");
    return check(Objects.equals(issuer, parameters.get("iss")), "iss is " + parameters.get("iss"));
  }

  private static Verdict withoutCors(TargetServer target) throws IOException {
    Answer answer =
        target.http().get(target.flow().address(attempt(target)), "Origin", "https://page.example");
    return check(
        answer.header("Access-Control-Allow-Origin").isEmpty(),
        "Access-Control-Allow-Origin is "
            + answer.header("Access-Control-Allow-Origin").orElse(""));
  }

  private static Verdict notFramed(TargetServer target) throws IOException {
    Answer answer = target.flow().open(attempt(target));
    for (int i = 0; i < 5 && answer.location() != null; i++) {
      String next = Objects.requireNonNull(answer.location()).toString();
      if (!next.startsWith("http") || next.startsWith(target.clients().redirectUri())) {
        return untested("no page is shown");
      }
      answer = target.http().get(next, "Accept", "text/html");
    }
    String policy = answer.header("Content-Security-Policy").orElse("");
    return check(
        policy.contains("frame-ancestors") || answer.header("X-Frame-Options").isPresent(),
        "the page has neither frame-ancestors nor X-Frame-Options");
  }

  private static Verdict consentBeforeUpstream(TargetServer target) throws IOException {
    Client fresh = target.clients().other(); // no user has approved this one
    if (fresh == null) {
      return untested("no client could be registered");
    }
    Answer answer = target.flow().open(target.flow().attempt(fresh));
    URI next = answer.location();
    if (next == null || Objects.equals(next.getAuthority(), answer.uri().getAuthority())) {
      return holds();
    }
    Map<String, String> parameters = Form.read(next.getRawQuery());
    boolean upstream =
        parameters.containsKey("client_id")
            && parameters.containsKey("redirect_uri")
            && !fresh.id().equals(parameters.get("client_id"));
    return check(
        !upstream, "the browser is sent to " + next.getAuthority() + " before anybody was asked");
  }
}
