package dev.ostiary.embed.config;

import dev.ostiary.config.Problems;
import dev.ostiary.embed.config.credential.Credential;
import dev.ostiary.gateway.sse.SsePaths;
import dev.ostiary.gateway.stdio.Placeholder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What must hold of the MCP servers: names and paths that lead to exactly one place. */
final class ServerRules {
  /** The first segments of paths that Ostiary has for itself, now or by its design. */
  static final Set<String> RESERVED =
      Set.of(
          ".well-known",
          "account",
          "assets",
          "authorize",
          "callback",
          "consent",
          "console",
          "health",
          "introspect",
          "metrics",
          "ready",
          "register",
          "revoke",
          "sign-in",
          "sign-out",
          "terms",
          "token");

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");
  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+");

  private ServerRules() {}

  static void check(OstiaryConfig config, Problems problems) {
    Map<String, String> owners = new HashMap<>();
    config
        .servers()
        .forEach(
            (name, server) -> {
              Problems here = problems.in(name);
              checkName(name, here);
              if (server.behind() instanceof ServerTarget.Elsewhere) {
                checkNoLegacySse(server, here);
                return; // it has no path here
              }
              if (!RESERVED.contains(name) || !server.path().equals(ServerEntry.pathOf(name))) {
                checkPath(name, server.path(), here);
              }
              checkAllow(server, config, here);
              String other = owners.putIfAbsent(server.path(), name);
              if (other != null) {
                here.add(
                    "path",
                    server.path(),
                    "is the path of servers." + other + " too",
                    "Give each server a path of its own.");
              }
            });
    config
        .servers()
        .forEach((name, server) -> checkLegacySse(name, server, owners, problems.in(name)));
  }

  private static void checkNoLegacySse(ServerEntry server, Problems problems) {
    if (server.legacySse()) {
      problems.add(
          "legacy-sse",
          "true",
          "is of no use for a server that runs elsewhere",
          "Leave it out; that server has its own paths.");
    }
  }

  /** The paths below a server's are its own too. */
  private static void checkLegacySse(
      String name, ServerEntry server, Map<String, String> owners, Problems problems) {
    if (!server.legacySse() || server.behind() instanceof ServerTarget.Elsewhere) {
      return;
    }
    SsePaths paths = SsePaths.below(server.path());
    for (String path : List.of(paths.stream(), paths.messages())) {
      String other = owners.putIfAbsent(path, name);
      if (other != null) {
        problems.add(
            "legacy-sse",
            "true",
            "needs the path " + path + ", which servers." + other + " has",
            "Give that one another path.");
      }
    }
  }

  private static void checkName(String name, Problems problems) {
    if (!NAME.matcher(name).matches()) {
      problems.add(
          null,
          "must be named with lower-case letters, digits and hyphens",
          "The name becomes a part of the server's URL.");
    } else if (RESERVED.contains(name)) {
      problems.add(
          null,
          "has the name of one of Ostiary's own endpoints",
          "Choose another name; these are taken: "
              + String.join(", ", RESERVED.stream().sorted().toList())
              + ".");
    }
  }

  /** Whether it is not shown the user's own token. */
  private static boolean isSameForAll(ServerTarget target) {
    return switch (target) {
      case HttpServer http -> !(http.credential() instanceof Credential.UpstreamToken);
      case StdioServer stdio -> !stdio.placeholders().contains(Placeholder.UPSTREAM_TOKEN);
      case ConnectorServer _, ServerTarget.Elsewhere _ -> false;
    };
  }

  /** A backend does not know the users, so it cannot tell by itself who may do what. */
  private static void checkAllow(ServerEntry server, OstiaryConfig config, Problems problems) {
    if (isSameForAll(server.behind())
        && server.allow() instanceof Allow.Unsaid
        && !config.url().isLoopback()) {
      problems.add(
          "allow",
          null,
          "is missing, and without it everybody who can sign in could use this server",
          config.isForeign(server)
              ? "Write allow: { users: [SUB, SUB] } with the sub of access tokens, or allow:"
                  + " everyone."
              : "Write allow: { users: [octocat], organizations: [acme] }, or allow: everyone.");
    }
  }

  private static void checkPath(String name, String path, Problems problems) {
    if (!PATH.matcher(path).matches()) {
      problems.add(
          "path",
          path,
          "must be the path of a URL",
          "Begin it with a slash and end it without one, such as /" + name + "/mcp.");
    } else if (RESERVED.contains(path.substring(1).split("/", 2)[0])) {
      problems.add(
          "path",
          path,
          "is among Ostiary's own endpoints",
          "Choose another path, such as /" + name + "/mcp.");
    }
  }
}
