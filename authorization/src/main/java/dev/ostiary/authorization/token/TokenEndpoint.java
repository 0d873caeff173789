package dev.ostiary.authorization.token;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.client.RequestContent;
import dev.ostiary.authorization.limit.RateLimited;
import dev.ostiary.authorization.limit.TokenLimits;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Route;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.token.TokenRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The token endpoint: trades a code or a refresh token for tokens (OAuth 2.1 §3.2). */
final class TokenEndpoint extends ClientEndpoint {
  private final List<GrantExchange> exchanges;
  private final TokenLimits limits;

  TokenEndpoint(
      String prefix, TokenDependencies with, List<GrantExchange> exchanges, TokenLimits limits) {
    super(Route.post(prefix + "/token").anyOrigin(), with);
    this.exchanges = List.copyOf(exchanges);
    this.limits = limits;
  }

  /** A form, as OAuth has it, or JSON, which some clients send. */
  @Override
  Result<Parameters, TokenRefusal> read(Request request) {
    return RequestContent.isJson(request)
        ? parsed(Parameters.parseJson(request.body().bytes()))
        : super.read(request);
  }

  @Override
  Result<Parameters, TokenRefusal> check(Parameters parameters) {
    return message(parameters).map(TokenRequest::parameters);
  }

  @Override
  Result<Reply, TokenRefusal> answer(ClientRequest request) {
    return message(request.parameters())
        .then(message -> find(message.grantType()))
        .then(exchange -> exchange.run(request))
        .map(tokens -> Reply.json(200, tokens.toJson()).noStore());
  }

  private static Result<TokenRequest, TokenRefusal> message(Parameters parameters) {
    return switch (TokenRequest.parse(parameters)) {
      case Result.Ok(TokenRequest message) -> Result.ok(message);
      case Result.Refused(var refusal) -> Result.refused(new TokenRefusal.BadParameter(refusal));
    };
  }

  private Result<GrantExchange, TokenRefusal> find(String grantType) {
    return exchanges.stream()
        .filter(exchange -> exchange.grantType().toWire().equals(grantType))
        .findFirst()
        .map(Result::<GrantExchange, TokenRefusal>ok)
        .orElseGet(() -> Result.refused(new TokenRefusal.GrantTypeUnknown()));
  }

  /** A refused request that belongs to no grant counts for its address. */
  @Override
  Optional<RateLimited> tooMany(Request request, TokenRefusal reason) {
    return reason
        .slowedDown()
        .or(() -> reason.isOfGrant() ? Optional.empty() : limits.refused(request));
  }

  @Override
  AuditEvent refused(Instant at, String requestId, String client, String reason) {
    return new AuditEvent.TokenRefused(at, requestId, client, reason);
  }
}
