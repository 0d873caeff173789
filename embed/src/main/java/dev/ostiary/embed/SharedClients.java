package dev.ostiary.embed;

import dev.ostiary.connector.ConnectorSettings;
import dev.ostiary.connector.ConnectorTypes;
import dev.ostiary.connector.SharedClient;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.embed.config.ServerEntry;
import dev.ostiary.embed.config.foreign.ForeignAuthorization;
import dev.ostiary.embed.config.foreign.ForeignAuthorization.Registration;
import dev.ostiary.embed.config.foreign.SharedClientName;
import dev.ostiary.gateway.foreign.ScopeTable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The clients at foreign authorization servers that Ostiary's clients share: each is an upstream of
 * one MCP server, so that the tokens of two servers, which may have two audiences, are never mixed.
 */
public final class SharedClients {
  private SharedClients() {}

  /** All of a configuration, by the names of their upstreams. */
  public static Map<String, ConnectorSettings> of(OstiaryConfig config) {
    Map<String, ConnectorSettings> all = new LinkedHashMap<>();
    config
        .servers()
        .forEach(
            (name, entry) ->
                config
                    .foreign(entry)
                    .ifPresent(
                        foreign -> {
                          Registration registration = foreign.registration();
                          if (registration != null) {
                            all.put(
                                SharedClientName.of(name),
                                settings(client(foreign, registration, key(name, entry))));
                          }
                        }));
    return all;
  }

  private static SharedClient client(
      ForeignAuthorization foreign, Registration registration, String key) {
    return new SharedClient(
        foreign.issuer(),
        foreign.metadataUrl(),
        registration.clientId(),
        registration.clientSecret(),
        registration.parameters(),
        new ScopeTable(foreign.scopes())::wire,
        key);
  }

  private static String key(String name, ServerEntry entry) {
    String key = "authorization-server";
    return entry.authorizationServer() == null ? key : "servers." + name + "." + key;
  }

  private static ConnectorSettings settings(SharedClient client) {
    return ConnectorTypes.all().stream()
        .map(type -> type.sharing(client))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("no installed connector signs in at " + client.key()));
  }
}
