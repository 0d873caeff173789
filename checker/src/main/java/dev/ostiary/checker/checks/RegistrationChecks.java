package dev.ostiary.checker.checks;

import static dev.ostiary.checker.Need.MANAGEMENT;
import static dev.ostiary.checker.Need.OWN_CLIENT;
import static dev.ostiary.checker.Need.REGISTRATION_ENDPOINT;
import static dev.ostiary.checker.Need.THOROUGH;
import static dev.ostiary.checker.Specification.REGISTRATION;
import static dev.ostiary.checker.Specification.REGISTRATION_MANAGEMENT;
import static dev.ostiary.checker.server.Verdict.broken;
import static dev.ostiary.checker.server.Verdict.check;
import static dev.ostiary.checker.server.Verdict.holds;
import static dev.ostiary.checker.server.Verdict.inapplicable;
import static dev.ostiary.checker.server.Verdict.untested;

import dev.ostiary.checker.Check;
import dev.ostiary.checker.Level;
import dev.ostiary.checker.http.Answer;
import dev.ostiary.checker.profile.Profile;
import dev.ostiary.checker.server.Client;
import dev.ostiary.checker.server.Clients;
import dev.ostiary.checker.server.TargetServer;
import dev.ostiary.checker.server.Verdict;
import dev.ostiary.http.Headers;
import dev.ostiary.protocol.Secret;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** How unregistered clients become known. RFC 7591, RFC 7592. */
final class RegistrationChecks {
  private static final Set<String> ERRORS =
      Set.of(
          "invalid_redirect_uri",
          "invalid_client_metadata",
          "invalid_software_statement",
          "unapproved_software_statement",
          "invalid_request");
  private static final int FLOOD = 60;

  private RegistrationChecks() {}

  static List<Check> all() {
    List<Check> checks = new ArrayList<>(accepted());
    checks.addAll(refused());
    checks.addAll(management());
    return checks;
  }

  private static List<Check> accepted() {
    return List.of(
        Check.must(
                "registration-blank-post",
                REGISTRATION,
                "An empty registration is answered in the protocol's own terms")
            .section("RFC 7591 §3.2", "R-29")
            .remedy(
                "Answer POST {} with 201 or with a 400 in JSON; not with 401, 404, 500 or a page.")
            .needs(REGISTRATION_ENDPOINT)
            .by(RegistrationChecks::blankPost),
        Check.must("registration-created", REGISTRATION, "A public client can register")
            .section("RFC 7591 §3.2.1; MCP client registration", "R-29")
            .remedy(
                "Accept a client of one loopback redirect URI with token_endpoint_auth_method none,"
                    + " and answer 201 with its client_id.")
            .needs(REGISTRATION_ENDPOINT)
            .by(RegistrationChecks::created),
        Check.must("registration-no-store", REGISTRATION, "The answer is kept by no cache")
            .section("RFC 7591 §3.2.1", "R-14", "R-29")
            .remedy("Send Cache-Control: no-store.")
            .needs(REGISTRATION_ENDPOINT, OWN_CLIENT)
            .by(target -> noStore(answer(target))),
        Check.must(
                "registration-says-what-holds",
                REGISTRATION,
                "The answer has all the metadata that was registered")
            .section("RFC 7591 §3.2.1", "R-29")
            .remedy("Return redirect_uris, grant_types and the other members as they now are.")
            .needs(REGISTRATION_ENDPOINT, OWN_CLIENT)
            .by(RegistrationChecks::saysWhatHolds),
        Check.should(
                "registration-keeps-public-clients-public",
                REGISTRATION,
                "A client that asks for no secret gets none")
            .section("RFC 7591 §2; OAuth 2.1 §2.1", "R-29")
            .remedy("Honour token_endpoint_auth_method none: ChatGPT refuses any other answer.")
            .needs(REGISTRATION_ENDPOINT, OWN_CLIENT)
            .by(RegistrationChecks::staysPublic),
        Check.must(
                "registration-secret-expiry",
                REGISTRATION,
                "With a secret comes the time when it expires")
            .section("RFC 7591 §3.2.1", "R-29")
            .remedy("Send client_secret_expires_at; 0 means never.")
            .needs(REGISTRATION_ENDPOINT)
            .by(RegistrationChecks::secretExpiry),
        Check.must(
                "registration-ignores-unknown",
                REGISTRATION,
                "Metadata that the server does not know is ignored")
            .section("RFC 7591 §2", "R-29")
            .remedy("Ignore unknown members instead of refusing the registration.")
            .needs(REGISTRATION_ENDPOINT)
            .by(RegistrationChecks::ignoresUnknown),
        Check.should(
                "registration-id-is-no-url",
                REGISTRATION,
                "An id that is given out cannot be taken for a metadata document")
            .section("draft-ietf-oauth-client-id-metadata-document §7.1", "R-29")
            .remedy("Give out ids that do not begin with https://.")
            .needs(REGISTRATION_ENDPOINT, OWN_CLIENT)
            .by(
                target ->
                    check(
                        !client(target).id().startsWith("https://"),
                        "the client_id begins with https://")),
        Check.should("registration-cors", REGISTRATION, "Browser clients may register")
            .section("OAuth 2.1 §3.2; Fetch, CORS protocol", "R-7")
            .remedy("Send Access-Control-Allow-Origin: *.")
            .needs(REGISTRATION_ENDPOINT)
            .by(
                target ->
                    Documents.readable(
                        target
                            .http()
                            .json(endpoint(target), "{}", "Origin", "https://page.example"),
                        "https://page.example")));
  }

