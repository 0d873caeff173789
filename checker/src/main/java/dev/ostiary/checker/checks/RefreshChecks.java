package dev.ostiary.checker.checks;

import static dev.ostiary.checker.Need.FLOW;
import static dev.ostiary.checker.Need.OWN_CLIENT;
import static dev.ostiary.checker.Need.REFRESH_TOKEN;
import static dev.ostiary.checker.Need.REVOCATION_ENDPOINT;
import static dev.ostiary.checker.Need.THOROUGH;
import static dev.ostiary.checker.Specification.REVOCATION;
import static dev.ostiary.checker.Specification.TOKENS;
import static dev.ostiary.checker.server.Verdict.broken;
import static dev.ostiary.checker.server.Verdict.check;
import static dev.ostiary.checker.server.Verdict.holds;
import static dev.ostiary.checker.server.Verdict.inapplicable;
import static dev.ostiary.checker.server.Verdict.untested;

import dev.ostiary.checker.Check;
import dev.ostiary.checker.http.Answer;
import dev.ostiary.checker.http.Form;
import dev.ostiary.checker.server.Client;
import dev.ostiary.checker.server.TargetServer;
import dev.ostiary.checker.server.Tokens;
import dev.ostiary.checker.server.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** How refresh tokens live and tokens end. OAuth 2.1 §4.3, RFC 7009. */
final class RefreshChecks {
  private static final int STORM = 8;
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(250);

  private RefreshChecks() {}

  static List<Check> all() {
    return List.of(
        Check.must("refresh-works", TOKENS, "A refresh token brings a new access token")
            .section("OAuth 2.1 §4.3", "R-21")
            .remedy("Answer 200 with an access token of the same scope and resource.")
            .needs(REFRESH_TOKEN)
            .by(RefreshChecks::works),
        Check.must("refresh-rotates", TOKENS, "A client without a secret gets a new refresh token")
            .section("OAuth 2.1 §4.3.1; MCP authorization, Token Theft", "A-32", "R-20")
            .remedy("Issue another refresh token with every refresh.")
            .needs(REFRESH_TOKEN)
            .by(RefreshChecks::rotates),
        Check.must("refresh-reuse-refused", TOKENS, "A refresh token that was replaced is refused")
            .section("OAuth 2.1 §4.3.1; RFC 9700 §4.14.2", "R-20")
            .remedy("Answer invalid_grant once its successor has been used.")
            .needs(REFRESH_TOKEN)
            .by(target -> reuse(target, false)),
        Check.should(
                "refresh-reuse-ends-family",
                TOKENS,
                "A refresh token that comes again ends what descends from it")
            .section("OAuth 2.1 §4.3.1; RFC 9700 §4.14.2", "R-20")
            .remedy("End the grant: one of the two holders is a thief.")
            .needs(REFRESH_TOKEN)
            .by(target -> reuse(target, true)),
        Check.must("refresh-of-its-client", TOKENS, "A refresh token is good for its client only")
            .section("OAuth 2.1 §4.3.1", "R-21")
            .remedy("Answer invalid_grant when another client brings it.")
            .needs(REFRESH_TOKEN, OWN_CLIENT)
            .by(RefreshChecks::otherClient),
        Check.must("refresh-not-widened", TOKENS, "A refresh does not widen the scope")
            .section("OAuth 2.1 §4.3.1", "R-21")
            .remedy("Answer invalid_scope to scopes that were not granted.")
            .needs(REFRESH_TOKEN)
            .by(RefreshChecks::notWidened),
        Check.should("refresh-storm", TOKENS, "Refreshing several times at once does no harm")
            .section("OAuth 2.1 §4.3.1; what clients do", "R-11", "R-20")
            .remedy(
                "Give equal requests the same successor for a moment; clients refresh in parallel"
                    + " and lose answers.")
            .needs(REFRESH_TOKEN, THOROUGH)
            .by(RefreshChecks::storm),
        Check.must("revoked-refresh-token-dies", REVOCATION, "A refresh token can be revoked")
            .section("RFC 7009 §2.1", "R-26")
            .remedy("Refuse it from then on.")
            .needs(REVOCATION_ENDPOINT, REFRESH_TOKEN)
            .by(RefreshChecks::revokedRefresh),
        Check.should(
                "revocation-bites",
                REVOCATION,
                "With the refresh token the access token ends, within seconds")
            .section("RFC 7009 §2.1", "R-26")
            .remedy("End the whole grant, and ask about it when access tokens are checked.")
            .needs(REVOCATION_ENDPOINT, REFRESH_TOKEN)
            .by(RefreshChecks::bites),
        Check.should("revoked-access-token-dies", REVOCATION, "An access token can be revoked")
            .section("RFC 7009 §2.1", "R-26")
            .remedy("Refuse it from then on.")
            .needs(REVOCATION_ENDPOINT, FLOW)
            .by(RefreshChecks::revokedAccess));
  }

  private static Client client(TargetServer target) throws IOException {
    return Objects.requireNonNull(target.flow().tokens().client());
  }

  private static String refreshed(Answer answer) {
    return Objects.requireNonNullElse(answer.member("refresh_token"), "");
  }

  private static Verdict works(TargetServer target) throws IOException {
    Tokens tokens = target.flow().more();
    if (tokens == null || tokens.refresh() == null) {
      return untested("another sign-in brought no refresh token");
    }
    Answer answer = target.flow().refresh(client(target), tokens.refresh());
    String access = answer.member("access_token");
    if (answer.status() != 200 || access == null) {
      return broken("the answer is " + answer.brief());
    }
    int status = target.mcp().with(target.url(), access).status();
    return check(status != 401, "the new access token is answered " + status);
  }

