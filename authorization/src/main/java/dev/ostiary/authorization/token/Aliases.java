package dev.ostiary.authorization.token;

import dev.ostiary.authorization.model.ProtectedServer;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The names under which clients ask for a resource (RFC 8707 §2.2). */
record Aliases(Function<String, Optional<ProtectedServer>> table) {
  /** Whether every name that was sent, if any was, means this resource. */
  boolean allMean(Resource granted, List<String> names) {
    return names.stream()
        .allMatch(
            name -> table.apply(name).map(ProtectedServer::resource).equals(Optional.of(granted)));
  }

  /** The scopes that there are at this resource; none if it is not configured any more. */
  Scopes scopes(Resource resource) {
    return table
        .apply(resource.value())
        .map(server -> server.scopes().union(server.defaultScopes()))
        .orElse(Scopes.none());
  }
}
