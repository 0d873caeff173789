package dev.ostiary.embed.config;

import dev.ostiary.config.Problems;
import dev.ostiary.embed.config.foreign.ForeignAuthorization;
import dev.ostiary.embed.config.foreign.ForeignAuthorization.Registration;
import dev.ostiary.embed.config.foreign.ForeignKeys;
import dev.ostiary.embed.config.foreign.SharedClientName;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What must hold of the clients that Ostiary's clients share at foreign authorization servers. */
final class SharedClientRules {
  private SharedClientRules() {}

  static void check(OstiaryConfig config, Problems problems) {
    ForeignAuthorization above = config.authorizationServer();
    if (above != null) {
      List<String> served =
          config.servers().entrySet().stream()
              .filter(
                  server ->
                      server.getValue().authorizationServer() == null
                          && config.isForeign(server.getValue()))
              .map(Map.Entry::getKey)
              .toList();
      check(above, redirectUris(config, served), problems.in(AuthorizationRules.FOREIGN));
    }
    config
        .servers()
        .forEach(
            (name, server) -> {
              ForeignAuthorization own = server.authorizationServer();
              if (own != null) {
                check(
                    own,
                    redirectUris(config, List.of(name)),
                    problems.in("servers").in(name).in(AuthorizationRules.FOREIGN));
              }
            });
  }

  private static void check(ForeignAuthorization foreign, String redirectUris, Problems problems) {
    Registration registration = foreign.registration();
    if (registration == null) {
      return;
    }
    Problems here = problems.in(ForeignKeys.REGISTRATION_KEY);
    if (registration.clientId().isEmpty() && !here.isFaulty(ForeignKeys.CLIENT_ID)) {
      here.add(
          ForeignKeys.CLIENT_ID,
          null,
          "is missing",
          "Register a confidential client there with the redirect URI "
              + redirectUris
              + ", and write its id.");
    }
  }

  private static String redirectUris(OstiaryConfig config, List<String> servers) {
    return servers.stream()
        .map(server -> config.url().at(SharedClientName.callbackPath(server)))
        .collect(Collectors.joining(" and "));
  }
}
