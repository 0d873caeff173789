package dev.ostiary.checker.profile;

import static dev.ostiary.checker.server.Verdict.broken;
import static dev.ostiary.checker.server.Verdict.check;
import static dev.ostiary.checker.server.Verdict.holds;
import static dev.ostiary.checker.server.Verdict.untested;

import dev.ostiary.checker.Check;
import dev.ostiary.checker.Need;
import dev.ostiary.checker.Specification;
import dev.ostiary.checker.http.Answer;
import dev.ostiary.checker.server.Attempt;
import dev.ostiary.checker.server.Client;
import dev.ostiary.checker.server.Clients;
import dev.ostiary.checker.server.Mcp;
import dev.ostiary.checker.server.TargetServer;
import dev.ostiary.checker.server.Verdict;
import dev.ostiary.http.Headers;
import dev.ostiary.mcp.Revision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/** The steps of one real client against one server, each of which needs those before it. */
public final class Replay {
  private static final Pattern ERROR_LINK = Pattern.compile("[?&;]error=([a-z_]+)");

  private final Profile profile;
  private @Nullable Client client;
  private @Nullable Attempt attempt;
  private @Nullable String access;
  private @Nullable String refresh;

  private Replay(Profile profile) {
    this.profile = profile;
  }

  /** Will this client connect? Its steps as checks, in order; good for one run. */
  public static List<Check> of(Profile profile) {
    return new Replay(profile).steps();
  }

  private List<Check> steps() {
    return List.of(
        step("challenged", "is asked to sign in, or let in")
            .remedy("Answer its first request with 401 and a challenge.")
            .by(this::challenged),
        step("finds-metadata", "finds the metadata of this server")
            .remedy("Serve protected resource metadata whose resource is the URL.")
            .by(this::findsMetadata),
        step("finds-authorization-server", "finds an authorization server that it trusts")
            .remedy(
                "Serve metadata with the same issuer, both endpoints and S256; clients go no"
                    + " further without.")
            .by(this::findsServer),
        step("becomes-known", "becomes a known client")
            .remedy("Offer metadata documents, or accept the registration that it sends.")
            .needs(Need.SERVER_DOCUMENT)
            .by(this::becomesKnown),
        step("may-ask", "may send people to sign in")
            .remedy("Accept its redirect URI, scopes and resource.")
            .needs(Need.SERVER_DOCUMENT)
            .by(this::mayAsk),
        step("gets-tokens", "gets tokens")
            .remedy("Redirect to it with code, state and iss, and exchange the code.")
            .needs(Need.SERVER_DOCUMENT, Need.AUTOMATIC)
            .by(this::getsTokens),
        step("calls", "is let in with its access token")
            .remedy("Accept the access token, and answer in its revision.")
            .needs(Need.AUTOMATIC)
            .by(this::calls),
        step("refreshes", "gets a new access token when the first has expired")
            .remedy("Issue refresh tokens, and exchange them.")
            .needs(Need.AUTOMATIC)
            .by(this::refreshes));
  }

  private Check.Draft step(String name, String what) {
    return Check.must(
            profile.title().replace('.', '-') + "-" + name,
            Specification.PROFILE,
            profile.title() + " " + what)
        .section("docs/reference/clients.md");
  }

  /** From here on all is sent as this client sends it. */
  private Verdict challenged(TargetServer target) throws IOException {
    int asChecker = target.challenge().status();
    var _ = target.http().habits(profile.habits());
    Answer answer =
        profile.revision().isModern()
            ? sendAnonymous(target)
            : target.http().json(target.url(), TargetServer.INITIALIZE, "Accept", Mcp.ACCEPT);
    int status = answer.status();
    return status == 401 || (status >= 200 && status < 300)
        ? holds()
        : broken(
            "its first request is answered %s%s"
                .formatted(
                    answer.brief(),
                    asChecker == 401 ? ": your edge blocks " + name() + ", and not others" : ""));
  }

  private String name() {
    return profile.habits().first("User-Agent").orElse("clients without a User-Agent");
  }

  private Answer sendAnonymous(TargetServer target) throws IOException {
    String method = "server/discover";
    String version = Revision.MODERN.wire();
    String message =
        Mcp.modernMessage(method, JsonNodeFactory.instance.objectNode(), version).toString();
    return target
        .http()
        .send(
            "POST",
            target.url(),
            Mcp.modernHeaders(method, version)
                .with("Accept", Mcp.ACCEPT)
                .with("Content-Type", "application/json"),
            message);
  }

  private Verdict findsMetadata(TargetServer target) throws IOException {
    String resource = target.resource().text("resource");
    if (resource == null) {
      return broken("there is no protected resource metadata");
    }
    boolean ours = resource.equals(target.url()) || target.url().startsWith(resource);
    return check(ours, "resource is " + resource + ": it takes that for another server");
  }

  private Verdict findsServer(TargetServer target) throws IOException {
    List<String> wrong = new ArrayList<>();
    if (target.server().document() == null) {
      return broken("there is no authorization server metadata");
    }
    if (!Objects.equals(target.server().text("issuer"), target.server().named())) {
      wrong.add("issuer is " + target.server().text("issuer"));
    }
    if (!target.server().texts("code_challenge_methods_supported").contains("S256")) {
      wrong.add("code_challenge_methods_supported has no S256");
    }
    if (target.server().text("authorization_endpoint") == null
        || target.server().text("token_endpoint") == null) {
      wrong.add("an endpoint is missing");
    }
    return check(wrong.isEmpty(), String.join("; ", wrong));
  }

