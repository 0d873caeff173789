package dev.ostiary.checker.checks;

import static dev.ostiary.checker.Need.RESOURCE_DOCUMENT;
import static dev.ostiary.checker.Specification.RESOURCE_METADATA;
import static dev.ostiary.checker.server.Verdict.broken;
import static dev.ostiary.checker.server.Verdict.check;
import static dev.ostiary.checker.server.Verdict.holds;

import dev.ostiary.checker.Check;
import dev.ostiary.checker.http.Answer;
import dev.ostiary.checker.server.Metadata;
import dev.ostiary.checker.server.TargetServer;
import dev.ostiary.checker.server.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/** What the MCP server says about itself as a protected resource. RFC 9728. */
final class ResourceMetadataChecks {
  private ResourceMetadataChecks() {}

  static List<Check> all() {
    return List.of(
        Check.must("resource-metadata-served", RESOURCE_METADATA, "The metadata is served")
            .section("RFC 9728 §3; MCP authorization, Server Discovery", "A-1", "A-3")
            .remedy(
                "Serve the document at /.well-known/oauth-protected-resource, followed by the"
                    + " server's path.")
            .by(ResourceMetadataChecks::served),
        Check.must("resource-metadata-open", RESOURCE_METADATA, "The metadata needs no credentials")
            .section("RFC 9728 §3", "A-1")
            .remedy("Let requests to /.well-known/ through before anything asks for a token.")
            .by(ResourceMetadataChecks::open),
        Check.must("resource-metadata-type", RESOURCE_METADATA, "The metadata is application/json")
            .section("RFC 9728 §3.2")
            .remedy("Send Content-Type: application/json.")
            .needs(RESOURCE_DOCUMENT)
            .by(target -> Documents.isJson(found(target))),
        Check.must(
                "resource-matches-url",
                RESOURCE_METADATA,
                "The metadata's resource is the server's URL, byte for byte")
            .section("RFC 9728 §3.3", "A-4", "R-33")
            .remedy("Say in resource exactly the URL that people type into their client.")
            .needs(RESOURCE_DOCUMENT)
            .by(ResourceMetadataChecks::matchesUrl),
        Check.must(
                "resource-metadata-root",
                RESOURCE_METADATA,
                "A document at the root is about this host")
            .section("RFC 9728 §3.3", "A-4")
            .remedy(
                "At the root name the origin, or the only server of this host; with several"
                    + " servers serve nothing there.")
            .by(ResourceMetadataChecks::root),
        Check.must(
                "authorization-servers-named",
                RESOURCE_METADATA,
                "The metadata names an authorization server")
            .section("MCP authorization, Server Discovery", "A-2")
            .remedy("List the issuer in authorization_servers.")
            .needs(RESOURCE_DOCUMENT)
            .by(
                target ->
                    check(
                        !target.resource().texts("authorization_servers").isEmpty(),
                        "authorization_servers is missing or empty")),
        Check.must(
                "resource-metadata-without-empty-members",
                RESOURCE_METADATA,
                "What has no value is left out")
            .section("RFC 9728 §3.2", "R-33")
            .remedy("Leave members without elements out.")
            .needs(RESOURCE_DOCUMENT)
            .by(target -> Documents.withoutEmptyMembers(target.resource())),
        Check.must(
                "bearer-methods",
                RESOURCE_METADATA,
                "Access tokens are taken from the header, and not from the query")
            .section("RFC 9728 §2; MCP authorization, Token Requirements", "A-16")
            .remedy("Say bearer_methods_supported: [\"header\"].")
            .needs(RESOURCE_DOCUMENT)
            .by(ResourceMetadataChecks::bearerMethods),
        Check.should(
                "resource-scopes-without-offline-access",
                RESOURCE_METADATA,
                "offline_access is not a scope of the resource")
            .section("MCP authorization, Refresh Tokens", "A-6")
            .remedy("List offline_access in the authorization server's metadata only.")
            .needs(RESOURCE_DOCUMENT)
            .by(
                target ->
                    check(
                        !target.resource().texts("scopes_supported").contains("offline_access"),
                        "scopes_supported lists offline_access")),
        Check.should(
                "resource-metadata-cors",
                RESOURCE_METADATA,
                "Browser clients may read the metadata")
            .section("MCP authorization; Fetch, CORS protocol")
            .remedy("Send Access-Control-Allow-Origin: *.")
            .needs(RESOURCE_DOCUMENT)
            .by(target -> Documents.crossOrigin(target, found(target).uri().toString())),
        Check.should(
                "resource-metadata-keeps-its-host",
                RESOURCE_METADATA,
                "The metadata does not follow what a request calls the host")
            .section("RFC 9728 §7.3; RFC 9110 §7.2")
            .remedy(
                "Take public addresses from the configuration, not from Host or X-Forwarded-Host.")
            .needs(RESOURCE_DOCUMENT)
            .by(target -> Documents.keepsItsHost(target, found(target).uri().toString())),
        Check.should(
                "resource-metadata-caching",
                RESOURCE_METADATA,
                "The metadata is cached for a day at most")
            .section("RFC 9728 §3.2; RFC 9111 §5.2.2.1")
            .remedy("Send Cache-Control: max-age=3600, or less.")
            .needs(RESOURCE_DOCUMENT)
            .by(target -> Documents.cachedBriefly(found(target))),
        Check.should(
                "resource-metadata-of-nothing",
                RESOURCE_METADATA,
                "A path without a server has no metadata")
            .section("RFC 9728 §3.1")
            .remedy("Answer 404 where no protected resource is.")
            .by(ResourceMetadataChecks::ofNothing));
  }

