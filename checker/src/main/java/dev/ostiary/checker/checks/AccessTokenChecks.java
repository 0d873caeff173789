package dev.ostiary.checker.checks;

import static dev.ostiary.checker.Need.JWKS;
import static dev.ostiary.checker.Need.JWT;
import static dev.ostiary.checker.Need.SECOND_SERVER;
import static dev.ostiary.checker.Need.THOROUGH;
import static dev.ostiary.checker.Need.TOKEN;
import static dev.ostiary.checker.Specification.ACCESS_TOKENS;
import static dev.ostiary.checker.Specification.CHALLENGE;
import static dev.ostiary.checker.Specification.RESOURCE_INDICATORS;
import static dev.ostiary.checker.server.Verdict.broken;
import static dev.ostiary.checker.server.Verdict.check;
import static dev.ostiary.checker.server.Verdict.untested;

import dev.ostiary.checker.Check;
import dev.ostiary.checker.http.Answer;
import dev.ostiary.checker.http.Form;
import dev.ostiary.checker.server.Jwt;
import dev.ostiary.checker.server.Mcp;
import dev.ostiary.checker.server.TargetServer;
import dev.ostiary.checker.server.Tokens;
import dev.ostiary.checker.server.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** What access tokens say, and whether the MCP server believes others. RFC 9068, RFC 8707. */
final class AccessTokenChecks {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration TOLERANCE = Duration.ofSeconds(61);
  private static final long NEVER = Duration.ofDays(365).toSeconds();

  private AccessTokenChecks() {}

  static List<Check> all() {
    return List.of(
        Check.must("token-lets-in", CHALLENGE, "The access token lets in")
            .section("MCP authorization, Token Handling", "A-17")
            .remedy("Accept tokens of the authorization server that the metadata names.")
            .needs(TOKEN)
            .by(AccessTokenChecks::letsIn),
        Check.must("query-token-refused", CHALLENGE, "A good access token in the query is refused")
            .section("MCP authorization, Token Requirements; OAuth 2.1 §5.1", "A-16")
            .remedy("Take access tokens from the Authorization header alone.")
            .needs(TOKEN)
            .by(AccessTokenChecks::inQuery),
        Check.must(
                "token-names-audience-and-issuer",
                RESOURCE_INDICATORS,
                "The access token carries aud, this server, and iss")
            .section("RFC 9068 §2.2; RFC 8707 §2; MCP authorization", "A-35", "R-34", "R-35")
            .remedy("Put the requested resource into aud, and the issuer into iss.")
            .needs(TOKEN, JWT)
            .by(AccessTokenChecks::audience),
        Check.must(
                "token-of-neighbour-refused",
                RESOURCE_INDICATORS,
                "An access token for this server is refused by another one")
            .section("MCP authorization, Token Audience Binding", "A-18")
            .remedy("Compare aud with your own URL before anything else is believed.")
            .needs(SECOND_SERVER, TOKEN)
            .by(AccessTokenChecks::neighbour),
        Check.should("token-type", ACCESS_TOKENS, "The access token says that it is one")
            .section("RFC 9068 §2.1", "R-35")
            .remedy("Set typ to at+jwt, so that no ID token passes for an access token.")
            .needs(TOKEN, JWT)
            .by(AccessTokenChecks::type),
        Check.must("token-algorithm", ACCESS_TOKENS, "The access token is signed with a public key")
            .section("RFC 9068 §2.1, §4", "R-35")
            .remedy("Sign with ES256, RS256 or another asymmetric algorithm.")
            .needs(TOKEN, JWT)
            .by(AccessTokenChecks::algorithm),
        Check.must("token-key-published", ACCESS_TOKENS, "Its key is in the key set")
            .section("RFC 9068 §4; RFC 7517 §4.5", "R-35")
            .remedy("Name the key in kid, and publish it until its last token has expired.")
            .needs(TOKEN, JWT, JWKS)
            .by(AccessTokenChecks::keyPublished),
        Check.should(
                "token-claims", ACCESS_TOKENS, "The access token has the claims it should have")
            .section("RFC 9068 §2.2", "R-35")
            .remedy("Add iss, exp, aud, sub, client_id, iat and jti.")
            .needs(TOKEN, JWT)
            .by(AccessTokenChecks::claims),
        Check.must("tampered-token-refused", ACCESS_TOKENS, "A changed access token is refused")
            .section("MCP authorization, Token Handling; RFC 9068 §4", "A-17")
            .remedy("Verify the signature.")
            .needs(TOKEN)
            .by(AccessTokenChecks::tampered),
        forged(
            "unsigned-token-refused",
            "An access token without a signature is refused",
            "RFC 8725 §3.1, §3.2",
            "Refuse the algorithm none.",
            Forgery::unsigned),
        forged(
            "confused-algorithm-refused",
            "A public key is not taken for a shared secret",
            "RFC 8725 §2.1, §3.1",
            "Accept the algorithm of the key only, not the one that the token names.",
            Forgery::confused),
        forged(
            "foreign-key-refused",
            "An access token signed with a foreign key is refused",
            "RFC 9068 §4; RFC 8725 §3.10",
            "Take keys from the issuer's key set only, never from the token.",
            Forgery::foreign));
  }

  /** What can be tried only when nothing else needs the token any more. */
  static List<Check> last() {
    return List.of(
        Check.must("expired-token-refused", ACCESS_TOKENS, "An expired access token is refused")
            .section("MCP authorization, Token Handling; RFC 9068 §4", "A-17")
            .remedy("Compare exp with the time of day, with a minute of tolerance at most.")
            .needs(TOKEN, THOROUGH)
            .by(AccessTokenChecks::expired));
  }

