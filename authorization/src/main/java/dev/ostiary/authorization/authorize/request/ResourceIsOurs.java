package dev.ostiary.authorization.authorize.request;

import dev.ostiary.authorization.model.ProtectedServer;
import dev.ostiary.authorization.model.ResourceAliases;
import dev.ostiary.protocol.OAuthError;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.WireError;
import java.util.List;
import java.util.Optional;

/**
 * The resource is one of our servers, under one of the names in the alias table (RFC 8707 §2). One
 * token has one audience, so several values have to mean the same server. A request without any is
 * for the only server, or for the one the person chooses.
 */
final class ResourceIsOurs {
  private final List<ProtectedServer> servers;
  private final ResourceAliases aliases;

  ResourceIsOurs(List<ProtectedServer> servers, ResourceAliases aliases) {
    this.servers = List.copyOf(servers);
    this.aliases = aliases;
  }

  /** The servers it can be for, at least one. */
  Result<List<ProtectedServer>, WireError> check(ReceivedRequest received) {
    List<String> asked = received.parameters().all("resource");
    List<Optional<ProtectedServer>> found = asked.stream().map(aliases::find).distinct().toList();
    if (found.stream().anyMatch(Optional::isEmpty)) {
      return refused("resource is not a server configured here.");
    }
    if (found.size() > 1) {
      return refused("A token is issued for one resource; send one request for each.");
    }
    return Result.ok(found.isEmpty() ? servers : List.of(found.getFirst().orElseThrow()));
  }

  private static Result<List<ProtectedServer>, WireError> refused(String description) {
    return Result.refused(new WireError(OAuthError.INVALID_TARGET, description));
  }
}
