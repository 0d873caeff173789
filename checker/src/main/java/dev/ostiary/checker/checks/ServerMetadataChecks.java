package dev.ostiary.checker.checks;

import static dev.ostiary.checker.Need.JWKS;
import static dev.ostiary.checker.Need.SERVER_DOCUMENT;
import static dev.ostiary.checker.Specification.ISSUER;
import static dev.ostiary.checker.Specification.MCP_2025_03_26;
import static dev.ostiary.checker.Specification.METADATA_DOCUMENTS;
import static dev.ostiary.checker.Specification.PKCE;
import static dev.ostiary.checker.Specification.REGISTRATION;
import static dev.ostiary.checker.Specification.SERVER_METADATA;
import static dev.ostiary.checker.server.Verdict.broken;
import static dev.ostiary.checker.server.Verdict.check;
import static dev.ostiary.checker.server.Verdict.holds;

import dev.ostiary.checker.Check;
import dev.ostiary.checker.http.Answer;
import dev.ostiary.checker.server.Metadata;
import dev.ostiary.checker.server.ServerMetadata;
import dev.ostiary.checker.server.TargetServer;
import dev.ostiary.checker.server.Verdict;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** What the authorization server says about itself. RFC 8414. */
final class ServerMetadataChecks {
  private static final Set<String> PRIVATE = Set.of("d", "p", "q", "dp", "dq", "qi", "k", "oth");

  private ServerMetadataChecks() {}

  static List<Check> all() {
    List<Check> checks = new ArrayList<>(documents());
    checks.addAll(members());
    checks.addAll(advertised());
    return checks;
  }

  private static List<Check> documents() {
    return List.of(
        Check.must("server-metadata-served", SERVER_METADATA, "The metadata is served")
            .section("RFC 8414 §3; MCP authorization, Server Discovery", "A-8")
            .remedy(
                "Serve the document at /.well-known/oauth-authorization-server, followed by the"
                    + " issuer's path if it has one.")
            .by(ServerMetadataChecks::served),
        Check.must("server-metadata-open", SERVER_METADATA, "The metadata needs no credentials")
            .section("RFC 8414 §3", "A-8")
            .remedy("Let requests to /.well-known/ through before anything asks for a token.")
            .by(ServerMetadataChecks::open),
        Check.must("server-metadata-type", SERVER_METADATA, "The metadata is application/json")
            .section("RFC 8414 §3.2", "A-8")
            .remedy("Send Content-Type: application/json.")
            .needs(SERVER_DOCUMENT)
            .by(target -> Documents.isJson(found(target))),
        Check.must(
                "issuer-matches",
                SERVER_METADATA,
                "The issuer is the one that the resource names, byte for byte")
            .section("RFC 8414 §3.3; MCP authorization, Server Discovery", "A-9", "R-32")
            .remedy(
                "Write the same text into issuer and into authorization_servers, to the last"
                    + " slash.")
            .needs(SERVER_DOCUMENT)
            .by(ServerMetadataChecks::issuerMatches),
        Check.must("issuer-shape", SERVER_METADATA, "The issuer has neither query nor fragment")
            .section("RFC 8414 §2", "R-32")
            .remedy("Choose an issuer of scheme, host and perhaps a path.")
            .needs(SERVER_DOCUMENT)
            .by(ServerMetadataChecks::issuerShape),
        Check.must(
                "server-metadata-forms-agree",
                SERVER_METADATA,
                "Every form of the metadata says the same issuer and endpoints")
            .section("RFC 8414 §5; MCP authorization, Server Discovery", "A-9")
            .remedy("Serve one document at every well-known address, or only at one.")
            .needs(SERVER_DOCUMENT)
            .by(ServerMetadataChecks::formsAgree),
        Check.should(
                "server-metadata-cors", SERVER_METADATA, "Browser clients may read the metadata")
            .section("RFC 8414 §3; Fetch, CORS protocol", "R-7")
            .remedy("Send Access-Control-Allow-Origin: *.")
            .needs(SERVER_DOCUMENT)
            .by(target -> Documents.crossOrigin(target, found(target).uri().toString())),
        Check.should(
                "server-metadata-keeps-its-host",
                SERVER_METADATA,
                "The metadata does not follow what a request calls the host")
            .section("RFC 8414 §6.2; RFC 9110 §7.2")
            .remedy(
                "Take public addresses from the configuration, not from Host or X-Forwarded-Host.")
            .needs(SERVER_DOCUMENT)
            .by(target -> Documents.keepsItsHost(target, found(target).uri().toString())),
        Check.should(
                "server-metadata-caching",
                SERVER_METADATA,
                "The metadata is cached for a day at most")
            .section("RFC 8414 §3.2; RFC 9111 §5.2.2.1")
            .remedy("Send Cache-Control: max-age=3600, or less.")
            .needs(SERVER_DOCUMENT)
            .by(target -> Documents.cachedBriefly(found(target))));
  }

