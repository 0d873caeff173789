package dev.ostiary.authorization.token;

import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Resource;
import java.util.Map;
import java.util.Set;

/**
 * Clients that are resource servers: each may introspect the access tokens for its own resources,
 * whichever client they were issued to (RFC 7662 §2.1), and no others (§4).
 */
public record Introspectors(Map<ClientId, Set<Resource>> resources) {
  public static final Introspectors NONE = new Introspectors(Map.of());

  public Introspectors {
    resources = Map.copyOf(resources);
  }

  boolean mayAsk(ClientId client, Resource audience) {
    return resources.getOrDefault(client, Set.of()).contains(audience);
  }
}