  /** A way to make a token that must be refused. */
  private interface Forging {
    String of(Jwt jwt, JsonNode key);
  }

  private static Check forged(
      String id, String title, String section, String remedy, Forging forging) {
    return Check.must(id, ACCESS_TOKENS, title)
        .section(section, "A-17", "R-35")
        .remedy(remedy)
        .needs(TOKEN, JWT, JWKS)
        .by(
            target -> {
              String token = forging.of(jwt(target), key(target));
              return refused(target.mcp().with(target.url(), token));
            });
  }

  private static String access(TargetServer target) throws IOException {
    return target.flow().tokens().access();
  }

  private static Jwt jwt(TargetServer target) throws IOException {
    return Objects.requireNonNull(target.flow().tokens().jwt());
  }

  private static JsonNode key(TargetServer target) throws IOException {
    String id = jwt(target).header().path("kid").asString("");
    List<JsonNode> keys = Keys.of(Keys.ask(target));
    return keys.stream()
        .filter(key -> key.path("kid").asString("").equals(id))
        .findFirst()
        .orElseGet(
            () ->
                keys.isEmpty()
                    ? tools.jackson.databind.node.MissingNode.getInstance()
                    : keys.getFirst());
  }

  /** Whichever way: that it should be a 401 is for other checks. */
  private static Verdict refused(Answer answer) {
    return check(answer.status() >= 400, "the answer is " + answer.brief());
  }

  private static Verdict letsIn(TargetServer target) throws IOException {
    Answer answer = target.mcp().with(target.url(), access(target));
    return check(answer.status() < 400, "the answer is " + answer.brief());
  }

  private static Verdict inQuery(TargetServer target) throws IOException {
    String address = Form.of("access_token", access(target)).appendedTo(target.url());
    return refused(target.http().json(address, TargetServer.INITIALIZE, "Accept", Mcp.ACCEPT));
  }

  private static Verdict audience(TargetServer target) throws IOException {
    Jwt jwt = jwt(target);
    String issuer = String.valueOf(target.server().text("issuer"));
    if (!jwt.audiences().contains(target.flow().resource())) {
      return broken("aud is " + jwt.audiences());
    }
    return check(jwt.claim("iss").equals(issuer), "iss is " + jwt.claim("iss"));
  }

  private static Verdict neighbour(TargetServer target) throws IOException {
    String other = String.valueOf(target.options().neighbour());
    Answer answer = target.mcp().with(other, access(target));
    return check(answer.status() >= 400, other + " answers " + answer.brief());
  }

  private static Verdict type(TargetServer target) throws IOException {
    String type = jwt(target).type();
    return check(
        type.equalsIgnoreCase("at+jwt") || type.equalsIgnoreCase("application/at+jwt"),
        "typ is " + (type.isEmpty() ? "missing" : type));
  }

  private static Verdict algorithm(TargetServer target) throws IOException {
    String algorithm = jwt(target).algorithm();
    return check(
        !algorithm.equals("none") && !algorithm.startsWith("HS") && !algorithm.isEmpty(),
        "alg is " + algorithm);
  }

  private static Verdict keyPublished(TargetServer target) throws IOException {
    String id = jwt(target).header().path("kid").asString("");
    boolean published =
        Keys.of(Keys.ask(target)).stream().anyMatch(key -> key.path("kid").asString("").equals(id));
    return check(!id.isEmpty() && published, "no key of the set has the kid " + id);
  }

  private static Verdict claims(TargetServer target) throws IOException {
    Jwt jwt = jwt(target);
    List<String> missing =
        List.of("iss", "exp", "aud", "sub", "client_id", "iat", "jti").stream()
            .filter(name -> !jwt.claims().has(name))
            .toList();
    return check(missing.isEmpty(), "missing: " + String.join(", ", missing));
  }

  private static Verdict tampered(TargetServer target) throws IOException {
    Jwt jwt = target.flow().tokens().jwt();
    String access = access(target);
    String changed =
        jwt == null
            ? access.substring(0, access.length() - 4)
                + new StringBuilder(access.substring(access.length() - 4)).reverse()
                + "x"
            : jwt.tampered();
    return refused(target.mcp().with(target.url(), changed));
  }

  private static Verdict expired(TargetServer target) throws IOException {
    Tokens tokens = target.flow().tokens();
    Tokens fresh = tokens.client() == null ? tokens : target.flow().more();
    if (fresh == null || target.mcp().with(target.url(), fresh.access()).status() == 401) {
      return untested("an access token that is good");
    }
    Duration until = Duration.between(target.clock().now(), ends(target, fresh)).plus(TOLERANCE);
    if (until.compareTo(PATIENCE) > 0) {
      return untested("an access token that expires within five minutes");
    }
    if (!until.isNegative()) {
      target.clock().pass(until);
    }
    return refused(target.mcp().with(target.url(), fresh.access()));
  }

  private static Instant ends(TargetServer target, Tokens tokens) {
    Jwt jwt = tokens.jwt();
    if (jwt != null && jwt.claims().has("exp")) {
      return Instant.ofEpochSecond(jwt.claims().path("exp").asLong());
    }
    Answer response = tokens.response();
    long seconds =
        response == null
            ? 0
            : response.object().map(json -> json.path("expires_in").asLong(0)).orElse(0L);
    return target.clock().now().plusSeconds(seconds == 0 ? NEVER : seconds);
  }
}
