package dev.ostiary.authorization.token;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.client.ClientName;
import dev.ostiary.authorization.client.ClientRefusal;
import dev.ostiary.authorization.client.ErrorReply;
import dev.ostiary.authorization.client.RequestContent;
import dev.ostiary.authorization.limit.RateLimited;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.http.Access;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Route;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Result;
import java.time.Instant;
import java.util.Optional;

/**
 * An endpoint that reads the parameters of a client, authenticates it and answers in JSON (OAuth
 * 2.1 §2.4, §3.2). Every refusal is audited, unless it is for a rate limit.
 */
abstract sealed class ClientEndpoint implements Endpoint
    permits TokenEndpoint, RevokeEndpoint, IntrospectEndpoint {
  private final Route route;
  private final TokenDependencies with;

  ClientEndpoint(Route route, TokenDependencies with) {
    this.route = route;
    this.with = with;
  }

  @Override
  public final Route route() {
    return route;
  }

  @Override
  public final Access access() {
    return Access.CLIENT;
  }

  @Override
  public final Reply handle(Request request) {
    Instant now = with.time().instant();
    Result<Parameters, TokenRefusal> parameters = read(request);
    Result<Reply, TokenRefusal> result =
        parameters
            .then(this::check)
            .then(checked -> authenticate(request, checked, now))
            .then(this::answer);
    return switch (result) {
      case Result.Ok(Reply reply) -> reply;
      case Result.Refused(TokenRefusal reason) -> refuse(request, parameters, reason, now);
    };
  }

  /** The parameters of a form. */
  Result<Parameters, TokenRefusal> read(Request request) {
    return RequestContent.isForm(request)
        ? parsed(Parameters.parse(request.body().utf8()))
        : Result.refused(new TokenRefusal.UnknownContentType());
  }

  static Result<Parameters, TokenRefusal> parsed(Result<Parameters, Parameters.Refusal> result) {
    return switch (result) {
      case Result.Ok(Parameters parameters) -> Result.ok(parameters);
      case Result.Refused(Parameters.Refusal.Repeated _) ->
          Result.refused(new TokenRefusal.ParameterRepeated());
      case Result.Refused(Parameters.Refusal.Malformed _) ->
          Result.refused(new TokenRefusal.ContentMalformed());
    };
  }

  /** What the parameters need before the client is authenticated. */
  Result<Parameters, TokenRefusal> check(Parameters parameters) {
    return Result.ok(parameters);
  }

  private Result<ClientRequest, TokenRefusal> authenticate(
      Request request, Parameters parameters, Instant now) {
    return switch (with.clients().authenticate(request, parameters, now)) {
      case Result.Ok(RegisteredClient client) ->
          Result.ok(new ClientRequest(client, parameters, request.id(), now));
      case Result.Refused(ClientRefusal refusal) ->
          Result.refused(new TokenRefusal.NotAuthenticated(refusal));
    };
  }

  /** Does what the client asks for. Blocks. */
  abstract Result<Reply, TokenRefusal> answer(ClientRequest request);

  private Reply refuse(
      Request request,
      Result<Parameters, TokenRefusal> parameters,
      TokenRefusal reason,
      Instant now) {
    Optional<RateLimited> tooMany = tooMany(request, reason);
    if (tooMany.isPresent()) {
      return ErrorReply.of(tooMany.get());
    }
    String client =
        parameters instanceof Result.Ok(Parameters read)
            ? ClientName.of(request.headers().all("Authorization"), read)
            : "";
    with.audit().record(refused(now, request.id(), client, reason.reason()));
    return reason.reply();
  }

  /** Whether a rate limit is the reason, or is reached by this refusal. */
  Optional<RateLimited> tooMany(Request request, TokenRefusal reason) {
    return reason.slowedDown();
  }

  /**
   * The audit event of a refusal.
   *
   * @param client as the request names it, which may be untrue
   */
  abstract AuditEvent refused(Instant at, String requestId, String client, String reason);
}