  private static Answer found(TargetServer target) throws IOException {
    return Objects.requireNonNull(target.resource().found());
  }

  private static Verdict served(TargetServer target) throws IOException {
    if (target.resource().document() != null) {
      return holds();
    }
    Answer inserted = target.resource().at(target.resource().pathInserted());
    return broken(
        "neither the challenge nor a well-known address leads to a document; "
            + target.resource().pathInserted()
            + " answers "
            + inserted.brief());
  }

  private static Verdict open(TargetServer target) throws IOException {
    Answer answer = target.resource().at(target.resource().pathInserted());
    return check(
        answer.status() != 401 && answer.status() != 403,
        "the well-known address answers " + answer.brief());
  }

  private static Verdict matchesUrl(TargetServer target) throws IOException {
    String named = String.valueOf(target.resource().text("resource"));
    if (named.equals(target.url())) {
      return holds();
    }
    boolean root = target.resource().root().equals(found(target).uri().toString());
    if (root && named.equals(target.origin())) {
      return holds(); // Clients that fall back to the root take the origin for the resource.
    }
    return broken("resource is " + named + ", the URL is " + target.url());
  }

  private static Verdict root(TargetServer target) throws IOException {
    Answer answer = target.resource().at(target.resource().root());
    if (answer.status() != 200 || answer.object().isEmpty()) {
      return holds();
    }
    String named = Metadata.text(answer.object().get(), "resource");
    boolean ours =
        named != null
            && (named.equals(target.origin())
                || named.equals(target.origin() + "/")
                || named.startsWith(target.origin() + "/"));
    return check(ours, "the document at the root names " + named);
  }

  private static Verdict bearerMethods(TargetServer target) throws IOException {
    if (!target.resource().has("bearer_methods_supported")) {
      return holds();
    }
    List<String> methods = target.resource().texts("bearer_methods_supported");
    return check(
        methods.contains("header") && !methods.contains("query"),
        "bearer_methods_supported is " + methods);
  }

  private static Verdict ofNothing(TargetServer target) throws IOException {
    String nowhere = target.resource().root() + "/ostiary-check-" + "nothing-is-here";
    Answer answer = target.http().get(nowhere, "Accept", "application/json");
    boolean document =
        answer.status() == 200 && answer.object().filter(json -> json.has("resource")).isPresent();
    return check(!document, "there is a document for a path where no server is");
  }
}
