package dev.ostiary.checker.checks;

import static dev.ostiary.checker.Need.CHALLENGE_FIELD;
import static dev.ostiary.checker.Specification.CHALLENGE;
import static dev.ostiary.checker.Specification.MCP_2025_06_18;
import static dev.ostiary.checker.server.Verdict.broken;
import static dev.ostiary.checker.server.Verdict.check;
import static dev.ostiary.checker.server.Verdict.holds;
import static dev.ostiary.checker.server.Verdict.inapplicable;

import dev.ostiary.checker.Check;
import dev.ostiary.checker.http.Answer;
import dev.ostiary.checker.http.Form;
import dev.ostiary.checker.server.ChallengeField;
import dev.ostiary.checker.server.Mcp;
import dev.ostiary.checker.server.TargetServer;
import dev.ostiary.checker.server.Verdict;
import dev.ostiary.http.Headers;
import dev.ostiary.mcp.Revision;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;

/** What the MCP server asks of clients that it does not let in. RFC 6750 §3, RFC 9728 §5.1. */
final class ChallengeChecks {
  private static final String GARBAGE = "ostiary-check.this-is.no-token";

  private ChallengeChecks() {}

  static List<Check> all() {
    return List.of(
        Check.must("no-token-401", CHALLENGE, "A request without an access token is answered 401")
            .section("MCP authorization, Error Handling; RFC 6750 §3", "A-19")
            .remedy("Answer 401 before anything else is looked at.")
            .by(
                target ->
                    check(
                        target.challenge().status() == 401,
                        "the answer is " + target.challenge().brief())),
        Check.must("challenge-present", CHALLENGE, "A 401 has a Bearer challenge")
            .section("RFC 6750 §3; RFC 9110 §15.5.2", "A-19")
            .remedy("Send WWW-Authenticate: Bearer with every 401.")
            .by(ChallengeChecks::present),
        Check.must("challenge-syntax", CHALLENGE, "The challenge can be read by strict clients")
            .section("RFC 6750 §3; RFC 9110 §11.6.1", "A-19")
            .remedy("Quote every value, repeat no parameter, and separate them by commas.")
            .needs(CHALLENGE_FIELD)
            .by(ChallengeChecks::syntax),
        Check.must(
                "challenge-names-metadata",
                MCP_2025_06_18,
                "The challenge says where the metadata is")
            .section("MCP 2025-06-18 authorization, Server Location; RFC 9728 §5.1", "A-3")
            .remedy(
                "Add resource_metadata=\"…\" to the challenge; clients of 2025-06-18 look nowhere"
                    + " else.")
            .needs(CHALLENGE_FIELD)
            .by(
                target ->
                    check(
                        target.resource().announced() != null,
                        "the challenge has no resource_metadata")),
        Check.must(
                "challenge-leads-to-metadata",
                CHALLENGE,
                "The address in the challenge has the metadata of this server")
            .section("RFC 9728 §3.3, §5.1", "A-3", "A-4")
            .remedy("Point resource_metadata at the document whose resource is this URL.")
            .needs(CHALLENGE_FIELD)
            .by(ChallengeChecks::leadsToMetadata),
        Check.should(
                "challenge-without-error",
                CHALLENGE,
                "Where no token came the challenge has no error")
            .section("RFC 6750 §3.1", "A-19")
            .remedy("Leave error out when the request had no credentials.")
            .needs(CHALLENGE_FIELD)
            .by(
                target ->
                    check(
                        field(target.challenge()).parameter("error").isEmpty(),
                        "error is " + field(target.challenge()).parameter("error").orElse(""))),
        Check.should("challenge-scope", CHALLENGE, "The challenge says which scopes to ask for")
            .section("MCP authorization, Scope Selection Strategy", "A-5")
            .remedy("Add scope=\"…\" with what is needed now.")
            .needs(CHALLENGE_FIELD)
            .by(
                target ->
                    check(
                        field(target.challenge()).parameter("scope").isPresent(),
                        "the challenge has no scope")),
        Check.should(
                "challenge-without-offline-access",
                CHALLENGE,
                "The challenge does not ask for offline_access")
            .section("MCP authorization, Refresh Tokens", "A-6")
            .remedy("Leave offline_access out of challenges: it is no scope of the resource.")
            .needs(CHALLENGE_FIELD)
            .by(
                target ->
                    check(
                        !List.of(field(target.challenge()).parameter("scope").orElse("").split(" "))
                            .contains("offline_access"),
                        "scope lists offline_access")),
        Check.must("garbage-token-401", CHALLENGE, "A token that is none is answered 401")
            .section("RFC 6750 §3.1; MCP authorization, Token Handling", "A-19")
            .remedy("Answer 401 with a challenge, whatever the token looks like.")
            .by(ChallengeChecks::garbage),
        Check.should(
                "garbage-token-named", CHALLENGE, "A token that is none is called invalid_token")
            .section("RFC 6750 §3.1", "A-19")
            .remedy("Add error=\"invalid_token\" when a token came that is not good.")
            .by(ChallengeChecks::garbageNamed),
        Check.must("query-token-ignored", CHALLENGE, "A token in the query is not looked at")
            .section("MCP authorization, Token Requirements; OAuth 2.1 §5.1", "A-16")
            .remedy("Take access tokens from the Authorization header alone.")
            .by(ChallengeChecks::queryIgnored),
        Check.should(
                "malformed-authorization-400",
                CHALLENGE,
                "An Authorization header that cannot be read is answered 400")
            .section("RFC 6750 §3.1; MCP authorization, Error Handling", "A-26")
            .remedy("Answer 400 with error=\"invalid_request\".")
            .by(ChallengeChecks::malformed),
        Check.must("other-scheme-401", CHALLENGE, "Credentials of another scheme are answered 401")
            .section("RFC 6750 §3; RFC 9110 §11.6.1", "A-19")
            .remedy("Answer with the Bearer challenge, as if no credentials had come.")
            .by(ChallengeChecks::otherScheme),
        Check.must(
                "every-request-protected",
                CHALLENGE,
                "No request gets in without a token, whatever it asks for")
            .section("MCP authorization, Token Requirements", "A-15", "A-22")
            .remedy("Check the token of each request, before its method is looked at.")
            .by(ChallengeChecks::everyRequest),
        Check.must("get-protected", CHALLENGE, "GET opens no stream without a token")
            .section("MCP authorization, Token Requirements", "A-15")
            .remedy("Answer GET with 401, or with 405 if there is no stream.")
            .by(ChallengeChecks::get));
  }

