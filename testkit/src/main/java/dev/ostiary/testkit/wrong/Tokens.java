package dev.ostiary.testkit.wrong;

import static dev.ostiary.testkit.wrong.Fault.*;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.protocol.CodeVerifier;
import dev.ostiary.testkit.wrong.World.Code;
import dev.ostiary.testkit.wrong.World.Grant;
import dev.ostiary.testkit.wrong.World.Registered;
import java.net.URLDecoder;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The wrong server's token endpoint. OAuth 2.1 §3.2. */
final class Tokens {
  private final World world;
  private final AccessTokens accessTokens;

  Tokens(World world, AccessTokens accessTokens) {
    this.world = world;
    this.accessTokens = accessTokens;
  }

  Reply token(Request request) {
    if (request.method().equals("GET") && !world.has(TOKEN_BY_GET)) {
      return Reply.text(405, "POST only\n").with("Allow", "POST");
    }
    Reply reply = request.method().equals("GET") ? Reply.json(200, "{}") : answer(request);
    if (world.has(TOKEN_ERROR_AS_HTML) && reply.status() >= 400) {
      reply = World.page(reply.status(), "no");
    }
    if (world.has(ERROR_CACHED) && reply.status() >= 400) {
      reply = reply.replace("Cache-Control", "max-age=60");
    }
    return world.has(TOKEN_WITHOUT_CORS) ? reply : World.anyOrigin(reply);
  }

  private Reply answer(Request request) {
    String content = World.form(request);
    Map<String, String> form = World.parameters(content);
    if (World.repeats(content) && !world.has(TOKEN_REPEATED_TAKEN)) {
      return World.error(400, "invalid_request");
    }
    String type = form.getOrDefault("grant_type", "");
    if (type.isEmpty()) {
      return World.error(400, "invalid_request");
    }
    Object client = client(request, form);
    if (client instanceof Reply refused) {
      return refused;
    }
    String id = ((Registered) client).id();
    return switch (type) {
      case "authorization_code" -> exchange(form, id);
      case "refresh_token" -> refresh(form, id);
      case "password" ->
          world.has(PASSWORD_GRANT)
              ? Reply.json(200, "{\"access_token\":\"x\",\"token_type\":\"Bearer\"}")
              : World.error(400, "unsupported_grant_type");
      default -> unknown(type);
    };
  }

  private Reply unknown(String type) {
    if (world.has(UNKNOWN_GRANT_TYPE_IS_500)) {
      return Reply.text(500, "oops\n");
    }
    ObjectNode json = World.object().put("error", "unsupported_grant_type");
    if (world.has(ERROR_REPEATS_INPUT)) {
      json.put("error_description", "unknown: " + type);
    }
    return Reply.json(400, json.toString()).noStore();
  }

  /** The client, or the refusal. */
  Object client(Request request, Map<String, String> form) {
    String header = request.headers().first("Authorization").orElse("");
    String id = form.getOrDefault("client_id", "");
    String secret = form.getOrDefault("client_secret", "");
    if (header.startsWith("Basic ")) {
      if (!secret.isEmpty() && !world.has(TWO_AUTHENTICATIONS)) {
        return World.error(400, "invalid_request");
      }
      String decoded = new String(Base64.getDecoder().decode(header.substring(6)), UTF_8);
      String[] parts = decoded.split(":", 2);
      id = URLDecoder.decode(parts[0], UTF_8);
      secret = URLDecoder.decode(parts[1], UTF_8);
    }
    Registered client = world.clients.get(id);
    if (client != null && client.secret().equals(secret)) {
      return client;
    }
    if (client == null && world.has(UNKNOWN_CLIENT_IS_404)) {
      return World.error(404, "not_found");
    }
    Reply refused = World.error(401, "invalid_client");
    return world.has(WRONG_SECRET_WITHOUT_CHALLENGE)
        ? refused
        : refused.with("WWW-Authenticate", "Basic realm=\"wrong\"");
  }

  private Reply exchange(Map<String, String> form, String client) {
    Code code = world.codes.get(form.getOrDefault("code", ""));
    if (code == null) {
      return world.has(UNKNOWN_CODE_IS_500)
          ? Reply.text(500, "oops\n")
          : World.error(400, "invalid_grant");
    }
    Grant grant = code.grant();
    String wrong = wrong(form, client, code);
    if (wrong != null) {
      return World.error(400, wrong);
    }
    if (grant.spent && !world.has(CODE_TWICE)) {
      grant.ended = grant.ended || !world.has(REPLAY_ENDS_NOTHING);
      return World.error(400, "invalid_grant");
    }
    grant.spent = true;
    String refresh = world.chance();
    grant.chain.add(refresh);
    world.refreshTokens.put(refresh, grant);
    return tokens(grant, refresh, grant.scope);
  }

