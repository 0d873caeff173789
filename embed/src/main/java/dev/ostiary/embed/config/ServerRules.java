package dev.ostiary.embed.config;

import dev.ostiary.authorization.client.registration.NamingRules;
import dev.ostiary.protocol.Issuer;
import java.util.ArrayList;
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
          "terms",
          "token");

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");
  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+");

  private ServerRules() {}

  static List<Problem> check(Map<String, ServerEntry> servers, Issuer url) {
    List<Problem> problems = new ArrayList<>();
    Map<String, String> owners = new HashMap<>();
    servers.forEach(
        (name, server) -> {
          checkName(name, problems);
          if (!RESERVED.contains(name) || !server.path().equals(ServerEntry.pathOf(name))) {
            checkPath(name, server.path(), problems);
          }
          checkTitle(name, server.title(), problems);
          if (server.behind() instanceof HttpServer http) {
            problems.addAll(HttpServerRules.check(name, server, http, url));
          }
          String other = owners.putIfAbsent(server.path(), name);
          if (other != null) {
            problems.add(
                new Problem(
                    "servers." + name + ".path",
                    server.path(),
                    "is the path of servers." + other + " too",
                    "Give each server a path of its own."));
          }
        });
    return problems;
  }

  private static void checkName(String name, List<Problem> problems) {
    if (!NAME.matcher(name).matches()) {
      problems.add(
          new Problem(
              "servers." + name,
              null,
              "must be named with lower-case letters, digits and hyphens",
              "The name becomes a part of the server's URL."));
    } else if (RESERVED.contains(name)) {
      problems.add(
          new Problem(
              "servers." + name,
              null,
              "has the name of one of Ostiary's own endpoints",
              "Choose another name; these are taken: "
                  + String.join(", ", RESERVED.stream().sorted().toList())
                  + "."));
    }
  }

  private static void checkTitle(String name, String title, List<Problem> problems) {
    if (!title.isEmpty()) {
      NamingRules.problemOfName(title)
          .ifPresent(
              what ->
                  problems.add(
                      new Problem(
                          "servers." + name + ".title",
                          title,
                          what,
                          "People read it when they consent.")));
    }
  }

  private static void checkPath(String name, String path, List<Problem> problems) {
    if (!PATH.matcher(path).matches()) {
      problems.add(
          new Problem(
              "servers." + name + ".path",
              path,
              "must be the path of a URL",
              "Begin it with a slash and end it without one, such as " + "/" + name + "/mcp."));
    } else if (RESERVED.contains(path.substring(1).split("/", 2)[0])) {
      problems.add(
          new Problem(
              "servers." + name + ".path",
              path,
              "is among Ostiary's own endpoints",
              "Choose another path, such as /" + name + "/mcp."));
    }
  }
}
