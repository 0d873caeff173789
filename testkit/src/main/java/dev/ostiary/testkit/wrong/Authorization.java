package dev.ostiary.testkit.wrong;

import static dev.ostiary.testkit.wrong.Fault.*;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.http.Cookies;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.testkit.wrong.World.Code;
import dev.ostiary.testkit.wrong.World.Grant;
import dev.ostiary.testkit.wrong.World.Registered;
import java.net.URI;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The wrong server's authorization endpoint and its consent page. OAuth 2.1 §4.1. */
final class Authorization {
  private static final Set<String> KNOWN =
      Set.of(
          "response_type",
          "client_id",
          "redirect_uri",
          "state",
          "scope",
          "resource",
          "code_challenge",
          "code_challenge_method",
          "prompt");
  private static final Set<String> SCOPES = Set.of(World.READ, World.ADMIN, World.OFFLINE);

  private final World world;
  private final Map<String, Map<String, String>> waiting = new HashMap<>();

  Authorization(World world) {
    this.world = world;
  }

  Reply authorize(Request request) {
    Reply reply = answer(request);
    return world.has(AUTHORIZE_WITH_CORS) ? World.anyOrigin(reply) : reply;
  }

  private Reply answer(Request request) {
    Map<String, String> asked = World.parameters(request.query());
    String client = asked.getOrDefault("client_id", "");
    String redirect = asked.getOrDefault("redirect_uri", "");
    if (client.startsWith("https://") && !world.clients.containsKey(client)) {
      Reply refused = document(client, redirect);
      if (refused != null) {
        return refused;
      }
    } else {
      Registered known = world.clients.get(client);
      if (known == null) {
        return world.has(UNKNOWN_CLIENT_REDIRECTED)
            ? Reply.seeOther(redirect + "?error=unauthorized_client")
            : World.page(400, "unknown client");
      }
      if (!matches(known.redirectUris(), redirect)) {
        return World.page(400, "unknown redirect URI");
      }
    }
    String error = wrong(request, asked);
    if (error != null) {
      return back(asked, Map.of("error", error), world.has(ERROR_WITHOUT_ISS));
    }
    if (world.has(STRAIGHT_UPSTREAM)) {
      return Reply.seeOther(
          "https://upstream.example/authorize?client_id=wrong&redirect_uri="
              + URLEncoder.encode(world.base + "/callback", UTF_8));
    }
    return world.has(NO_CONSENT) ? grant(asked) : ask(asked);
  }

  private @Nullable Reply document(String client, String redirect) {
    URI uri = URI.create(client);
    boolean odd =
        uri.getRawFragment() != null || uri.getRawUserInfo() != null || client.contains("/../");
    boolean literal = uri.getHost() != null && uri.getHost().matches("[0-9.]+|\\[.*]");
    if ((odd && world.has(ODD_DOCUMENT_URL)) || (literal && world.has(PRIVATE_DOCUMENT))) {
      return null;
    }
    if (client.contains("client.invalid") && world.has(UNREACHABLE_DOCUMENT_IS_500)) {
      return Reply.text(500, "oops\n");
    }
    boolean known = client.equals(World.DOCUMENT_URL) && !world.has(DOCUMENTS_REFUSED);
    boolean listed = redirect.equals(World.DOCUMENT_REDIRECT) || world.has(DOCUMENT_REDIRECT_FREE);
    return known && listed ? null : World.page(400, "no such metadata document");
  }

  private boolean matches(List<String> registered, String redirect) {
    if (world.has(ANY_REDIRECT)) {
      return true;
    }
    return registered.stream()
        .anyMatch(
            each ->
                world.has(PREFIX_REDIRECT)
                    ? redirect.startsWith(each)
                    : each.equals(redirect) || sameButPort(each, redirect));
  }

  private boolean sameButPort(String registered, String redirect) {
    for (String host : List.of("127.0.0.1", "localhost")) {
      boolean compared =
          world.has(host.equals("localhost") ? LOCALHOST_PORT_COMPARED : PORT_COMPARED);
      String prefix = "http://" + host + ":";
      if (!compared && registered.startsWith(prefix) && redirect.startsWith(prefix)) {
        return registered.replaceFirst(":\\d+/", "/").equals(redirect.replaceFirst(":\\d+/", "/"));
      }
    }
    return false;
  }