  private @Nullable String wrong(Map<String, String> form, String client, Code code) {
    Grant grant = code.grant();
    String redirect = form.get("redirect_uri");
    String asked = code.request().get("redirect_uri");
    boolean ours = grant.client.equals(client) || world.has(CODE_OF_ANYBODY);
    boolean there = redirect == null || redirect.equals(asked) || world.has(ANY_EXCHANGE_REDIRECT);
    if (!ours || !there || !verified(form.get("code_verifier"), code)) {
      return "invalid_grant";
    }
    String resource = form.get("resource");
    boolean same =
        resource == null || resource.equals(grant.resource) || world.has(ANY_EXCHANGE_RESOURCE);
    return same ? null : "invalid_target";
  }

  private boolean verified(@Nullable String verifier, Code code) {
    String challenge = code.request().get("code_challenge");
    if (verifier == null) {
      return challenge == null || world.has(NO_VERIFIER);
    }
    return world.has(ANY_VERIFIER)
        || world.has(PLAIN_TAKEN)
        || CodeVerifier.parse(verifier)
            .filter(parsed -> parsed.challenge().value().equals(challenge))
            .isPresent();
  }

  private Reply refresh(Map<String, String> form, String client) {
    String presented = form.getOrDefault("refresh_token", "");
    Grant grant = world.refreshTokens.get(presented);
    boolean ours = grant != null && (grant.client.equals(client) || world.has(REFRESH_OF_ANYBODY));
    if (grant == null
        || !ours
        || (grant.ended && !world.has(REFRESH_OUTLIVES_REVOCATION))
        || world.has(REFRESH_REFUSED)) {
      return World.error(400, "invalid_grant");
    }
    String scope = form.getOrDefault("scope", grant.scope);
    if (!java.util.Set.of(grant.scope.split(" ")).containsAll(java.util.List.of(scope.split(" ")))
        && !world.has(REFRESH_WIDENS)) {
      return World.error(400, "invalid_scope");
    }
    return rotate(grant, presented, scope);
  }

  private Reply rotate(Grant grant, String presented, String scope) {
    if (world.has(NO_ROTATION)) {
      return tokens(grant, presented, scope);
    }
    int age = grant.chain.size() - 1 - grant.chain.indexOf(presented);
    if (age > 1 && !world.has(REUSE_TAKEN)) {
      grant.ended = !world.has(REUSE_ENDS_NOTHING);
      return World.error(400, "invalid_grant");
    }
    if (age == 1 && !world.has(REFRESH_FORKS)) {
      return tokens(grant, grant.chain.getLast(), scope);
    }
    String next = world.chance();
    if (!world.has(REFRESH_FORKS) || age == 0) {
      grant.chain.add(next);
    }
    world.refreshTokens.put(next, grant);
    return tokens(grant, next, scope);
  }

  private Reply tokens(Grant grant, String refresh, String scope) {
    ObjectNode json = World.object();
    json.put("access_token", accessTokens.mint(grant, scope));
    json.put("token_type", world.has(ODD_TOKEN_TYPE) ? "wrong" : "Bearer");
    if (!world.has(NO_EXPIRY)) {
      json.put("expires_in", AccessTokens.lifetime());
    }
    json.put("refresh_token", refresh);
    if (!world.has(SILENT_ABOUT_SCOPE)) {
      json.put("scope", scope);
    }
    Reply reply = Reply.json(200, json.toString());
    return world.has(TOKENS_CACHED) ? reply : reply.noStore();
  }

  /** RFC 7009. */
  Reply revoke(Request request) {
    Map<String, String> form = World.parameters(World.form(request));
    Object client = client(request, form);
    if (client instanceof Reply refused) {
      return refused;
    }
    String token = form.get("token");
    if (token == null) {
      return world.has(REVOKES_NOTHING) ? Reply.of(200) : World.error(400, "invalid_request");
    }
    Grant grant = world.refreshTokens.get(token);
    if (grant != null) {
      grant.ended = true;
      return Reply.of(200);
    }
    boolean access = token.chars().filter(c -> c == '.').count() == 2;
    world.revokedTokens.add(token);
    return !access && world.has(UNKNOWN_REVOCATION_REFUSED)
        ? World.error(400, "invalid_grant")
        : Reply.of(200);
  }

  /** RFC 7662. */
  Reply introspect(Request request) {
    Map<String, String> form = World.parameters(World.form(request));
    if (!world.has(OPEN_INTROSPECTION)) {
      Object client = client(request, form);
      if (client instanceof Reply refused) {
        return refused;
      }
    }
    ObjectNode json = World.object();
    String token = Objects.requireNonNullElse(form.get("token"), "");
    ObjectNode claims = accessTokens.verify(token, world.base + "/mcp");
    json.put("active", claims != null);
    if (claims == null && world.has(TALKATIVE_INTROSPECTION)) {
      json.put("reason", "never issued");
    }
    return Reply.json(200, json.toString()).noStore();
  }
}