  private static List<Check> members() {
    return List.of(
        Check.must(
                "server-metadata-endpoints",
                SERVER_METADATA,
                "The metadata names the authorization and the token endpoint")
            .section("RFC 8414 §2", "R-32")
            .remedy("Say authorization_endpoint and token_endpoint, as whole addresses.")
            .needs(SERVER_DOCUMENT)
            .by(ServerMetadataChecks::endpoints),
        Check.must(
                "endpoints-https",
                SERVER_METADATA,
                "Every endpoint is reached over https, or is on loopback")
            .section("MCP authorization, Communication Security; OAuth 2.1 §1.5", "A-13", "R-49")
            .remedy("Put TLS in front, and say https in every address.")
            .needs(SERVER_DOCUMENT)
            .by(ServerMetadataChecks::overHttps),
        Check.must("code-response-type", SERVER_METADATA, "The response type code is supported")
            .section("RFC 8414 §2; OAuth 2.1 §4.1", "R-32")
            .remedy("Say response_types_supported: [\"code\"].")
            .needs(SERVER_DOCUMENT)
            .by(
                target ->
                    check(
                        target.server().texts("response_types_supported").contains("code"),
                        "response_types_supported is "
                            + target.server().texts("response_types_supported"))),
        Check.should(
                "no-old-grants",
                SERVER_METADATA,
                "The grant types are published, without implicit and password")
            .section("RFC 8414 §2; OAuth 2.1 §10", "R-6", "R-32")
            .remedy(
                "Say grant_types_supported: without it clients have to believe that implicit is"
                    + " supported.")
            .needs(SERVER_DOCUMENT)
            .by(ServerMetadataChecks::noOldGrants),
        Check.should(
                "public-clients",
                SERVER_METADATA,
                "The metadata says that clients without a secret are welcome")
            .section("RFC 8414 §2; MCP authorization", "R-32")
            .remedy(
                "List none in token_endpoint_auth_methods_supported: without the member clients"
                    + " have to believe that only client_secret_basic works.")
            .needs(SERVER_DOCUMENT)
            .by(
                target ->
                    check(
                        target
                            .server()
                            .texts("token_endpoint_auth_methods_supported")
                            .contains("none"),
                        "token_endpoint_auth_methods_supported is "
                            + target.server().texts("token_endpoint_auth_methods_supported"))),
        Check.must(
                "signing-algorithms",
                SERVER_METADATA,
                "Where clients sign, the metadata says with which algorithms, and none is not one")
            .section("RFC 8414 §2", "R-32")
            .remedy("Say token_endpoint_auth_signing_alg_values_supported, without none.")
            .needs(SERVER_DOCUMENT)
            .by(ServerMetadataChecks::signingAlgorithms),
        Check.must(
                "server-metadata-without-empty-members",
                SERVER_METADATA,
                "What has no value is left out")
            .section("RFC 8414 §3.2", "R-32")
            .remedy("Leave members without elements out.")
            .needs(SERVER_DOCUMENT)
            .by(target -> Documents.withoutEmptyMembers(target.server())),
        Check.must("keys-served", SERVER_METADATA, "The signing keys are served")
            .section("RFC 8414 §2; RFC 7517 §5")
            .remedy("Serve a JWK set with at least one key at jwks_uri.")
            .needs(SERVER_DOCUMENT, JWKS)
            .by(ServerMetadataChecks::keysServed),
        Check.must("keys-public", SERVER_METADATA, "The key set has no private part of a key")
            .section("RFC 8414 §2; RFC 7518 §6")
            .remedy("Publish the public parts only, and replace keys that were published.")
            .needs(SERVER_DOCUMENT, JWKS)
            .by(ServerMetadataChecks::keysPublic));
  }