  private static Verdict rotates(TargetServer target) throws IOException {
    Client client = client(target);
    if (client.secret() != null) {
      return inapplicable("the client has a secret");
    }
    Tokens tokens = target.flow().more();
    if (tokens == null || tokens.refresh() == null) {
      return untested("another sign-in brought no refresh token");
    }
    String next = refreshed(target.flow().refresh(client, tokens.refresh()));
    return check(
        !next.isEmpty() && !next.equals(tokens.refresh()),
        next.isEmpty() ? "no new refresh token came" : "the same refresh token came again");
  }

  private static Verdict reuse(TargetServer target, boolean family) throws IOException {
    Client client = client(target);
    Tokens tokens = target.flow().more();
    if (tokens == null || tokens.refresh() == null) {
      return untested("another sign-in brought no refresh token");
    }
    String second = refreshed(target.flow().refresh(client, tokens.refresh()));
    if (second.isEmpty() || second.equals(tokens.refresh())) {
      return inapplicable("refresh tokens are not rotated");
    }
    String third = refreshed(target.flow().refresh(client, second));
    Answer reused = target.flow().refresh(client, tokens.refresh());
    if (!family) {
      return check(reused.status() >= 400, "the answer is " + reused.brief());
    }
    Answer last = target.flow().refresh(client, third);
    return check(
        last.status() >= 400, "the newest refresh token is still answered " + last.brief());
  }

  private static Verdict otherClient(TargetServer target) throws IOException {
    Client other = target.clients().other();
    Tokens tokens = target.flow().more();
    if (other == null || tokens == null || tokens.refresh() == null) {
      return untested("no second client could be registered, or no refresh token had");
    }
    Answer answer = target.flow().refresh(other, tokens.refresh());
    return check(answer.status() >= 400, "the answer is " + answer.brief());
  }

  private static Verdict notWidened(TargetServer target) throws IOException {
    Tokens tokens = target.flow().more();
    if (tokens == null || tokens.refresh() == null) {
      return untested("another sign-in brought no refresh token");
    }
    Form form =
        target
            .flow()
            .refreshForm(client(target), tokens.refresh())
            .and("scope", "ostiary:check:unknown");
    Answer answer = target.flow().token(form);
    String scope = Objects.requireNonNullElse(answer.member("scope"), "");
    boolean widened =
        answer.status() == 200
            && (scope.contains("ostiary:check:unknown") || answer.member("scope") == null);
    return check(!widened, "the answer is " + answer.brief() + " with scope " + scope);
  }

  private static Verdict storm(TargetServer target) throws IOException {
    Client client = client(target);
    Tokens tokens = target.flow().more();
    if (tokens == null || tokens.refresh() == null) {
      return untested("another sign-in brought no refresh token");
    }
    List<Answer> answers =
        target
            .http()
            .storm(
                target.flow().tokenEndpoint(),
                target.flow().refreshForm(client, tokens.refresh()),
                STORM);
    Set<String> successors = new TreeSet<>();
    for (Answer answer : answers) {
      if (answer.status() >= 500) {
        return broken("one of " + STORM + " equal refreshes is answered " + answer.brief());
      }
      if (answer.status() == 200) {
        successors.add(refreshed(answer));
      }
    }
    if (successors.size() != 1) {
      return broken(STORM + " equal refreshes brought " + successors.size() + " refresh tokens");
    }
    Answer later = target.flow().refresh(client, successors.iterator().next());
    return check(later.status() == 200, "the new refresh token is answered " + later.brief());
  }

  private static Verdict revokedRefresh(TargetServer target) throws IOException {
    Tokens tokens = target.flow().more();
    if (tokens == null || tokens.refresh() == null) {
      return untested("another sign-in brought no refresh token");
    }
    Answer revoked =
        RevocationChecks.revoke(target, client(target), Form.of("token", tokens.refresh()));
    if (revoked.status() != 200) {
      return broken("the revocation is answered " + revoked.brief());
    }
    Answer later = target.flow().refresh(client(target), tokens.refresh());
    return check(later.status() >= 400, "the refresh token is answered " + later.brief());
  }

  private static Verdict bites(TargetServer target) throws IOException {
    Tokens tokens = target.flow().more();
    if (tokens == null || tokens.refresh() == null) {
      return untested("another sign-in brought no refresh token");
    }
    var _ = RevocationChecks.revoke(target, client(target), Form.of("token", tokens.refresh()));
    return ends(target, tokens.access());
  }

  private static Verdict revokedAccess(TargetServer target) throws IOException {
    Tokens tokens = target.flow().more();
    if (tokens == null) {
      return untested("another sign-in brought no tokens");
    }
    var _ =
        RevocationChecks.revoke(
            target,
            client(target),
            Form.of("token", tokens.access(), "token_type_hint", "access_token"));
    return ends(target, tokens.access());
  }

  private static Verdict ends(TargetServer target, String access) throws IOException {
    Instant revoked = target.clock().now();
    while (true) {
      if (target.mcp().with(target.url(), access).status() == 401) {
        return holds();
      }
      if (Duration.between(revoked, target.clock().now()).compareTo(SOON) >= 0) {
        return broken(
            "the access token is still good " + SOON.toSeconds() + " seconds after it was revoked");
      }
      target.clock().pass(PAUSE);
    }
  }
}
