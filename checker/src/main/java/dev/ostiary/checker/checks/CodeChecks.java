package dev.ostiary.checker.checks;

import static dev.ostiary.checker.Need.FLOW;
import static dev.ostiary.checker.Need.OWN_CLIENT;
import static dev.ostiary.checker.Specification.AUTHORIZATION;
import static dev.ostiary.checker.Specification.ISSUER;
import static dev.ostiary.checker.Specification.PKCE;
import static dev.ostiary.checker.Specification.RESOURCE_INDICATORS;
import static dev.ostiary.checker.Specification.TOKENS;
import static dev.ostiary.checker.server.Verdict.broken;
import static dev.ostiary.checker.server.Verdict.check;
import static dev.ostiary.checker.server.Verdict.holds;
import static dev.ostiary.checker.server.Verdict.untested;

import dev.ostiary.checker.Check;
import dev.ostiary.checker.http.Answer;
import dev.ostiary.checker.http.Form;
import dev.ostiary.checker.server.Attempt;
import dev.ostiary.checker.server.Client;
import dev.ostiary.checker.server.Jwt;
import dev.ostiary.checker.server.TargetServer;
import dev.ostiary.checker.server.Tokens;
import dev.ostiary.checker.server.Verdict;
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
            .needs(FLOW)
            .by(
                target ->
                    check(
                        target
                            .flow()
                            .firstAttempt()
                            .state()
                            .equals(target.flow().callback().get("state")),
                        "state came back changed")),
        Check.should("iss-returned", ISSUER, "The answer carries the issuer")
            .section("RFC 9207 §2; MCP authorization", "A-31", "R-5")
            .remedy("Add iss to every authorization response.")
            .needs(FLOW)
            .by(
                target ->
                    check(
                        Objects.equals(
                            target.server().text("issuer"), target.flow().callback().get("iss")),
                        "iss is " + target.flow().callback().get("iss"))),
        Check.must("token-response", TOKENS, "The tokens come in JSON, with their type")
            .section("OAuth 2.1 §3.2.3", "A-27")
            .remedy("Answer 200 in application/json with access_token and token_type.")
            .needs(FLOW)
            .by(CodeChecks::tokenResponse),
        Check.must("token-no-store", TOKENS, "The tokens are kept by no cache")
            .section("OAuth 2.1 §3.2.3", "R-14")
            .remedy("Send Cache-Control: no-store.")
            .needs(FLOW)
            .by(
                target ->
                    check(
                        response(target).header("Cache-Control").orElse("").contains("no-store"),
                        "Cache-Control is "
                            + response(target).header("Cache-Control").orElse("missing"))),
        Check.should("token-lifetime", TOKENS, "Access tokens live for a day at most, and say so")
            .section("OAuth 2.1 §3.2.3; MCP security considerations", "A-33")
            .remedy("Send expires_in, an hour or so.")
            .needs(FLOW)
            .by(CodeChecks::lifetime),
        Check.must("code-single-use", TOKENS, "A code is good for one exchange")
            .section("OAuth 2.1 §4.1.3", "R-9", "R-11")
            .remedy("Answer invalid_grant to a code that was used.")
            .needs(FLOW)
            .by(CodeChecks::singleUse),
        Check.should(
                "code-replay-ends-tokens",
                TOKENS,
                "A code that comes again ends what was issued for it")
            .section("OAuth 2.1 §4.1.3, §7.5.3", "R-10")
            .remedy("End the grant when a used code comes with the right verifier.")
            .needs(FLOW)
            .by(CodeChecks::replayEndsTokens),
        Check.must("verifier-compared", PKCE, "A code without its verifier is worth nothing")
            .section("RFC 7636 §4.6; OAuth 2.1 §4.1.3", "R-12")
            .remedy("Answer invalid_grant when the verifier does not belong to the challenge.")
            .needs(FLOW)
            .by(
                target ->
                    spoiled(
                        target,
                        "code_verifier",
                        new CodeVerifier("ostiary-check-wrong-" + "x".repeat(43)).value())),
        Check.must("verifier-required", PKCE, "An exchange without a verifier is refused")
            .section("RFC 7636 §4.6; OAuth 2.1 §4.1.3", "R-12")
            .remedy("Answer invalid_grant or invalid_request when code_verifier is missing.")
            .needs(FLOW)
            .by(target -> spoiled(target, "code_verifier", null)),
        Check.must("code-of-its-client", TOKENS, "A code is good for the client it was issued to")
            .section("OAuth 2.1 §4.1.3", "R-9")
            .remedy("Answer invalid_grant when another client brings the code.")
            .needs(FLOW, OWN_CLIENT)
            .by(CodeChecks::otherClient),
        Check.must(
                "code-of-its-redirect",
                TOKENS,
                "A redirect URI in the exchange that is another one is refused")
            .section("OAuth 2.1 §10.2; RFC 6749 §4.1.3", "R-13")
            .remedy("Compare redirect_uri with the authorization request, where it is sent.")
            .needs(FLOW)
            .by(target -> spoiled(target, "redirect_uri", "https://attacker.example/callback")),
        Check.should(
                "exchange-resource-refused",
                RESOURCE_INDICATORS,
                "An exchange for a resource that was not granted is refused")
            .section("RFC 8707 §2.2", "R-34")
            .remedy("Answer invalid_target.")
            .needs(FLOW)
            .by(target -> spoiled(target, "resource", "https://elsewhere.example/mcp")),
        Check.should(
                "default-resource",
                RESOURCE_INDICATORS,
                "A client that names no resource gets a token that works")
            .section("RFC 9068 §3; MCP 2025-03-26 authorization", "R-53")
            .remedy("Take the only server where no resource is named.")
            .needs(FLOW)
            .by(CodeChecks::defaultResource),
        Check.must(
                "narrowed-scope-said",
                TOKENS,
                "Where less is granted than was asked for, the answer says what")
            .section("OAuth 2.1 §3.2.3", "R-21")
            .remedy("Send scope when it is not what was asked for.")
            .needs(FLOW)
            .by(CodeChecks::narrowedScope));
  }

  private static Answer response(TargetServer target) throws IOException {
    return target.http().cite(Objects.requireNonNull(target.flow().tokens().response()));
  }

  private static Client client(TargetServer target) throws IOException {
    return Objects.requireNonNull(target.flow().tokens().client());
  }

  private static Verdict tokenResponse(TargetServer target) throws IOException {
    Answer answer = response(target);
    String type = String.valueOf(answer.member("token_type"));
    return check(
        answer.isJson() && (type.equalsIgnoreCase("bearer") || type.equalsIgnoreCase("dpop")),
        "the answer is " + answer.mediaType() + " with token_type " + type);
  }

  private static Verdict lifetime(TargetServer target) throws IOException {
    long seconds = response(target).object().orElseThrow().path("expires_in").asLong(0);
    if (seconds <= 0) {
      return broken("expires_in is missing");
    }
    return check(seconds <= LONG.toSeconds(), "expires_in is " + seconds + " seconds");
  }

  private static Verdict singleUse(TargetServer target) throws IOException {
    Attempt attempt = target.flow().attempt(client(target));
    String code = target.flow().code(attempt);
    if (code == null) {
      return untested("another sign-in brought no code");
    }
    Answer first = target.flow().exchange(attempt, code);
    if (first.status() != 200) {
      return untested("the first exchange is answered " + first.brief());
    }
    Answer second = target.flow().exchange(attempt, code);
    return check(second.status() >= 400, "the second exchange is answered " + second.brief());
  }

  private static Verdict replayEndsTokens(TargetServer target) throws IOException {
    Attempt attempt = target.flow().attempt(client(target));
    String code = target.flow().code(attempt);
    if (code == null) {
      return untested("another sign-in brought no code");
    }
    Answer first = target.flow().exchange(attempt, code);
    String access = first.member("access_token");
    if (access == null) {
      return untested("the first exchange is answered " + first.brief());
    }
    var _ = target.flow().exchange(attempt, code);
    int status = target.mcp().with(target.url(), access).status();
    return check(status == 401, "the access token is still answered " + status);
  }

  /** Whether a code is worth nothing with one parameter of the exchange wrong. */
  private static Verdict spoiled(TargetServer target, String parameter, @Nullable String value)
      throws IOException {
    Attempt attempt = target.flow().attempt(client(target));
    String code = target.flow().code(attempt);
    if (code == null) {
      return untested("another sign-in brought no code");
    }
    Form form = target.flow().exchangeForm(attempt, code).replace(parameter, value);
    Answer answer = target.flow().token(form);
    return check(
        answer.status() >= 400 && answer.status() < 500, "the answer is " + answer.brief());
  }

  private static Verdict otherClient(TargetServer target) throws IOException {
    Client other = target.clients().other();
    Attempt attempt = target.flow().attempt(client(target));
    String code = other == null ? null : target.flow().code(attempt);
    if (other == null || code == null) {
      return untested("no second client could be registered, or no code had");
    }
    Form form = target.flow().exchangeForm(attempt, code).replace("client_secret", null);
    Answer answer = target.flow().token(other.in(form.replace("client_id", null)));
    return check(answer.status() >= 400, "the answer is " + answer.brief());
  }

  private static Verdict defaultResource(TargetServer target) throws IOException {
    Attempt attempt = target.flow().attempt(client(target)).with("resource", null);
    String code = target.flow().code(attempt);
    if (code == null) {
      return broken("the sign-in brought no code");
    }
    Answer answer =
        target.flow().token(target.flow().exchangeForm(attempt, code).replace("resource", null));
    String access = answer.member("access_token");
    if (access == null) {
      return broken("the exchange is answered " + answer.brief());
    }
    int status = target.mcp().with(target.url(), access).status();
    return check(status != 401, "the access token is answered " + status);
  }

  private static Verdict narrowedScope(TargetServer target) throws IOException {
    String asked = Objects.requireNonNullElse(target.flow().scope(), "");
    Attempt attempt =
        target
            .flow()
            .attempt(client(target))
            .with("scope", (asked + " ostiary:check:unknown").strip());
    var end = target.flow().answer(attempt);
    String code = end.get("code");
    if (code == null) {
      return end.containsKey("error") ? holds() : untested("the sign-in brought nothing");
    }
    Answer answer = target.flow().exchange(attempt, code);
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
