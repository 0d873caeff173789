package dev.ostiary.authorization.model;

import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scope;
import dev.ostiary.protocol.ScopeDescription;
import dev.ostiary.protocol.Scopes;
import java.util.List;
import java.util.Map;

/**
 * An MCP server that this authorization server issues tokens for.
 *
 * @param name its key in the configuration
 * @param title what people call it
 * @param resource its URL, the audience of its tokens
 * @param defaultScopes what a client gets that asks for nothing in particular
 * @param scopes everything a client may ask for; others are dropped
 * @param upstreams the names of those where its users may sign in, at least one
 * @param descriptions what scopes allow; others are described by their names
 * @param takesUpstreamTokens whether its access tokens are those of its upstream, which clients get
 *     in place of ours
 */
public record ProtectedServer(
    String name,
    String title,
    Resource resource,
    Scopes defaultScopes,
    Scopes scopes,
    List<String> upstreams,
    Map<Scope, ScopeDescription> descriptions,
    boolean takesUpstreamTokens) {
  public ProtectedServer {
    upstreams = List.copyOf(upstreams);
    descriptions = Map.copyOf(descriptions);
  }

  /** A server whose access tokens are ours. */
  public ProtectedServer(
      String name,
      String title,
      Resource resource,
      Scopes defaultScopes,
      Scopes scopes,
      List<String> upstreams,
      Map<Scope, ScopeDescription> descriptions) {
    this(name, title, resource, defaultScopes, scopes, upstreams, descriptions, false);
  }

  /** A server with one upstream, whose scopes need no explanation of its own. */
  public ProtectedServer(
      String name,
      String title,
      Resource resource,
      Scopes defaultScopes,
      Scopes scopes,
      String upstream) {
    this(name, title, resource, defaultScopes, scopes, List.of(upstream), Map.of());
  }

  /** The same server with the access tokens of its upstream. */
  public ProtectedServer takingUpstreamTokens() {
    return new ProtectedServer(
        name, title, resource, defaultScopes, scopes, upstreams, descriptions, true);
  }
}