  private static List<Check> advertised() {
    return List.of(
        Check.must("pkce-advertised", PKCE, "The metadata says that S256 is supported")
            .section("MCP authorization, Authorization Code Protection; RFC 8414 §2", "A-10")
            .remedy(
                "Say code_challenge_methods_supported: [\"S256\"]; clients refuse to go on without"
                    + " it.")
            .needs(SERVER_DOCUMENT)
            .by(
                target ->
                    check(
                        target.server().texts("code_challenge_methods_supported").contains("S256"),
                        "code_challenge_methods_supported is "
                            + target.server().texts("code_challenge_methods_supported"))),
        Check.should("pkce-plain-not-advertised", PKCE, "The metadata does not offer plain")
            .section("OAuth 2.1 §7.5.2", "R-3")
            .remedy("Leave plain out of code_challenge_methods_supported, and refuse it.")
            .needs(SERVER_DOCUMENT)
            .by(
                target ->
                    check(
                        !target
                            .server()
                            .texts("code_challenge_methods_supported")
                            .contains("plain"),
                        "code_challenge_methods_supported lists plain")),
        Check.should("iss-advertised", ISSUER, "The metadata promises iss in answers")
            .section("RFC 9207 §3; MCP authorization", "A-12", "A-31")
            .remedy(
                "Send iss in every authorization response, and say"
                    + " authorization_response_iss_parameter_supported: true.")
            .needs(SERVER_DOCUMENT)
            .by(
                target ->
                    check(
                        target.server().flag("authorization_response_iss_parameter_supported"),
                        "authorization_response_iss_parameter_supported is not true")),
        Check.should(
                "metadata-documents-advertised",
                METADATA_DOCUMENTS,
                "Clients may name themselves by a metadata document")
            .section(
                "MCP client registration; draft-ietf-oauth-client-id-metadata-document §5",
                "A-11",
                "A-38")
            .remedy(
                "Support client id metadata documents, and say"
                    + " client_id_metadata_document_supported: true.")
            .needs(SERVER_DOCUMENT)
            .by(
                target ->
                    check(
                        target.server().flag("client_id_metadata_document_supported"),
                        "client_id_metadata_document_supported is not true")),
        Check.should(
                "registration-advertised",
                REGISTRATION,
                "An unregistered client has a way to become known")
            .section("MCP client registration", "A-38", "A-48")
            .remedy("Offer metadata documents or a registration_endpoint.")
            .needs(SERVER_DOCUMENT)
            .by(
                target ->
                    check(
                        target.server().text("registration_endpoint") != null
                            || target.server().flag("client_id_metadata_document_supported"),
                        "neither registration_endpoint nor client_id_metadata_document_supported:"
                            + " only clients that are registered by hand get in")),
        Check.should(
                "oldest-discovery",
                MCP_2025_03_26,
                "Clients of 2025-03-26 find the metadata at the server's own origin")
            .section("MCP 2025-03-26 authorization, Server Metadata Discovery", "A-8")
            .remedy("Serve /.well-known/oauth-authorization-server at the MCP server's origin too.")
            .by(ServerMetadataChecks::oldestDiscovery));
  }

  private static Answer found(TargetServer target) throws IOException {
    return Objects.requireNonNull(target.server().found());
  }

  private static Verdict served(TargetServer target) throws IOException {
    return check(
        target.server().document() != null,
        "no form of "
            + target.server().named()
            + " is answered with a document: "
            + String.join(", ", tried(target.server())));
  }

  private static List<String> tried(ServerMetadata server) {
    return server.forms().entrySet().stream()
        .map(form -> form.getKey() + " " + form.getValue().brief())
        .toList();
  }

  private static Verdict open(TargetServer target) throws IOException {
    List<String> closed =
        target.server().forms().entrySet().stream()
            .filter(form -> form.getValue().status() == 401 || form.getValue().status() == 403)
            .map(Map.Entry::getKey)
            .toList();
    return check(closed.isEmpty(), "credentials are wanted at " + String.join(", ", closed));
  }