  private Verdict becomesKnown(TargetServer target) throws IOException {
    String document = profile.document();
    if (document != null && target.server().flag("client_id_metadata_document_supported")) {
      client = Client.named(document, null, profile.redirectUri());
      return holds();
    }
    if (target.server().text("registration_endpoint") == null) {
      return byHand(target, "there is no registration");
    }
    Answer answer = target.clients().post(profile.registration(target.flow().scope()));
    String id = answer.member("client_id");
    if (Clients.isClosed(answer)) {
      return byHand(target, "registration is closed, it wants an initial access token");
    }
    if (answer.status() >= 300 || id == null) {
      return broken("its registration is answered " + answer.brief());
    }
    String secret = answer.member("client_secret");
    String method = answer.member("token_endpoint_auth_method");
    if (profile == Profile.CHATGPT && method != null && !method.equals("none")) {
      return broken("it is registered with " + method + ", and refuses that");
    }
    client =
        Client.named(
            id,
            secret == null ? null : new dev.ostiary.protocol.Secret(secret),
            profile.redirectUri());
    return holds();
  }

  private Verdict byHand(TargetServer target, String why) {
    var known = target.options().client();
    if (known == null) {
      return broken(why + ": --client-id names a client that was registered beforehand");
    }
    client = Client.named(known.id(), known.secret().orElse(null), profile.redirectUri());
    return holds();
  }

  private Verdict mayAsk(TargetServer target) throws IOException {
    if (client == null) {
      return untested("it is not known");
    }
    attempt = target.flow().attempt(client).with("scope", scope(target));
    Answer answer = target.flow().open(attempt);
    var link = ERROR_LINK.matcher(answer.text() + answer.header("Location").orElse(""));
    if (answer.status() >= 400) {
      return broken("its authorization request is answered " + answer.brief());
    }
    return link.find() ? broken("its authorization request ends in " + link.group(1)) : holds();
  }

  private @Nullable String scope(TargetServer target) throws IOException {
    List<String> server = target.server().texts("scopes_supported");
    Set<String> scopes = new LinkedHashSet<>();
    switch (profile.scopes()) {
      case CHALLENGE, CHALLENGE_AND_OFFLINE -> {
        String asked = target.flow().scope();
        scopes.addAll(asked == null ? List.of() : List.of(asked.split(" ")));
        scopes.remove("offline_access");
      }
      case RESOURCE_AND_OFFLINE -> scopes.addAll(target.resource().texts("scopes_supported"));
      case AUTHORIZATION_SERVER -> scopes.addAll(server);
    }
    if (profile.scopes() != Profile.Scopes.CHALLENGE && server.contains("offline_access")) {
      scopes.add("offline_access");
    }
    return scopes.isEmpty() ? null : String.join(" ", scopes);
  }

  private Verdict getsTokens(TargetServer target) throws IOException {
    if (attempt == null) {
      return untested("it may not send anybody to sign in");
    }
    var end = target.flow().answer(attempt);
    String code = end.get("code");
    if (code == null) {
      return broken("the sign-in brings no code, but " + end.getOrDefault("error", "nothing"));
    }
    if (!attempt.state().equals(end.get("state"))) {
      return broken("state comes back changed");
    }
    boolean promised = target.server().flag("authorization_response_iss_parameter_supported");
    String issuer = end.get("iss");
    if (issuer == null ? promised : !issuer.equals(target.server().text("issuer"))) {
      return broken("iss is " + issuer);
    }
    Answer answer = target.flow().exchange(attempt, code);
    access = answer.member("access_token");
    refresh = answer.member("refresh_token");
    return check(
        answer.status() == 200 && access != null, "its code is answered " + answer.brief());
  }

  private Verdict calls(TargetServer target) throws IOException {
    if (access == null) {
      return untested("it has no access token");
    }
    Answer answer = profile.revision().isModern() ? discover(target) : initialize(target);
    if (answer.status() == 401 || answer.status() == 403) {
      return broken("its access token is answered " + answer.brief());
    }
    // A client of the newest revision begins anew with initialize where that is not spoken.
    return answer.result().isPresent() || initialize(target).result().isPresent()
        ? holds()
        : broken("its first call is answered " + answer.brief());
  }

  private Answer discover(TargetServer target) throws IOException {
    String method = "server/discover";
    String version = Revision.MODERN.wire();
    String message =
        Mcp.modernMessage(method, JsonNodeFactory.instance.objectNode(), version).toString();
    return send(target, Mcp.modernHeaders(method, version), message);
  }

  private Answer initialize(TargetServer target) throws IOException {
    String version =
        profile.revision().isModern() ? Revision.LATEST_LEGACY.wire() : profile.revision().wire();
    return send(target, Headers.none(), TargetServer.INITIALIZE.replace("2025-11-25", version));
  }

  private Answer send(TargetServer target, Headers headers, String message) throws IOException {
    return target
        .http()
        .send(
            "POST",
            target.url(),
            headers
                .with("Authorization", "Bearer " + access)
                .with("Accept", Mcp.ACCEPT)
                .with("Content-Type", "application/json"),
            message);
  }

  private Verdict refreshes(TargetServer target) throws IOException {
    if (access == null || client == null) {
      return untested("it has no access token");
    }
    if (refresh == null) {
      return Verdict.inapplicable("no refresh token is issued: people sign in again");
    }
    Answer answer = target.flow().refresh(client, refresh);
    return check(answer.status() == 200, "its refresh token is answered " + answer.brief());
  }
}
