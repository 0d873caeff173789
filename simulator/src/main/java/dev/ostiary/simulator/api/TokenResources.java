package dev.ostiary.simulator.api;

import dev.ostiary.simulator.http.Json;
import dev.ostiary.simulator.http.Origin;
import dev.ostiary.simulator.http.Sha256;
import dev.ostiary.simulator.token.AccessToken;
import dev.ostiary.simulator.token.App;
import dev.ostiary.simulator.token.Ledger;
import dev.ostiary.simulator.token.Tokens;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /applications/{client_id}/…}: an application looks after the tokens it was given. */
final class TokenResources {
  private final Ledger ledger;
  private final Origin origin;
  private final AccountJson accounts;
  private final InstantSource time;

  TokenResources(Ledger ledger, Origin origin, AccountJson accounts, InstantSource time) {
    this.ledger = ledger;
    this.origin = origin;
    this.accounts = accounts;
    this.time = time;
  }

  Answer check(Call call) {
    return withValue(
        call,
        value ->
            find(call, value).map(token -> Answer.ok(json(token, ""))).orElseGet(Answer::notFound));
  }

  Answer reset(Call call) {
    return withValue(
        call,
        value ->
            ledger
                .tokens()
                .reset(app(call), value, time.instant())
                .map(token -> Answer.ok(json(token, token.value())))
                .orElseGet(TokenResources::unknown));
  }

  Answer revoke(Call call) {
    return withToken(
        call, token -> ledger.tokens().revokeIf(other -> other.value().equals(token.value())));
  }

  Answer endGrant(Call call) {
    return withToken(call, token -> ledger.endGrant(token.app(), token.account()));
  }

  private Answer withToken(Call call, Consumer<AccessToken> effect) {
    return withValue(
        call,
        value ->
            find(call, value)
                .map(
                    token -> {
                      effect.accept(token);
                      return Answer.noContent();
                    })
                .orElseGet(TokenResources::unknown));
  }

  /** Credentials open one application's resources only; the body must name a token. */
  private static Answer withValue(Call call, Function<String, Answer> use) {
    if (!app(call).clientId().equals(call.segment("{client_id}"))) {
      return Answer.notFound();
    }
    return Json.read(call.body().bytes())
        .map(body -> body.path("access_token"))
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue)
        .map(use)
        .orElseGet(() -> Answer.invalid("OauthAccess", "access_token", "missing_field"));
  }

  private static Answer unknown() {
    return Answer.invalid("OauthAccess", "access_token", "invalid");
  }

  private Optional<AccessToken> find(Call call, String value) {
    return ledger
        .tokens()
        .find(value, time.instant())
        .filter(token -> Tokens.isOf(app(call), token));
  }

  private static App app(Call call) {
    if (call.caller() instanceof Caller.Application application) {
      return application.app();
    }
    throw new IllegalStateException("a call without an application");
  }

  private ObjectNode json(AccessToken token, String shown) {
    ObjectNode json = Json.object();
    json.put("id", token.number());
    json.put("url", origin.api("/authorizations/" + token.number()));
    json.putObject("app")
        .put("name", token.app().name())
        .put("url", token.app().callbacks().getFirst().uri().resolve("/").toString())
        .put("client_id", token.app().clientId());
    json.put("token", shown);
    json.put("hashed_token", Sha256.hexadecimal(token.value().getBytes(StandardCharsets.UTF_8)));
    json.put("token_last_eight", token.value().substring(token.value().length() - 8));
    json.putNull("note");
    json.putNull("note_url");
    json.put("created_at", token.created().toString());
    json.put("updated_at", token.created().toString());
    ArrayNode scopes = json.putArray("scopes");
    token.scopes().wires().forEach(scopes::add);
    json.putNull("fingerprint");
    json.put("expires_at", token.renewal() == null ? null : token.renewal().expires().toString());
    json.set("user", accounts.brief(token.account()));
    return json;
  }
}