  private static List<Check> refused() {
    return List.of(
        refusal(
            Level.MUST,
            "registration-refuses-scripts",
            "No redirect URI that runs a script or opens a file",
            "RFC 9700 §4.1; RFC 3986 §7; MCP security considerations",
            "Accept https and loopback redirect URIs only.",
            "javascript:alert(1)//cb",
            "data:text/html,cb",
            "file:///etc/passwd"),
        refusal(
            Level.MUST,
            "registration-refuses-plain-http",
            "No redirect URI over plain http to another machine",
            "MCP authorization, Communication Security",
            "Refuse http redirect URIs that are not loopback.",
            "http://client.example/callback"),
        refusal(
            Level.MUST,
            "registration-refuses-fragments",
            "No redirect URI with a fragment",
            "OAuth 2.1 §2.3; RFC 6749 §3.1.2",
            "Refuse redirect URIs with a fragment.",
            "https://client.example/callback#part"),
        refusal(
            Level.SHOULD,
            "registration-refuses-wildcards",
            "No redirect URI that is a pattern",
            "RFC 9700 §2.1; MCP security best practices",
            "Refuse a * in host or path, and compare redirect URIs as they are.",
            "https://*.client.example/callback",
            "https://client.example/*"),
        Check.must(
                "registration-error-shape",
                REGISTRATION,
                "What cannot be registered is refused with a 400 in JSON")
            .section("RFC 7591 §3.2.2", "R-29")
            .remedy("Answer 400 with error, also to content that is no JSON.")
            .needs(REGISTRATION_ENDPOINT)
            .by(RegistrationChecks::errorShape));
  }

  /** What takes many registrations, and so comes when nothing else needs one any more. */
  static List<Check> last() {
    return List.of(
        Check.should(
                "registration-real-clients", REGISTRATION, "The registrations of real clients work")
            .section("RFC 7591 §2; what the clients send", "A-49", "R-29")
            .remedy(
                "Accept what the named clients send: several redirect URIs, a scope, loopback names"
                    + " and ports.")
            .needs(REGISTRATION_ENDPOINT)
            .by(RegistrationChecks::realClients),
        Check.should(
                "registration-limited", REGISTRATION, "One address cannot register without end")
            .section("RFC 7591 §5; OAuth 2.1 §7", "R-29")
            .remedy("Limit registrations by address, and answer 429 with Retry-After.")
            .needs(REGISTRATION_ENDPOINT, THOROUGH)
            .by(RegistrationChecks::limited));
  }

