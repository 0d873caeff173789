package dev.ostiary.checker.checks;

import static dev.ostiary.checker.Need.CLIENT;
import static dev.ostiary.checker.Need.INTROSPECTION_ENDPOINT;
import static dev.ostiary.checker.Need.REVOCATION_ENDPOINT;
import static dev.ostiary.checker.Need.SECRET_CLIENT;
import static dev.ostiary.checker.Need.SERVER_DOCUMENT;
import static dev.ostiary.checker.Specification.INTROSPECTION;
import static dev.ostiary.checker.Specification.REVOCATION;
import static dev.ostiary.checker.server.Verdict.check;

import dev.ostiary.checker.Check;
import dev.ostiary.checker.http.Answer;
import dev.ostiary.checker.http.Form;
import dev.ostiary.checker.server.Client;
import dev.ostiary.checker.server.TargetServer;
import dev.ostiary.checker.server.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** How tokens are given up and asked about, as far as it shows without one. RFC 7009, RFC 7662. */
final class RevocationChecks {
  private static final String NO_TOKEN = "ostiary-check-no-token";

  private RevocationChecks() {}

  static List<Check> all() {
    return List.of(
        Check.should("revocation-offered", REVOCATION, "Clients can give tokens up")
            .section("RFC 7009 §2; RFC 8414 §2", "R-26")
            .remedy("Offer a revocation_endpoint: people who sign out expect it to count.")
            .needs(SERVER_DOCUMENT)
            .by(
                target ->
                    check(
                        target.server().text("revocation_endpoint") != null,
                        "the metadata has no revocation_endpoint")),
        Check.must("unknown-token-revoked", REVOCATION, "An unknown token counts as revoked")
            .section("RFC 7009 §2.2", "R-26")
            .remedy("Answer 200.")
            .needs(REVOCATION_ENDPOINT, CLIENT)
            .by(RevocationChecks::unknownRevoked),
        Check.must("missing-token-refused", REVOCATION, "A revocation of nothing is refused")
            .section("RFC 7009 §2.2.1; OAuth 2.1 §3.2.4", "R-26")
            .remedy("Answer 400 invalid_request when the parameter token is missing.")
            .needs(REVOCATION_ENDPOINT, CLIENT)
            .by(RevocationChecks::missingRefused),
        Check.must("introspection-protected", INTROSPECTION, "Introspection needs credentials")
            .section("RFC 7662 §2.1, §2.3", "R-31")
            .remedy("Answer 401 to callers that do not authenticate.")
            .needs(INTROSPECTION_ENDPOINT)
            .by(RevocationChecks::introspectionProtected),
        Check.must("unknown-token-inactive", INTROSPECTION, "Of an unknown token nothing is said")
            .section("RFC 7662 §2.2", "R-31")
            .remedy("Answer {\"active\":false} and nothing else.")
            .needs(INTROSPECTION_ENDPOINT, SECRET_CLIENT)
            .by(RevocationChecks::unknownInactive));
  }

  private static Answer revoke(TargetServer target, Form form) throws IOException {
    return revoke(target, TokenEndpointChecks.client(target), form);
  }

  static Answer revoke(TargetServer target, Client client, Form form) throws IOException {
    String endpoint = Objects.requireNonNull(target.server().text("revocation_endpoint"));
    return client.send(target.http(), endpoint, form);
  }

  static String introspection(TargetServer target) throws IOException {
    return Objects.requireNonNull(target.server().text("introspection_endpoint"));
  }

  /** With any error: some servers have one endpoint for tokens and revocations. */
  private static Verdict missingRefused(TargetServer target) throws IOException {
    Answer answer = revoke(target, Form.of("token_type_hint", "access_token"));
    return check(
        answer.status() == 400 && !answer.error().isEmpty(), "the answer is " + answer.brief());
  }

  private static Verdict unknownRevoked(TargetServer target) throws IOException {
    Answer answer = revoke(target, Form.of("token", NO_TOKEN));
    return check(answer.status() == 200, "the answer is " + answer.brief());
  }

  private static Verdict introspectionProtected(TargetServer target) throws IOException {
    Answer answer = target.http().form(introspection(target), Form.of("token", NO_TOKEN));
    boolean refused =
        answer.status() == 401
            || answer.status() == 403
            || (answer.status() == 400 && answer.error().equals("invalid_client"));
    return check(refused, "the answer is " + answer.brief());
  }

  private static Verdict unknownInactive(TargetServer target) throws IOException {
    Client client = Objects.requireNonNull(target.clients().withSecret());
    Answer answer = client.send(target.http(), introspection(target), Form.of("token", NO_TOKEN));
    ObjectNode json = answer.object().orElse(null);
    boolean bare =
        answer.status() == 200
            && json != null
            && json.size() == 1
            && !json.path("active").asBoolean(true);
    return check(bare, "the answer is " + answer.brief() + " " + answer.text());
  }
}
