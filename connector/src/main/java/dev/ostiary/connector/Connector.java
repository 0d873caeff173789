package dev.ostiary.connector;

import dev.ostiary.authorization.upstream.Upstream;
import dev.ostiary.authorization.upstream.UpstreamCredentials;
import dev.ostiary.gateway.call.AllowedUsers;
import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.http.Endpoint;
import java.util.List;
import java.util.Optional;

/** A way to sign people in, and what comes with it. */
public interface Connector {
  /** Signs people in. */
  Upstream upstream();

  /** What browsers visit here on their way, beside the callback. */
  default List<Endpoint> endpoints() {
    return List.of();
  }

  /** Tells whether a user is on the list of a server. */
  AllowedUsers users(AllowRule list, UpstreamCredentials credentials);

  /** Looks up the names on all lists, and logs those that no account has. Blocks. */
  default void checkNames() {}

  /**
   * A policy for servers at which the user's own token decides in the end: each scope that is the
   * upstream's implies what it does there.
   */
  default Policy withImplied(Policy policy) {
    return policy;
  }

  /** What a server of {@code connector: TYPE} consists of. */
  default Optional<ConnectorTools> tools(UpstreamCredentials credentials) {
    return Optional.empty();
  }

  /** What these tools need, where the configuration says nothing else. */
  default Policy toolsPolicy() {
    return Policy.builder().build();
  }
}
