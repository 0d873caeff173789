package dev.ostiary.embed.config;

import dev.ostiary.config.Problems;
import dev.ostiary.connector.AllowRule;
import dev.ostiary.connector.ConnectorPlace;
import dev.ostiary.connector.ConnectorSettings;
import dev.ostiary.connector.ConnectorType;
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
    if (signIn.size() > 1 || (signIn.isEmpty() && config.issuesTokens())) {
      here.add(
          null,
          signIn.isEmpty() ? "is missing" : "has more than one entry",
          "Name one place where users sign in.");
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
    if (!config.isForeign(server) && server.allow() instanceof Allow.Only(AllowRule list)) {
      config.signIn().values().forEach(each -> each.check(list, problems.in("allow")));
    }
    if (server.behind() instanceof ConnectorServer(String type)
        && config.signIn().values().stream().noneMatch(each -> each.type().name().equals(type))) {
      problems.add(
          "connector",
          type,
          "needs users who sign in there, and sign-in has no entry of this type",
          "Name it in sign-in, or leave the server out.");
    }
  }
}
