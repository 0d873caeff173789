package dev.ostiary.authorization.store;

import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Subject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One completed authorization: user × client × resource × scopes, with one family of tokens.
 *
 * @param userName how the upstream calls the user at present: to show, never to decide
 * @param upstreamToken the upstream's token that backs it; null if it needs none
 * @param expiresAt its end, however often it is refreshed
 * @param clientAuthentication the client's {@code token_endpoint_auth_method} when it was made
 */
public record Grant(
    GrantId id,
    ClientId client,
    Subject subject,
    String userName,
    Scopes scopes,
    Resource resource,
    @Nullable UpstreamTokenId upstreamToken,
    Instant createdAt,
    Instant expiresAt,
    String clientAuthentication) {
  /** A grant to a public client. */
  public Grant(
      GrantId id,
      ClientId client,
      Subject subject,
      String userName,
      Scopes scopes,
      Resource resource,
      @Nullable UpstreamTokenId upstreamToken,
      Instant createdAt,
      Instant expiresAt) {
    this(
        id,
        client,
        subject,
        userName,
        scopes,
        resource,
        upstreamToken,
        createdAt,
        expiresAt,
        "none");
  }

  /** Whether its client proved who it is when the grant was made, and need not any more. */
  public boolean isWeakenedBy(RegisteredClient present) {
    return present.kind() == ClientKind.DOCUMENT
        && present.metadata().isPublic()
        && !clientAuthentication.equals("none");
  }
}
