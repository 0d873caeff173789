package dev.ostiary.embed.config;

import dev.ostiary.config.Problems;
import dev.ostiary.connector.AllowRule;
import dev.ostiary.connector.ConnectorPlace;
import dev.ostiary.connector.ConnectorSettings;
import dev.ostiary.connector.ConnectorType;
import dev.ostiary.embed.config.credential.Credential;
import dev.ostiary.embed.config.credential.Credential.UpstreamToken.Kind;
import dev.ostiary.gateway.stdio.Placeholder;
import java.util.List;
import java.util.Map;

/** What must hold of where users sign in, and of the lists of those who may use a server. */
final class SignInRules {
  private SignInRules() {}

  static void check(OstiaryConfig config, Problems problems) {
    Map<String, ConnectorSettings> signIn = config.signIn();
    Problems here = problems.in("sign-in");
    signIn.forEach(
        (name, settings) ->
            settings.check(new ConnectorPlace(name, config.url()), here.in(path(name, settings))));
    if (signIn.isEmpty() && config.issuesTokens()) {
      here.add(null, "is missing", "Name a place where users sign in.");
    }
    config
        .servers()
        .forEach((name, server) -> check(server, config, problems.in("servers").in(name)));
  }

  /** Where an entry is written, below {@code sign-in}. */
  static String path(String name, ConnectorSettings settings) {
    ConnectorType type = settings.type();
    return type.isNamed() ? type.name() + "." + name : type.name();
  }

  private static void check(ServerEntry server, OstiaryConfig config, Problems problems) {
    if (config.isForeign(server)) {
      if (!server.signIn().isEmpty()) {
        problems.add(
            "sign-in",
            String.join(", ", server.signIn()),
            "is of no use where authorization-server has users sign in elsewhere",
            "Leave one of them out.");
      }
      return;
    }
    List<String> unknown =
        server.signIn().stream().filter(name -> !config.signIn().containsKey(name)).toList();
    Map<String, ConnectorSettings> taken = config.signIn(server);
    if (!unknown.isEmpty()) {
      problems.add(
          "sign-in",
          unknown.getFirst(),
          "is no entry of sign-in",
          "There are: " + String.join(", ", config.signIn().keySet()) + ".");
    } else if (taken.isEmpty() && server.behind() instanceof ConnectorServer(String type)) {
      problems.add(
          "connector",
          type,
          "needs users who sign in there, and this server takes none of them",
          "Name " + type + " in sign-in, or leave the server out.");
    }
    if (server.behind() instanceof HttpServer http
        && http.credential() instanceof Credential.UpstreamToken(Kind which)) {
      taken.forEach((name, settings) -> checkTokens(name, settings.type(), which, problems));
    }
    if (server.behind() instanceof StdioServer stdio) {
      checkPlaceholders(stdio, taken, problems);
    }
    if (server.allow() instanceof Allow.Only(AllowRule list)) {
      checkLists(list, taken, problems.in("allow"));
      taken.values().forEach(each -> each.check(list, problems.in("allow")));
    }
  }

  private static void checkPlaceholders(
      StdioServer server, Map<String, ConnectorSettings> taken, Problems problems) {
    taken.forEach(
        (name, settings) -> {
          if (server.placeholders().contains(Placeholder.UPSTREAM_TOKEN)
              && !settings.type().hasUserTokens()) {
            problems.add(
                "env",
                null,
                "needs tokens that users of " + name + " do not have",
                "Name another entry in sign-in of this server, or leave ${upstream-token} out.");
          }
        });
  }

  private static void checkTokens(String name, ConnectorType type, Kind which, Problems problems) {
    boolean given =
        switch (which) {
          case ACCESS_TOKEN -> type.hasUserTokens();
          case ID_TOKEN -> type.hasIdTokens();
        };
    if (!given) {
      problems.add(
          "credential",
          which == Kind.ID_TOKEN ? "upstream-id-token" : "upstream-token",
          "needs tokens that users of " + name + " do not have",
          "Name another entry in sign-in of this server, or give it another credential.");
    }
  }

  /**
   * Each list is for the users of one entry: the same name may be another user, or another group,
   * elsewhere.
   */
  private static void checkLists(
      AllowRule list, Map<String, ConnectorSettings> taken, Problems problems) {
    list.lists()
        .forEach(
            (key, names) -> {
              List<String> knowing =
                  taken.entrySet().stream()
                      .filter(entry -> entry.getValue().type().allowLists().contains(key))
                      .map(Map.Entry::getKey)
                      .toList();
              if (knowing.isEmpty()) {
                problems.add(
                    key,
                    String.join(", ", names),
                    "is a list that no sign-in of this server knows",
                    "They know: " + String.join(", ", known(taken)) + ".");
              } else if (knowing.size() > 1) {
                problems.add(
                    key,
                    String.join(", ", names),
                    "could mean users of " + String.join(" or of ", knowing),
                    "Name the one that is meant in sign-in of this server, or put the list in the"
                        + " allow of the entry of sign-in.");
              }
            });
  }

  private static List<String> known(Map<String, ConnectorSettings> taken) {
    return taken.values().stream()
        .flatMap(settings -> settings.type().allowLists().stream())
        .distinct()
        .sorted()
        .toList();
  }
}
