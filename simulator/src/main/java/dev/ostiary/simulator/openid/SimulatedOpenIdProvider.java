package dev.ostiary.simulator.openid;

import dev.ostiary.http.ContentLimit;
import dev.ostiary.http.Exchange;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Route;
import dev.ostiary.http.Service;
import dev.ostiary.simulator.http.Journal;
import dev.ostiary.simulator.http.Json;
import dev.ostiary.simulator.http.MalformedEscape;
import dev.ostiary.simulator.http.Origin;
import dev.ostiary.simulator.http.Page;
import dev.ostiary.simulator.http.Parameters;
import dev.ostiary.simulator.settings.Person;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An OpenID provider of our own: discovery, ES256 keys, sign-in pages, codes with PKCE, refresh
 * tokens that rotate, userinfo, revocation and sign-out. Everything is in memory, and quick enough
 * to be answered on the binding's thread.
 */
public final class SimulatedOpenIdProvider implements Service {
  private final Origin origin = new Origin();
  private final Journal journal = new Journal();
  private final SigningKeys keys = new SigningKeys();
  private final OpenIdTokens tokens = new OpenIdTokens();
  private final OpenIdFaults faults = new OpenIdFaults(tokens, keys);
  private final OpenIdProviderSettings settings;
  private final InstantSource time;
  private final AuthorizeEndpoint authorize;
  private final TokenEndpoint token;
  private volatile @Nullable Person person;

  public SimulatedOpenIdProvider(OpenIdProviderSettings settings, InstantSource time) {
    this.settings = settings;
    this.time = time;
    this.person = settings.person();
    authorize = new AuthorizeEndpoint(settings, origin, tokens, faults, () -> person, time);
    token =
        new TokenEndpoint(
            settings,
            origin,
            tokens,
            new IdTokens(keys, faults),
            new AccessTokens(settings, origin, tokens, keys, faults),
            faults,
            time);
  }

  /** Says under which address this is served, which is the issuer. Needed before any request. */
  public void at(URI base) {
    origin.is(base);
  }

  /** Who signs in and decides without a page from now on; null to show the pages. */
  public void person(@Nullable Person somebody) {
    person = somebody;
  }

  /** What has been received. */
  public Journal journal() {
    return journal;
  }

  /** What shall go wrong. */
  public OpenIdFaults faults() {
    return faults;
  }

  @Override
  public void serve(Exchange exchange) {
    Request head = exchange.request();
    exchange.read(
        new ContentLimit(Route.FORM_LIMIT, head.remote()),
        content -> exchange.reply(answer(head.with(content))));
  }

  private Reply answer(Request request) {
    try {
      journal.add(request);
      return faults.reply(request.path()).orElseGet(() -> route(request));
    } catch (MalformedEscape malformed) {
      return Reply.text(400, "The request has a broken percent-encoding.");
    }
  }

  private Reply route(Request request) {
    return switch (request.method() + " " + request.path()) {
      case "GET /.well-known/openid-configuration" -> json(faults.changedMetadata(metadata()));
      case "GET /jwks" -> json(faults.changedKeys(keys.published()));
      case "GET /authorize", "POST /authorize" -> authorize.answer(request);
      case "POST /token" -> token.exchange(request);
      case "POST /revoke" -> token.revoke(request);
      case "GET /userinfo" -> userInfo(request);
      case "GET /end-session" -> endSession(Parameters.query(request));
      default -> Reply.text(404, "The simulated provider has nothing here.");
    };
  }

  private Reply userInfo(Request request) {
    return request
        .headers()
        .first("Authorization")
        .filter(value -> value.startsWith("Bearer "))
        .flatMap(value -> tokens.find(value.substring("Bearer ".length()), time.instant()))
        .map(found -> json(faults.changedUserInfo(found.user().claims(found.scopes()))))
        .orElseGet(() -> Reply.of(401).with("WWW-Authenticate", "Bearer error=\"invalid_token\""));
  }

  private Reply endSession(Parameters asked) {
    Optional<String> returnTo =
        settings
            .client(asked.value("client_id"))
            .flatMap(
                client ->
                    client.afterSignOut().stream()
                        .filter(asked.value("post_logout_redirect_uri")::equals)
                        .findFirst());
    return returnTo
        .map(Page::found)
        .orElseGet(() -> AuthorizePages.refused("The address to return to is not registered."));
  }

  private static Reply json(ObjectNode node) {
    return Reply.json(200, Json.write(node));
  }

  private ObjectNode metadata() {
    ObjectNode metadata =
        Json.object()
            .put("issuer", origin.web(""))
            .put("authorization_endpoint", origin.web("/authorize"))
            .put("token_endpoint", origin.web("/token"))
            .put("userinfo_endpoint", origin.web("/userinfo"))
            .put("jwks_uri", origin.web("/jwks"))
            .put("revocation_endpoint", origin.web("/revoke"))
            .put("end_session_endpoint", origin.web("/end-session"));
    list(metadata, "response_types_supported", List.of("code"));
    list(metadata, "subject_types_supported", List.of("public"));
    list(metadata, "id_token_signing_alg_values_supported", List.of("ES256"));
    list(metadata, "code_challenge_methods_supported", List.of("S256"));
    list(metadata, "scopes_supported", List.of("openid", "profile", "email", "offline_access"));
    list(
        metadata,
        "token_endpoint_auth_methods_supported",
        List.of("client_secret_basic", "client_secret_post", "private_key_jwt", "none"));
    return metadata;
  }

  private static void list(ObjectNode metadata, String name, List<String> values) {
    ArrayNode list = metadata.putArray(name);
    values.forEach(list::add);
  }
}
