package dev.ostiary.server.operate;

import dev.ostiary.authorization.operate.KnownClient;
import dev.ostiary.authorization.operate.KnownGrant;
import dev.ostiary.authorization.operate.KnownKey;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.protocol.Json;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Clients, grants and keys as they are listed. The members are an API; a secret is never among
 * them.
 */
final class Entry {
  private Entry() {}

  static ObjectNode of(KnownClient client) {
    ObjectNode entry =
        Json.object()
            .put("client", client.id().value())
            .put("client_name", client.metadata().name())
            .put("added_by", client.origin().name().toLowerCase(Locale.ROOT))
            .put("token_endpoint_auth_method", client.metadata().tokenEndpointAuthMethod());
    var uris = entry.putArray("redirect_uris");
    client.metadata().redirectUris().forEach(uri -> uris.add(uri.value()));
    put(entry, "added_at", client.addedAt());
    put(entry, "used_at", client.usedAt());
    return entry;
  }

  static ObjectNode of(KnownGrant known) {
    Grant grant = known.grant();
    ObjectNode entry =
        Json.object()
            .put("grant", grant.id().value())
            .put("subject", grant.subject().value())
            .put("user_name", grant.userName())
            .put("client", grant.client().value())
            .put("client_name", known.clientName())
            .put("resource", grant.resource().value())
            .put("scope", grant.scopes().toWire());
    put(entry, "created_at", grant.createdAt());
    put(entry, "used_at", known.usedAt());
    put(entry, "expires_at", grant.expiresAt());
    return entry;
  }

  static ObjectNode of(KnownKey key) {
    ObjectNode entry =
        Json.object()
            .put("key", key.id())
            .put("use", key.use().name().toLowerCase(Locale.ROOT))
            .put("state", key.state().name().toLowerCase(Locale.ROOT))
            .put("algorithm", key.algorithm());
    put(entry, "created_at", key.createdAt());
    put(entry, "used_from", key.usedFrom());
    put(entry, "remove_at", key.removeAt());
    return entry;
  }

  private static void put(ObjectNode entry, String name, @Nullable Instant time) {
    entry.put(name, time == null ? null : time.toString());
  }
}
