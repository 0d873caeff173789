package dev.ostiary.embed;

import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.simulator.SimulatedGitHub;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A stand-in for GitHub's own MCP server: it takes tokens of the simulated GitHub, refuses and asks
 * for scopes as the source of {@code github/github-mcp-server} does.
 */
final class FakeRemoteServer {
  static final String METADATA = "https://remote.example/.well-known/oauth-protected-resource/mcp";

  /** What each tool needs; the last is not in Ostiary's policy. */
  private static final Map<String, Set<String>> TOOLS =
      new TreeMap<>(
          Map.of(
              "get_me", Set.of(),
              "issue_read", Set.of("repo"),
              "delete_repository", Set.of("repo", "delete_repo"),
              "list_notifications", Set.of("notifications"),
              "unheard_of", Set.of()));

  private static final String SESSION = "session-of-the-remote-server";

  volatile boolean refusesEverybody;
  private volatile @Nullable SimulatedGitHub github;

  /** Whose tokens it takes. */
  void trusts(SimulatedGitHub tokens) {
    github = tokens;
  }

  Reply answer(FakeMcpServer.Heard request) {
    String authorization = request.field("Authorization");
    if (authorization.isEmpty()) {
      return unauthorized("");
    }
    if (!authorization.matches("Bearer gh[ou]_\\w+")) {
      return Reply.text(400, "malformed token");
    }
    String token = authorization.substring("Bearer ".length());
    Reply known = askGitHub(token);
    if (known.status() != 200 || refusesEverybody) {
      return unauthorized("error=\"invalid_token\", ");
    }
    Set<String> scopes =
        known.headers().first("X-OAuth-Scopes").stream()
            .flatMap(all -> List.of(all.split(", ", -1)).stream())
            .filter(scope -> !scope.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
    return answer(request, JsonMapper.shared().readTree(request.body()), scopes);
  }

  private static Reply unauthorized(String error) {
    return Reply.text(401, "unauthorized")
        .with("WWW-Authenticate", "Bearer " + error + "resource_metadata=\"" + METADATA + "\"");
  }

  private Reply askGitHub(String token) {
    return FakeExchange.serve(
        Objects.requireNonNull(github),
        new Request(
            "remote",
            "HEAD",
            "/api/v3/",
            "",
            Headers.of(
                "Host", "github.example", "User-Agent", "x", "Authorization", "Bearer " + token),
            Body.empty(),
            InetAddress.getLoopbackAddress()));
  }

  private static Reply answer(FakeMcpServer.Heard request, JsonNode message, Set<String> scopes) {
    boolean modern = request.field("MCP-Protocol-Version").equals("2026-07-28");
    String method = message.path("method").asString("");
    if (!modern
        && !method.equals("initialize")
        && !request.field("Mcp-Session-Id").equals(SESSION)) {
      return Reply.text(404, "no such session");
    }
    return switch (method) {
      case "initialize" ->
          result(
                  "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}},"
                      + "\"serverInfo\":{\"name\":\"github-mcp-server\",\"version\":\"1\"}}")
              .with("Mcp-Session-Id", SESSION);
      case "notifications/initialized" -> new Reply(202, Headers.none(), Body.empty());
      case "tools/list" -> result(list());
      case "tools/call" -> call(message.at("/params/name").asString(""), scopes);
      default -> Reply.json(200, "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32601}}");
    };
  }

  private static Reply call(String tool, Set<String> scopes) {
    Set<String> needed = TOOLS.getOrDefault(tool, Set.of());
    if (scopes.containsAll(needed)) {
      return result("{\"content\":[{\"type\":\"text\",\"text\":\"done: " + tool + "\"}]}");
    }
    Set<String> all = new TreeSet<>(scopes);
    all.addAll(needed);
    return Reply.text(403, "forbidden")
        .with(
            "WWW-Authenticate",
            "Bearer error=\"insufficient_scope\", scope=\"%s\", resource_metadata=\"%s\", "
                    .formatted(String.join(" ", all), METADATA)
                + "error_description=\"Additional scopes required: x\"");
  }

  private static String list() {
    return TOOLS.keySet().stream()
        .map(name -> "{\"name\":\"" + name + "\",\"inputSchema\":{\"type\":\"object\"}}")
        .collect(
            Collectors.joining(
                ",", "{\"tools\":[", "],\"ttlMs\":60000,\"cacheScope\":\"public\"}"));
  }

  private static Reply result(String result) {
    return Reply.json(200, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + result + "}");
  }
}