  private static ChallengeField field(Answer answer) {
    List<ChallengeField> fields =
        answer.headers().all("WWW-Authenticate").stream().map(ChallengeField::parse).toList();
    return fields.stream()
        .filter(field -> field.scheme().equals("bearer"))
        .findFirst()
        .orElse(fields.isEmpty() ? ChallengeField.parse("none") : fields.getFirst());
  }

  private static Verdict isChallenge(Answer answer) {
    if (answer.status() != 401) {
      return broken("the answer is " + answer.brief());
    }
    return check(field(answer).scheme().equals("bearer"), "the 401 has no Bearer challenge");
  }

  private static Verdict present(TargetServer target) throws IOException {
    Answer answer = target.challenge();
    return answer.status() == 401
        ? isChallenge(answer)
        : broken("there is no 401: the answer is " + answer.brief());
  }

  private static Verdict syntax(TargetServer target) throws IOException {
    List<String> problems = field(target.challenge()).problems();
    return check(problems.isEmpty(), String.join("; ", problems));
  }

  private static Verdict leadsToMetadata(TargetServer target) throws IOException {
    String announced = target.resource().announced();
    if (announced == null) {
      return inapplicable("the challenge names no address");
    }
    Answer answer = target.resource().at(announced);
    String named = answer.member("resource");
    return check(
        answer.status() == 200 && target.url().equals(named),
        announced + " answers " + answer.brief() + " with resource " + named);
  }

  private static Answer withGarbage(TargetServer target) throws IOException {
    return target.mcp().with(target.url(), GARBAGE);
  }

  private static Verdict garbage(TargetServer target) throws IOException {
    return isChallenge(withGarbage(target));
  }

  private static Verdict garbageNamed(TargetServer target) throws IOException {
    String error = field(withGarbage(target)).parameter("error").orElse("missing");
    return check(error.equals("invalid_token"), "error is " + error);
  }

  private static Verdict queryIgnored(TargetServer target) throws IOException {
    String address = Form.of("access_token", GARBAGE).appendedTo(target.url());
    Answer answer = target.http().json(address, TargetServer.INITIALIZE, "Accept", Mcp.ACCEPT);
    if (answer.status() != 401) {
      return broken("the answer is " + answer.brief());
    }
    boolean read =
        field(answer).parameter("error").isPresent()
            && field(target.challenge()).parameter("error").isEmpty();
    return check(!read, "the answer speaks of an invalid token, so the query was read");
  }

  private static Verdict malformed(TargetServer target) throws IOException {
    Answer answer = authorized(target, "Bearer two tokens");
    return check(answer.status() == 400, "the answer is " + answer.brief());
  }

  private static Verdict otherScheme(TargetServer target) throws IOException {
    return isChallenge(authorized(target, "Basic b3N0aWFyeTpjaGVjaw=="));
  }

  private static Answer authorized(TargetServer target, String authorization) throws IOException {
    return target
        .http()
        .json(
            target.url(),
            TargetServer.INITIALIZE,
            "Accept",
            Mcp.ACCEPT,
            "Authorization",
            authorization);
  }

  private static Verdict everyRequest(TargetServer target) throws IOException {
    String version = Revision.MODERN.wire();
    for (String method : List.of("tools/list", "server/discover", "ping")) {
      String modern =
          Mcp.modernMessage(method, JsonNodeFactory.instance.objectNode(), version).toString();
      for (Answer answer :
          List.of(
              target
                  .http()
                  .json(
                      target.url(),
                      modern,
                      "Accept",
                      Mcp.ACCEPT,
                      "MCP-Protocol-Version",
                      version,
                      "Mcp-Method",
                      method),
              target
                  .http()
                  .json(target.url(), Mcp.request(2, method).toString(), "Accept", Mcp.ACCEPT))) {
        if (answer.status() < 400) {
          return broken(method + " is answered " + answer.brief());
        }
      }
    }
    return holds();
  }

  private static Verdict get(TargetServer target) throws IOException {
    Answer answer =
        target.http().head("GET", target.url(), Headers.of("Accept", "text/event-stream"), "");
    return check(
        answer.status() >= 400, "GET is answered " + answer.status() + " " + answer.mediaType());
  }
}
