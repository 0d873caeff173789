package dev.ostiary.embed;

import dev.ostiary.authorization.AuthorizationServer;
import dev.ostiary.authorization.key.SignedIdentities;
import dev.ostiary.embed.config.HttpServer;
import dev.ostiary.embed.config.credential.Credential;
import dev.ostiary.embed.config.credential.Credential.UpstreamToken.Kind;
import dev.ostiary.gateway.credential.ApiKey;
import dev.ostiary.gateway.credential.BackendCredential;
import dev.ostiary.gateway.credential.IdentityHeaders;
import dev.ostiary.gateway.credential.SignedIdentity;
import dev.ostiary.gateway.credential.UpstreamToken;
import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/** What each MCP server behind the gateway is shown. */
final class BackendCredentials {
  private final AuthorizationServer authorization;
  private final Executor executor;
  private final InstantSource time;

  BackendCredentials(AuthorizationServer authorization, Executor executor, InstantSource time) {
    this.authorization = authorization;
    this.executor = executor;
    this.time = time;
  }

  BackendCredential of(HttpServer server) {
    return switch (server.credential()) {
      case Credential.None _ -> BackendCredential.NONE;
      case Credential.IdentityHeaders _ -> new IdentityHeaders();
      case Credential.SignedIdentity _ -> signed(audience(server.uri()));
      case Credential.UpstreamToken(Kind which) ->
          new UpstreamToken(
              switch (which) {
                case ACCESS_TOKEN -> new LocalUserTokens(authorization.credentials());
                case ID_TOKEN -> new LocalIdTokens(authorization.credentials(), time);
              },
              executor,
              time);
      case Credential.ApiKey key -> new ApiKey(key.header(), key.field());
    };
  }

  private BackendCredential signed(String audience) {
    SignedIdentities identities = authorization.identities();
    return new SignedIdentity(
        (caller, now) ->
            identities.sign(audience, caller.subject(), caller.client(), caller.scopes(), now),
        SignedIdentities.LIFETIME,
        executor,
        time);
  }

  /** The address as it was configured, without the query, which may hold secrets. */
  private static String audience(URI uri) {
    return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
  }
}