  private static Verdict issuerMatches(TargetServer target) throws IOException {
    String issuer = String.valueOf(target.server().text("issuer"));
    return check(
        issuer.equals(target.server().named()),
        "issuer is " + issuer + ", the resource names " + target.server().named());
  }

  private static Verdict issuerShape(TargetServer target) throws IOException {
    URI issuer = target.server().issuer();
    return check(
        issuer != null && issuer.getRawQuery() == null && issuer.getRawFragment() == null,
        "the issuer is " + target.server().named());
  }

  private static Verdict formsAgree(TargetServer target) throws IOException {
    String issuer = String.valueOf(target.server().text("issuer"));
    String token = String.valueOf(target.server().text("token_endpoint"));
    for (var form : target.server().forms().entrySet()) {
      var json = form.getValue().object();
      if (form.getValue().status() == 200 && json.isPresent() && json.get().has("issuer")) {
        boolean agrees =
            issuer.equals(Metadata.text(json.get(), "issuer"))
                && token.equals(String.valueOf(Metadata.text(json.get(), "token_endpoint")));
        if (!agrees) {
          return broken(form.getKey() + " says something else");
        }
      }
    }
    return holds();
  }

  private static Verdict endpoints(TargetServer target) throws IOException {
    List<String> wrong = new ArrayList<>();
    for (String name : List.of("authorization_endpoint", "token_endpoint")) {
      String value = target.server().text(name);
      if (value == null || !value.matches("https?://[^/?#]+.*")) {
        wrong.add(name + " is " + value);
      }
    }
    return check(wrong.isEmpty(), String.join("; ", wrong));
  }

  private static Verdict overHttps(TargetServer target) throws IOException {
    List<String> wrong =
        Objects.requireNonNull(target.server().document())
            .propertyStream()
            .filter(
                member ->
                    member.getKey().endsWith("_endpoint") || member.getKey().equals("jwks_uri"))
            .map(member -> member.getValue().asString(""))
            .filter(address -> !Addresses.isSafe(address))
            .toList();
    return check(wrong.isEmpty(), "not over https: " + String.join(", ", wrong));
  }

  private static Verdict noOldGrants(TargetServer target) throws IOException {
    if (!target.server().has("grant_types_supported")) {
      return broken("grant_types_supported is missing, so implicit is among the defaults");
    }
    Set<String> old = new TreeSet<>(target.server().texts("grant_types_supported"));
    old.retainAll(Set.of("implicit", "password"));
    return check(old.isEmpty(), "grant_types_supported lists " + String.join(", ", old));
  }

  private static Verdict signingAlgorithms(TargetServer target) throws IOException {
    List<String> methods = target.server().texts("token_endpoint_auth_methods_supported");
    boolean signs = methods.contains("private_key_jwt") || methods.contains("client_secret_jwt");
    String name = "token_endpoint_auth_signing_alg_values_supported";
    List<String> algorithms = target.server().texts(name);
    if (algorithms.contains("none")) {
      return broken(name + " lists none");
    }
    return check(!signs || !algorithms.isEmpty(), name + " is missing");
  }

  private static Verdict keysServed(TargetServer target) throws IOException {
    Answer keys = Keys.ask(target);
    boolean some =
        keys.object().map(json -> json.path("keys")).filter(set -> !set.isEmpty()).isPresent();
    return check(keys.status() == 200 && some, "jwks_uri answers " + keys.brief() + ", no keys");
  }

  private static Verdict keysPublic(TargetServer target) throws IOException {
    for (JsonNode key : Keys.of(Keys.ask(target))) {
      for (String name : PRIVATE) {
        if (key.has(name)) {
          return broken("a key has the private member " + name);
        }
      }
    }
    return holds();
  }

  private static Verdict oldestDiscovery(TargetServer target) throws IOException {
    Answer answer =
        target
            .http()
            .get(
                target.origin() + "/.well-known/oauth-authorization-server",
                "MCP-Protocol-Version",
                "2025-03-26");
    return check(
        answer.status() == 200 && answer.object().filter(json -> json.has("issuer")).isPresent(),
        "the origin answers " + answer.brief());
  }
}
