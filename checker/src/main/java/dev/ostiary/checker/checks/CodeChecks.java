package dev.ostiary.checker.checks;

import static dev.ostiary.checker.Need.JOURNEY;
import static dev.ostiary.checker.Need.OWN_CLIENT;
import static dev.ostiary.checker.Specification.AUTHORIZATION;
import static dev.ostiary.checker.Specification.ISSUER;
import static dev.ostiary.checker.Specification.PKCE;
import static dev.ostiary.checker.Specification.RESOURCE_INDICATORS;
import static dev.ostiary.checker.Specification.TOKENS;
import static dev.ostiary.checker.site.Verdict.broken;
import static dev.ostiary.checker.site.Verdict.check;
import static dev.ostiary.checker.site.Verdict.holds;
import static dev.ostiary.checker.site.Verdict.untested;

import dev.ostiary.checker.Check;
import dev.ostiary.checker.http.Answer;
import dev.ostiary.checker.http.Form;
import dev.ostiary.checker.site.Attempt;
import dev.ostiary.checker.site.Client;
import dev.ostiary.checker.site.Jwt;
import dev.ostiary.checker.site.TargetServer;
import dev.ostiary.checker.site.Tokens;
import dev.ostiary.checker.site.Verdict;
import dev.ostiary.protocol.CodeVerifier;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What comes back from a sign-in, and what a code is good for. OAuth 2.1 §4.1. */
final class CodeChecks {
  private static final Duration LONG = Duration.ofDays(1);

  private CodeChecks() {}

  static List<Check> all() {
    return List.of(
        Check.must("state-returned", AUTHORIZATION, "state comes back as it was sent")
            .section("OAuth 2.1 §4.1.2", "R-5")
            .remedy("Return state unchanged, percent-encoded once.")
            .needs(JOURNEY)
            .by(
                site ->
                    check(
                        site.journey()
                            .firstAttempt()
                            .state()
                            .equals(site.journey().callback().get("state")),
                        "state came back changed")),
        Check.should("iss-returned", ISSUER, "The answer carries the issuer")
            .section("RFC 9207 §2; MCP authorization", "A-31", "R-5")
            .remedy("Add iss to every authorization response.")
            .needs(JOURNEY)
            .by(
                site ->
                    check(
                        Objects.equals(
                            site.server().text("issuer"), site.journey().callback().get("iss")),
                        "iss is " + site.journey().callback().get("iss"))),
        Check.must("token-response", TOKENS, "The tokens come in JSON, with their type")
            .section("OAuth 2.1 §3.2.3", "A-27")
            .remedy("Answer 200 in application/json with access_token and token_type.")
            .needs(JOURNEY)
            .by(CodeChecks::tokenResponse),
        Check.must("token-no-store", TOKENS, "The tokens are kept by no cache")
            .section("OAuth 2.1 §3.2.3", "R-14")
            .remedy("Send Cache-Control: no-store.")
            .needs(JOURNEY)
            .by(
                site ->
                    check(
                        response(site).header("Cache-Control").orElse("").contains("no-store"),
                        "Cache-Control is "
                            + response(site).header("Cache-Control").orElse("missing"))),
        Check.should("token-lifetime", TOKENS, "Access tokens live for a day at most, and say so")
            .section("OAuth 2.1 §3.2.3; MCP security considerations", "A-33")
            .remedy("Send expires_in, an hour or so.")
            .needs(JOURNEY)
            .by(CodeChecks::lifetime),
        Check.must("code-single-use", TOKENS, "A code is good for one exchange")
            .section("OAuth 2.1 §4.1.3", "R-9", "R-11")
            .remedy("Answer invalid_grant to a code that was used.")
            .needs(JOURNEY)
            .by(CodeChecks::singleUse),
        Check.should(
                "code-replay-ends-tokens",
                TOKENS,
                "A code that comes again ends what was issued for it")
            .section("OAuth 2.1 §4.1.3, §7.5.3", "R-10")
            .remedy("End the grant when a used code comes with the right verifier.")
            .needs(JOURNEY)
            .by(CodeChecks::replayEndsTokens),
        Check.must("verifier-compared", PKCE, "A code without its verifier is worth nothing")
            .section("RFC 7636 §4.6; OAuth 2.1 §4.1.3", "R-12")
            .remedy("Answer invalid_grant when the verifier does not belong to the challenge.")
            .needs(JOURNEY)
            .by(
                site ->
                    spoiled(
                        site,
                        "code_verifier",
                        new CodeVerifier("ostiary-check-wrong-" + "x".repeat(43)).value())),
        Check.must("verifier-required", PKCE, "An exchange without a verifier is refused")
            .section("RFC 7636 §4.6; OAuth 2.1 §4.1.3", "R-12")
            .remedy("Answer invalid_grant or invalid_request when code_verifier is missing.")
            .needs(JOURNEY)
            .by(site -> spoiled(site, "code_verifier", null)),
        Check.must("code-of-its-client", TOKENS, "A code is good for the client it was issued to")
            .section("OAuth 2.1 §4.1.3", "R-9")
            .remedy("Answer invalid_grant when another client brings the code.")
            .needs(JOURNEY, OWN_CLIENT)
            .by(CodeChecks::otherClient),
        Check.must(
                "code-of-its-redirect",
                TOKENS,
                "A redirect URI in the exchange that is another one is refused")
            .section("OAuth 2.1 §10.2; RFC 6749 §4.1.3", "R-13")
            .remedy("Compare redirect_uri with the authorization request, where it is sent.")
            .needs(JOURNEY)
            .by(site -> spoiled(site, "redirect_uri", "https://attacker.example/callback")),
        Check.should(
                "exchange-resource-refused",
                RESOURCE_INDICATORS,
                "An exchange for a resource that was not granted is refused")
            .section("RFC 8707 §2.2", "R-34")
            .remedy("Answer invalid_target.")
            .needs(JOURNEY)
            .by(site -> spoiled(site, "resource", "https://elsewhere.example/mcp")),
        Check.should(
                "default-resource",
                RESOURCE_INDICATORS,
                "A client that names no resource gets a token that works")
            .section("RFC 9068 §3; MCP 2025-03-26 authorization", "R-53")
            .remedy("Take the only server where no resource is named.")
            .needs(JOURNEY)
            .by(CodeChecks::defaultResource),
        Check.must(
                "narrowed-scope-said",
                TOKENS,
                "Where less is granted than was asked for, the answer says what")
            .section("OAuth 2.1 §3.2.3", "R-21")
            .remedy("Send scope when it is not what was asked for.")
            .needs(JOURNEY)
            .by(CodeChecks::narrowedScope));
  }