  private @Nullable String wrong(Request request, Map<String, String> asked) {
    String type = asked.getOrDefault("response_type", "");
    if (!type.equals("code") && !(type.equals("token") && world.has(IMPLICIT_TAKEN))) {
      return "unsupported_response_type";
    }
    boolean repeats = World.repeats(request.query()) && !world.has(REPEATED_TAKEN);
    boolean unknown = world.has(UNKNOWN_PARAMETER_REFUSED) && !KNOWN.containsAll(asked.keySet());
    boolean challenged = asked.containsKey("code_challenge") || world.has(NO_CODE_CHALLENGE);
    String method = asked.getOrDefault("code_challenge_method", "plain");
    boolean s256 =
        method.equals("S256")
            || world.has(PLAIN_TAKEN)
            || (world.has(NO_CODE_CHALLENGE) && !asked.containsKey("code_challenge"));
    if (repeats || unknown || !challenged || !s256) {
      return "invalid_request";
    }
    String resource = asked.get("resource");
    boolean known =
        resource == null
            ? !world.has(RESOURCE_REQUIRED)
            : resource.startsWith(world.base + "/") || world.has(ANY_RESOURCE);
    return known ? null : "invalid_target";
  }

  private Reply ask(Map<String, String> asked) {
    String handle = world.chance();
    String browser = world.chance();
    Map<String, String> kept = new HashMap<>(asked);
    kept.put("browser", browser);
    waiting.put(handle, kept);
    String place =
        world.has(CONSENT_WITHOUT_PLACE)
            ? "an app"
            : String.valueOf(URI.create(asked.getOrDefault("redirect_uri", "")).getHost());
    Reply page =
        World.page(
                200,
                """
                <h1>Let it in?</h1><p>The client is %s. The answer goes to %s.</p>
                <form method="post" action="/consent">
                <input type="hidden" name="request" value="%s">
                <button name="decision" value="deny">Deny</button>
                <button name="decision" value="approve">Approve</button></form>
                """
                    .formatted(asked.get("client_id"), place, handle))
            .with("Set-Cookie", "wrong=" + browser + "; Path=/; HttpOnly; SameSite=Lax");
    return world.has(FRAMED)
        ? page
        : page.with("Content-Security-Policy", "frame-ancestors 'none'");
  }

  Reply consent(Request request) {
    Map<String, String> form = World.parameters(World.form(request));
    Map<String, String> asked = waiting.remove(form.getOrDefault("request", ""));
    if (asked == null) {
      return World.page(400, "too late");
    }
    String cookie = Cookies.of(request.headers()).only("wrong").orElse("");
    if (!cookie.equals(asked.get("browser")) && !world.has(ANY_BROWSER)) {
      return World.page(403, "another browser");
    }
    return form.getOrDefault("decision", "").equals("approve")
        ? grant(asked)
        : back(asked, Map.of("error", "access_denied"), false);
  }

  private Reply grant(Map<String, String> asked) {
    String resource = asked.getOrDefault("resource", world.base + "/mcp");
    String scope =
        Arrays.stream(asked.getOrDefault("scope", World.READ).split(" "))
            .filter(SCOPES::contains)
            .collect(Collectors.joining(" "));
    Grant grant = new Grant(world.chance(), asked.getOrDefault("client_id", ""), resource, scope);
    world.grants.add(grant);
    String code = world.chance();
    world.codes.put(code, new Code(asked, grant));
    return back(asked, Map.of("code", code), world.has(NO_ISS));
  }

  private Reply back(Map<String, String> asked, Map<String, String> answer, boolean withoutIss) {
    Map<String, String> parameters = new HashMap<>(answer);
    String state = asked.get("state");
    if (state != null) {
      parameters.put("state", world.has(STATE_CHANGED) ? state.strip() + "x" : state);
    }
    if (!withoutIss) {
      parameters.put("iss", world.issuer());
    }
    String query =
        parameters.entrySet().stream()
            .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    String location = asked.getOrDefault("redirect_uri", "") + "?" + query;
    return world.has(REDIRECTS_BY_307)
        ? Reply.of(307).with("Location", location)
        : Reply.seeOther(location);
  }
}
