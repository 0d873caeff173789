package dev.ostiary.gateway.call;

import dev.ostiary.gateway.backend.Backend;
import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.gateway.token.TokenSource;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;
import org.jspecify.annotations.Nullable;

/**
 * One protected MCP server: where it is, what guards it, and what is behind.
 *
 * @param name as in the configuration and in logs
 * @param title for people
 * @param resource what its access tokens are for
 * @param path where it listens
 * @param scopes the minimal useful set: what a client without a token is told to ask for
 * @param bodyLimit the largest message, in bytes
 * @param foreign where its access tokens come from; null for our own authorization server
 * @param legacySse whether clients of 2024-11-05 are served below it
 */
public record ServerRoute(
    String name,
    String title,
    Resource resource,
    String path,
    Scopes scopes,
    Backend backend,
    Policy policy,
    AllowedUsers allowedUsers,
    int bodyLimit,
    @Nullable TokenSource foreign,
    boolean legacySse) {
  /** The largest message unless a server says otherwise: 4 MiB. */
  public static final int BODY_LIMIT = 4 * 1024 * 1024;

  /** A server whose access tokens come from our own authorization server. */
  public ServerRoute(
      String name,
      String title,
      Resource resource,
      String path,
      Scopes scopes,
      Backend backend,
      Policy policy,
      AllowedUsers allowedUsers,
      int bodyLimit) {
    this(
        name, title, resource, path, scopes, backend, policy, allowedUsers, bodyLimit, null, false);
  }

  /** A server that all who sign in may use. */
  public ServerRoute(
      String name,
      String title,
      Resource resource,
      String path,
      Scopes scopes,
      Backend backend,
      Policy policy) {
    this(name, title, resource, path, scopes, backend, policy, AllowedUsers.EVERYONE, BODY_LIMIT);
  }

  /** The same server with access tokens of a foreign authorization server. */
  public ServerRoute from(TokenSource other) {
    return new ServerRoute(
        name,
        title,
        resource,
        path,
        scopes,
        backend,
        policy,
        allowedUsers,
        bodyLimit,
        other,
        legacySse);
  }

  /** The same server, with the paths of the transport of 2024-11-05 below it or without. */
  public ServerRoute legacySse(boolean served) {
    return new ServerRoute(
        name,
        title,
        resource,
        path,
        scopes,
        backend,
        policy,
        allowedUsers,
        bodyLimit,
        foreign,
        served);
  }

  /** What clients call these scopes of the policy when they ask for them. */
  public Scopes wire(Scopes named) {
    return foreign == null ? named : foreign.wire().apply(named);
  }
}