  private static List<Check> management() {
    return List.of(
        Check.must(
                "management-protected",
                REGISTRATION_MANAGEMENT,
                "A registration is shown to the bearer of its token only")
            .section("RFC 7592 §2.1, §3", "R-30")
            .remedy("Answer 401 without the registration access token, and with a wrong one.")
            .needs(REGISTRATION_ENDPOINT, OWN_CLIENT, MANAGEMENT)
            .by(RegistrationChecks::managementProtected),
        Check.must("management-read", REGISTRATION_MANAGEMENT, "A client can read its registration")
            .section("RFC 7592 §2.1", "R-30")
            .remedy("Answer GET with 200 and the client's metadata.")
            .needs(REGISTRATION_ENDPOINT, OWN_CLIENT, MANAGEMENT)
            .by(RegistrationChecks::managementRead),
        Check.must(
                "management-delete",
                REGISTRATION_MANAGEMENT,
                "A client can remove itself, and is gone then")
            .section("RFC 7592 §2.3", "R-30")
            .remedy("Answer DELETE with 204, and what comes later with 401.")
            .needs(REGISTRATION_ENDPOINT, OWN_CLIENT, MANAGEMENT)
            .by(RegistrationChecks::managementDelete));
  }

  private static Check refusal(
      Level level, String id, String title, String section, String remedy, String... redirectUris) {
    Check.Draft draft =
        level == Level.MUST
            ? Check.must(id, REGISTRATION, title)
            : Check.should(id, REGISTRATION, title);
    return draft
        .section(section, "A-30", "A-57")
        .remedy(remedy)
        .needs(REGISTRATION_ENDPOINT)
        .by(target -> refuses(target, redirectUris));
  }

  private static String endpoint(TargetServer target) throws IOException {
    return target.clients().endpoint();
  }

  private static Client client(TargetServer target) throws IOException {
    return Objects.requireNonNull(target.clients().registered());
  }

  private static Answer answer(TargetServer target) throws IOException {
    return Objects.requireNonNull(client(target).answer());
  }

  private static boolean isRefusal(Answer answer) {
    return answer.status() == 400 && answer.isJson() && ERRORS.contains(answer.error());
  }

  private static Verdict blankPost(TargetServer target) throws IOException {
    Answer answer = target.clients().post("{}");
    boolean created = answer.status() == 201 && answer.member("client_id") != null;
    return check(
        created || isRefusal(answer), "the answer is " + answer.brief() + " " + answer.mediaType());
  }

  private static Verdict created(TargetServer target) throws IOException {
    Answer answer = target.clients().registration();
    if (answer == null) {
      return untested("a registration");
    }
    return check(
        answer.status() == 201 && answer.member("client_id") != null,
        "the answer is " + answer.brief());
  }

  private static Verdict noStore(Answer answer) {
    return check(
        answer.header("Cache-Control").orElse("").contains("no-store"),
        "Cache-Control is " + answer.header("Cache-Control").orElse("missing"));
  }

  private static Verdict saysWhatHolds(TargetServer target) throws IOException {
    ObjectNode json = answer(target).object().orElseThrow();
    for (String name : List.of("redirect_uris", "token_endpoint_auth_method", "grant_types")) {
      if (!json.has(name)) {
        return broken("the answer has no " + name);
      }
    }
    String redirect = json.path("redirect_uris").path(0).asString("");
    return check(
        redirect.equals(target.clients().redirectUri()), "redirect_uris begins with " + redirect);
  }

  private static Verdict staysPublic(TargetServer target) throws IOException {
    String method = String.valueOf(answer(target).member("token_endpoint_auth_method"));
    return check(
        client(target).secret() == null && method.equals("none"),
        "token_endpoint_auth_method is "
            + method
            + (client(target).secret() == null ? "" : ", and a secret was issued"));
  }

