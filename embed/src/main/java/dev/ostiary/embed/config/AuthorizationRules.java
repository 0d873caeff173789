package dev.ostiary.embed.config;

import dev.ostiary.config.Problems;
import dev.ostiary.connector.AllowRule;
import dev.ostiary.embed.config.credential.Credential;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Resource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What must hold of servers whose access tokens come from elsewhere, and of those that are
 * elsewhere themselves.
 */
final class AuthorizationRules {
  static final String FOREIGN = "authorization-server";
  private static final String ALLOW = "allow";

  private AuthorizationRules() {}

  static void check(OstiaryConfig config, Problems problems) {
    Set<String> resources = new HashSet<>();
    config
        .servers()
        .forEach(
            (name, server) -> {
              Problems here = problems.in("servers").in(name);
              if (server.behind() instanceof ServerTarget.Elsewhere(Resource resource)) {
                checkElsewhere(server, here);
                checkResource(resource, config.url(), resources, here);
              } else if (config.isForeign(server)) {
                checkForeign(server, here);
              }
              if (server.authorizationServer() != null
                  && !(server.behind() instanceof HttpServer)) {
                here.add(
                    FOREIGN,
                    null,
                    "is for a backend alone",
                    "Leave it out: users of this server sign in at Ostiary.");
              }
            });
    SharedClientRules.check(config, problems);
    checkIntrospection(config, problems.in("clients"));
  }

  /** What needs a sign-in here, or a list that only an upstream knows. */
  private static void checkForeign(ServerEntry server, Problems problems) {
    if (server.behind() instanceof HttpServer http
        && http.credential() instanceof Credential.UpstreamToken) {
      problems.add(
          "credential",
          "upstream-token",
          "needs users who sign in at Ostiary, and authorization-server has them sign in elsewhere",
          "Write identity-headers, signed-identity, api-key or none.");
    }
    if (server.allow() instanceof Allow.Only(AllowRule list)) {
      Set<String> unknown = new TreeSet<>(list.lists().keySet());
      unknown.removeAll(Set.of("users", "subjects"));
      unknown.forEach(
          kind ->
              problems
                  .in(ALLOW)
                  .add(
                      kind,
                      null,
                      "cannot be looked up where authorization-server has users sign in elsewhere",
                      "List users by the sub of their access tokens, or use roles-claim."));
    }
  }

  private static void checkElsewhere(ServerEntry server, Problems problems) {
    if (!(server.allow() instanceof Allow.Unsaid)) {
      problems.add(
          ALLOW,
          null,
          "is not enforced for a server that runs elsewhere",
          "Leave it out: that server decides whom it serves, and sign-in has a list of its own.");
    }
  }

  private static void checkResource(
      Resource resource, Issuer url, Set<String> others, Problems problems) {
    String value = resource.value();
    if (value.equals(url.value()) || value.startsWith(url.value() + "/")) {
      problems.add(
          "resource",
          value,
          "is below Ostiary's own url, and nothing is served there",
          "Write the URL of the server that runs elsewhere, or give it a backend.");
    }
    if (!others.add(value.endsWith("/") ? value.substring(0, value.length() - 1) : value)) {
      problems.add(
          "resource",
          value,
          "is that of another server too",
          "Name each resource once: it is the audience of access tokens.");
    }
  }

  private static void checkIntrospection(OstiaryConfig config, Problems problems) {
    for (Map.Entry<String, ClientEntry> client : config.clients().entrySet()) {
      for (String name : client.getValue().introspects()) {
        ServerEntry server = config.servers().get(name);
        if (server == null || config.isForeign(server)) {
          problems
              .in(client.getKey())
              .add(
                  "introspects",
                  name,
                  server == null
                      ? "is not a server"
                      : "is a server whose access tokens are not Ostiary's",
                  "Name servers by their keys in servers.");
        }
      }
    }
  }
}