  private static Answer response(TargetServer site) throws IOException {
    return site.wire().cite(Objects.requireNonNull(site.journey().tokens().response()));
  }

  private static Client client(TargetServer site) throws IOException {
    return Objects.requireNonNull(site.journey().tokens().client());
  }

  private static Verdict tokenResponse(TargetServer site) throws IOException {
    Answer answer = response(site);
    String type = String.valueOf(answer.member("token_type"));
    return check(
        answer.isJson() && (type.equalsIgnoreCase("bearer") || type.equalsIgnoreCase("dpop")),
        "the answer is " + answer.mediaType() + " with token_type " + type);
  }

  private static Verdict lifetime(TargetServer site) throws IOException {
    long seconds = response(site).object().orElseThrow().path("expires_in").asLong(0);
    if (seconds <= 0) {
      return broken("expires_in is missing");
    }
    return check(seconds <= LONG.toSeconds(), "expires_in is " + seconds + " seconds");
  }

  private static Verdict singleUse(TargetServer site) throws IOException {
    Attempt attempt = site.journey().attempt(client(site));
    String code = site.journey().code(attempt);
    if (code == null) {
      return untested("another sign-in brought no code");
    }
    Answer first = site.journey().exchange(attempt, code);
    if (first.status() != 200) {
      return untested("the first exchange is answered " + first.brief());
    }
    Answer second = site.journey().exchange(attempt, code);
    return check(second.status() >= 400, "the second exchange is answered " + second.brief());
  }

  private static Verdict replayEndsTokens(TargetServer site) throws IOException {
    Attempt attempt = site.journey().attempt(client(site));
    String code = site.journey().code(attempt);
    if (code == null) {
      return untested("another sign-in brought no code");
    }
    Answer first = site.journey().exchange(attempt, code);
    String access = first.member("access_token");
    if (access == null) {
      return untested("the first exchange is answered " + first.brief());
    }
    var _ = site.journey().exchange(attempt, code);
    int status = site.mcp().with(site.url(), access).status();
    return check(status == 401, "the access token is still answered " + status);
  }

  /** Whether a code is worth nothing with one parameter of the exchange wrong. */
  private static Verdict spoiled(TargetServer site, String parameter, @Nullable String value)
      throws IOException {
    Attempt attempt = site.journey().attempt(client(site));
    String code = site.journey().code(attempt);
    if (code == null) {
      return untested("another sign-in brought no code");
    }
    Form form = site.journey().exchangeForm(attempt, code).replace(parameter, value);
    Answer answer = site.journey().token(form);
    return check(
        answer.status() >= 400 && answer.status() < 500, "the answer is " + answer.brief());
  }

  private static Verdict otherClient(TargetServer site) throws IOException {
    Client other = site.clients().other();
    Attempt attempt = site.journey().attempt(client(site));
    String code = other == null ? null : site.journey().code(attempt);
    if (other == null || code == null) {
      return untested("no second client could be registered, or no code had");
    }
    Form form = site.journey().exchangeForm(attempt, code).replace("client_secret", null);
    Answer answer = site.journey().token(other.in(form.replace("client_id", null)));
    return check(answer.status() >= 400, "the answer is " + answer.brief());
  }

  private static Verdict defaultResource(TargetServer site) throws IOException {
    Attempt attempt = site.journey().attempt(client(site)).with("resource", null);
    String code = site.journey().code(attempt);
    if (code == null) {
      return broken("the sign-in brought no code");
    }
    Answer answer =
        site.journey().token(site.journey().exchangeForm(attempt, code).replace("resource", null));
    String access = answer.member("access_token");
    if (access == null) {
      return broken("the exchange is answered " + answer.brief());
    }
    int status = site.mcp().with(site.url(), access).status();
    return check(status != 401, "the access token is answered " + status);
  }

  private static Verdict narrowedScope(TargetServer site) throws IOException {
    String asked = Objects.requireNonNullElse(site.journey().scope(), "");
    Attempt attempt =
        site.journey()
            .attempt(client(site))
            .with("scope", (asked + " ostiary:check:unknown").strip());
    var end = site.journey().answer(attempt);
    String code = end.get("code");
    if (code == null) {
      return end.containsKey("error") ? holds() : untested("the sign-in brought nothing");
    }
    Answer answer = site.journey().exchange(attempt, code);
    if (answer.member("scope") != null) {
      return holds();
    }
    Tokens tokens = Tokens.of(attempt.client(), answer);
    Jwt jwt = tokens == null ? null : tokens.jwt();
    if (jwt == null || !jwt.claims().has("scope")) {
      return untested("an answer with a scope, or an access token that can be read");
    }
    return check(
        jwt.claim("scope").contains("ostiary:check:unknown"),
        "the answer has no scope, and the access token has " + jwt.claim("scope"));
  }
}
