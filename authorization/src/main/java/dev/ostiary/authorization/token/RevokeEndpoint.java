package dev.ostiary.authorization.token;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Route;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.token.RevocationRequest;
import java.time.Instant;

/** The revocation endpoint: a client gives up a token that was issued to it (RFC 7009 §2). */
final class RevokeEndpoint extends ClientEndpoint {
  private final TokenRevocation revocation;

  RevokeEndpoint(String prefix, TokenDependencies with) {
    super(Route.post(prefix + "/revoke").anyOrigin(), with);
    this.revocation = new TokenRevocation(with);
  }

  @Override
  Result<Reply, TokenRefusal> answer(ClientRequest request) {
    return switch (RevocationRequest.parse(request.parameters())) {
      case Result.Refused(var refusal) -> Result.refused(new TokenRefusal.BadParameter(refusal));
      case Result.Ok(RevocationRequest message) ->
          revocation
              .revoke(message.token(), request)
              .<Result<Reply, TokenRefusal>>map(Result::refused)
              .orElseGet(() -> Result.ok(Reply.of(200).noStore()));
    };
  }

  @Override
  AuditEvent refused(Instant at, String requestId, String client, String reason) {
    return new AuditEvent.RevocationRefused(at, requestId, client, reason);
  }
}
