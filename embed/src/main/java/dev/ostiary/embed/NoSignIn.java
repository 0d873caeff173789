package dev.ostiary.embed;

import dev.ostiary.authorization.upstream.Upstream;
import dev.ostiary.authorization.upstream.UpstreamCredentials;
import dev.ostiary.connector.AllowRule;
import dev.ostiary.connector.Connector;
import dev.ostiary.gateway.call.AllowedUsers;

/** In place of a connector where nobody signs in: all servers take foreign access tokens. */
final class NoSignIn implements Connector {
  @Override
  public Upstream upstream() {
    throw new IllegalStateException("nobody signs in here");
  }

  @Override
  public AllowedUsers users(AllowRule list, UpstreamCredentials credentials) {
    throw new IllegalStateException("nobody signs in here");
  }
}