  private static Verdict secretExpiry(TargetServer target) throws IOException {
    Client client = target.clients().withSecret();
    Answer answer = client == null ? null : client.answer();
    if (answer == null) {
      return inapplicable("no client with a secret could be registered");
    }
    if (answer.member("client_secret") == null) {
      return inapplicable("no secrets are issued");
    }
    return check(
        answer.object().orElseThrow().path("client_secret_expires_at").isNumber(),
        "client_secret_expires_at is missing");
  }

  private static Verdict ignoresUnknown(TargetServer target) throws IOException {
    ObjectNode metadata = target.clients().metadata(target.clients().redirectUri(), "none");
    metadata.put("ostiary_check_unknown", "ignore me").putObject("ostiary_check_object");
    Answer answer = target.clients().post(metadata.toString());
    return check(answer.status() == 201, "the answer is " + answer.brief());
  }

  private static Verdict realClients(TargetServer target) throws IOException {
    List<String> refused = new ArrayList<>();
    for (Profile profile : Profile.values()) {
      Answer answer = target.clients().post(profile.registration(target.flow().scope()));
      if (answer.status() != 201 && answer.status() != 200) {
        refused.add(profile.title() + " (" + answer.brief() + ")");
      }
    }
    return check(refused.isEmpty(), "refused: " + String.join(", ", refused));
  }

  private static Verdict refuses(TargetServer target, String... redirectUris) throws IOException {
    List<String> accepted = new ArrayList<>();
    for (String redirectUri : redirectUris) {
      Answer answer =
          target.clients().post(target.clients().metadata(redirectUri, "none").toString());
      if (answer.status() < 300) {
        accepted.add(redirectUri);
      }
    }
    return check(accepted.isEmpty(), "accepted: " + String.join(", ", accepted));
  }

  private static Verdict errorShape(TargetServer target) throws IOException {
    for (String wrong : List.of("{\"redirect_uris\":\"no list\"}", "no JSON {")) {
      Answer answer = target.clients().post(wrong);
      if (!isRefusal(answer)) {
        return broken(
            "the answer to "
                + wrong
                + " is "
                + answer.brief()
                + (answer.isJson() ? "" : ", not JSON"));
      }
    }
    return holds();
  }

  private static Verdict limited(TargetServer target) throws IOException {
    for (int i = 0; i < FLOOD; i++) {
      int status = target.clients().post("{\"redirect_uris\":[\"no address\"]}").status();
      if (status == 429 || status == 403) {
        return holds();
      }
    }
    return broken(FLOOD + " registrations in a row, and none was answered 429");
  }

  private static Verdict managementProtected(TargetServer target) throws IOException {
    String address = Objects.requireNonNull(client(target).managementUri());
    Answer without = target.http().get(address);
    Answer wrong =
        target.http().send("GET", address, Clients.bearer(new Secret("ostiary-check-wrong")), "");
    return check(
        without.status() == 401 && wrong.status() == 401,
        "without a token " + without.brief() + ", with a wrong one " + wrong.brief());
  }

  private static Verdict managementRead(TargetServer target) throws IOException {
    Client client = client(target);
    Headers bearer = Clients.bearer(Objects.requireNonNull(client.managementToken()));
    Answer answer =
        target.http().send("GET", Objects.requireNonNull(client.managementUri()), bearer, "");
    return check(
        answer.status() == 200 && client.id().equals(answer.member("client_id")),
        "the answer is " + answer.brief());
  }

  private static Verdict managementDelete(TargetServer target) throws IOException {
    Client client =
        target
            .clients()
            .register(target.clients().metadata(target.clients().redirectUri(), "none"));
    if (client == null || !client.manageable()) {
      return inapplicable("registration management is not offered");
    }
    Answer deleted = target.clients().delete(client);
    if (deleted.status() == 405) {
      return inapplicable("clients cannot remove themselves");
    }
    Headers bearer = Clients.bearer(Objects.requireNonNull(client.managementToken()));
    Answer later =
        target.http().send("GET", Objects.requireNonNull(client.managementUri()), bearer, "");
    return check(
        deleted.status() == 204 && (later.status() == 401 || later.status() == 404),
        "DELETE is answered " + deleted.brief() + ", GET after it " + later.brief());
  }
}
