package dev.ostiary.embed;

import dev.ostiary.authorization.model.ProtectedServer;
import dev.ostiary.embed.config.ServerPolicy;
import dev.ostiary.gateway.policy.OfferedScope;
import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.protocol.Resource;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a server is called, where it is, and what may be done there.
 *
 * @param name as in the configuration
 * @param title for people
 * @param resource what its access tokens are for
 * @param path where it listens, under that of the public URL
 * @param policy as it was configured
 */
record ServerPlace(String name, String title, Resource resource, String path, ServerPolicy policy) {
  /**
   * As the authorization server knows it.
   *
   * @param holding the policy that holds
   * @param upstreams where its users sign in
   */
  ProtectedServer with(Policy holding, List<String> upstreams) {
    return new ProtectedServer(
        name,
        title,
        resource,
        holding.defaultScopes(),
        holding.offeredScopes(),
        upstreams,
        holding.scopes().stream()
            .collect(
                Collectors.toMap(
                    OfferedScope::scope,
                    scope ->
                        holding.readOnly()
                            ? scope.description().ofReadOnlyServer()
                            : scope.description())));
  }
}
