package dev.ostiary.authorization.token;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.client.ClientRefusal;
import dev.ostiary.authorization.client.ErrorReply;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Route;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.token.IntrospectionRequest;
import java.time.Instant;

/**
 * The introspection endpoint: a confidential client asks whether a token is good (RFC 7662 §2).
 * Public clients may not ask, or tokens could be tried out here.
 */
final class IntrospectEndpoint extends ClientEndpoint {
  private final Introspection introspection;

  IntrospectEndpoint(Issuer issuer, TokenDependencies with) {
    super(Route.post(issuer.path() + "/introspect"), with);
    this.introspection =
        new Introspection(issuer, with.store(), with.accessTokens(), with.introspectors());
  }

  @Override
  Result<Reply, TokenRefusal> answer(ClientRequest request) {
    if (request.client().metadata().isPublic()) {
      return Result.refused(
          new TokenRefusal.NotAuthenticated(
              new ClientRefusal(ClientRefusal.Reason.NOT_CONFIDENTIAL, false)));
    }
    return switch (IntrospectionRequest.parse(request.parameters())) {
      case Result.Refused(var refusal) -> Result.refused(new TokenRefusal.BadParameter(refusal));
      case Result.Ok(IntrospectionRequest message) ->
          Result.ok(
              introspection
                  .of(message.token(), request.clientId(), request.at())
                  .map(response -> Reply.json(200, response.toJson()).noStore())
                  .orElseGet(ErrorReply::unavailable));
    };
  }

  @Override
  AuditEvent refused(Instant at, String requestId, String client, String reason) {
    return new AuditEvent.IntrospectionRefused(at, requestId, client, reason);
  }
}
