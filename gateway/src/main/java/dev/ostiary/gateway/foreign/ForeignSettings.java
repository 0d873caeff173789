package dev.ostiary.gateway.foreign;

import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Secret;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A foreign authorization server as one protected resource relies on it.
 *
 * @param issuer its identifier, byte for byte as its metadata and its tokens have it
 * @param audience what the {@code aud} of access tokens has to contain
 * @param resource the protected resource
 * @param metadata where its metadata is; null for the places of RFC 8414 and OpenID Connect
 * @param typeless whether JWTs need not be of the type {@code at+jwt} (RFC 9068 §2.1)
 * @param scopesClaim with the scopes; null for the usual ones
 * @param rolesClaim with roles that count as scopes, or the path of one with dots; null for none
 * @param scopes what its scopes and roles are called in the policy
 * @param introspection as whom tokens are introspected; null if they are JWTs that are checked here
 */
public record ForeignSettings(
    String issuer,
    String audience,
    Resource resource,
    @Nullable URI metadata,
    boolean typeless,
    @Nullable String scopesClaim,
    @Nullable String rolesClaim,
    ScopeTable scopes,
    @Nullable IntrospectionClient introspection) {
  /** Who asks the introspection endpoint (RFC 7662 §2.1). */
  public record IntrospectionClient(String id, Secret secret) {}
}
