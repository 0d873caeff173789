package dev.ostiary.checker.checks;

import static dev.ostiary.checker.Need.METADATA_URL;
import static dev.ostiary.checker.Need.SERVER_DOCUMENT;
import static dev.ostiary.checker.Need.URL_CLIENTS;
import static dev.ostiary.checker.Specification.METADATA_DOCUMENTS;
import static dev.ostiary.checker.server.Verdict.broken;
import static dev.ostiary.checker.server.Verdict.check;
import static dev.ostiary.checker.server.Verdict.holds;
import static dev.ostiary.checker.server.Verdict.untested;

import dev.ostiary.checker.Check;
import dev.ostiary.checker.http.Answer;
import dev.ostiary.checker.server.Client;
import dev.ostiary.checker.server.Clients;
import dev.ostiary.checker.server.TargetServer;
import dev.ostiary.checker.server.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/** Clients that are named by a URL. draft-ietf-oauth-client-id-metadata-document. */
final class DocumentChecks {
  private static final String DRAFT = "draft-ietf-oauth-client-id-metadata-document";

  private DocumentChecks() {}

  static List<Check> all() {
    return List.of(
        Check.must(
                "document-unreachable",
                METADATA_DOCUMENTS,
                "A document that cannot be had ends on an error page")
            .section(DRAFT + " §5; OAuth 2.1 §4.1.2.1", "R-1", "R-40")
            .remedy("Show an error with status 400, without a redirect.")
            .needs(SERVER_DOCUMENT, URL_CLIENTS)
            .by(target -> refusesDocument(target, "https://client.invalid/ostiary-check.json")),
        Check.must(
                "document-of-private-address",
                METADATA_DOCUMENTS,
                "No document is fetched from the server's own network")
            .section(DRAFT + " §8.6; MCP security best practices, SSRF", "A-44", "A-71", "R-41")
            .remedy("Fetch from public addresses only, checked after the name is resolved.")
            .needs(SERVER_DOCUMENT, URL_CLIENTS)
            .by(DocumentChecks::privateAddress),
        Check.must(
                "document-url-shape",
                METADATA_DOCUMENTS,
                "A URL that may not be a client id is refused")
            .section(DRAFT + " §3", "A-39", "R-40")
            .remedy("Refuse URLs with a fragment, user information or dot segments.")
            .needs(SERVER_DOCUMENT, URL_CLIENTS)
            .by(DocumentChecks::urlShape),
        Check.should(
                "document-accepted",
                METADATA_DOCUMENTS,
                "A client with a metadata document gets on")
            .section(DRAFT + " §5; MCP client registration", "A-38", "A-39")
            .remedy("Fetch the document, and go on with what it says.")
            .needs(SERVER_DOCUMENT, URL_CLIENTS, METADATA_URL)
            .by(DocumentChecks::accepted),
        Check.must(
                "document-redirect-listed",
                METADATA_DOCUMENTS,
                "A redirect URI that the document does not list is refused")
            .section("MCP client registration; " + DRAFT + " §5", "A-42")
            .remedy("Compare the redirect URI with those of the document.")
            .needs(SERVER_DOCUMENT, URL_CLIENTS, METADATA_URL)
            .by(
                target ->
                    refuses(
                        target,
                        String.valueOf(target.options().metadataUrl()),
                        "https://attacker.example/callback")));
  }

  private static Verdict refusesDocument(TargetServer target, String clientId) throws IOException {
    return refuses(target, clientId, Clients.NOWHERE);
  }

  private static Verdict refuses(TargetServer target, String clientId, String redirectUri)
      throws IOException {
    Answer answer = ask(target, clientId, redirectUri);
    int status = answer.status();
    boolean refused = (status >= 400 && status < 500) || status == 503;
    return check(refused, clientId + " is answered " + answer.brief());
  }

  private static Verdict privateAddress(TargetServer target) throws IOException {
    for (String host : List.of("127.0.0.1", "169.254.169.254", "[::1]", "10.0.0.1")) {
      String clientId = "https://" + host + "/latest/meta-data";
      Answer answer = ask(target, clientId, Clients.NOWHERE);
      // A server error is wrong (document-unreachable), and not for having fetched anything.
      if (answer.status() < 400) {
        return broken(clientId + " is answered " + answer.brief());
      }
    }
    return holds();
  }

  private static Answer ask(TargetServer target, String clientId, String redirectUri)
      throws IOException {
    Client client = Client.named(clientId, null, redirectUri);
    return target.flow().open(target.flow().attempt(client));
  }

  private static Verdict urlShape(TargetServer target) throws IOException {
    for (String wrong :
        List.of(
            "https://client.example/client.json#part",
            "https://user@client.example/client.json",
            "https://client.example/a/../client.json")) {
      Verdict verdict = refusesDocument(target, wrong);
      if (verdict instanceof Verdict.Broken) {
        return verdict;
      }
    }
    return holds();
  }

  private static Verdict accepted(TargetServer target) throws IOException {
    String url = String.valueOf(target.options().metadataUrl());
    Answer document = target.http().get(url, "Accept", "application/json");
    String redirectUri =
        document.object().map(json -> json.path("redirect_uris").path(0).asString("")).orElse("");
    if (document.status() != 200 || redirectUri.isEmpty()) {
      return untested("the document at --metadata-url cannot be read");
    }
    if (!url.equals(document.member("client_id"))) {
      return untested("the document at --metadata-url names another client_id");
    }
    Client client = Client.named(url, null, Objects.requireNonNull(redirectUri));
    Answer answer = target.flow().open(target.flow().attempt(client));
    return answer.status() < 400 ? holds() : broken("the answer is " + answer.brief());
  }
}
