package dev.ostiary.authorization.token;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.client.ClientAuthenticator;
import dev.ostiary.authorization.client.ClientName;
import dev.ostiary.authorization.client.ClientRefusal;
import dev.ostiary.authorization.client.ErrorReply;
import dev.ostiary.authorization.limit.RateLimited;
import dev.ostiary.authorization.limit.TokenLimits;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.http.Access;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Route;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.token.TokenRequest;
import dev.ostiary.protocol.token.TokenResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The token endpoint: trades a code or a refresh token for tokens (OAuth 2.1 §3.2). */
final class TokenEndpoint implements Endpoint {
  private static final System.Logger LOG = System.getLogger(TokenEndpoint.class.getName());

  private final Route route;
  private final ClientAuthenticator clients;
  private final List<GrantExchange> exchanges;
  private final TokenLimits limits;
  private final AuditLog audit;
  private final InstantSource time;

  TokenEndpoint(
      String prefix,
      ClientAuthenticator clients,
      List<GrantExchange> exchanges,
      TokenLimits limits,
      AuditLog audit,
      InstantSource time) {
    this.route = Route.post(prefix + "/token").anyOrigin();
    this.clients = clients;
    this.exchanges = List.copyOf(exchanges);
    this.limits = limits;
    this.audit = audit;
    this.time = time;
  }

  @Override
  public Route route() {
    return route;
  }

  @Override
  public Access access() {
    return Access.CLIENT;
  }

  @Override
  public Reply handle(Request request) {
    try {
      return answer(request);
    } catch (StoreUnavailable trouble) {
      LOG.log(System.Logger.Level.ERROR, "no tokens for request " + request.id(), trouble);
      return ErrorReply.unavailable();
    }
  }

  private Reply answer(Request request) {
    Instant now = time.instant();
    Result<Parameters, TokenRefusal> parameters = parse(request);
    Result<TokenResponse, TokenRefusal> result =
        parameters.then(TokenEndpoint::message).then(message -> trade(request, message, now));
    return switch (result) {
      case Result.Ok(TokenResponse tokens) -> Reply.json(200, tokens.toJson()).noStore();
      case Result.Refused(TokenRefusal reason) -> {
        Optional<RateLimited> tooMany = tooMany(request, reason);
        if (tooMany.isPresent()) {
          yield ErrorReply.of(tooMany.get());
        }
        String client = name(request, parameters);
        audit.record(new AuditEvent.TokenRefused(now, request.id(), client, reason.reason()));
        yield refuse(reason);
      }
    };
  }

  /** Whether a limit is the reason, or is reached by this refusal; the audit stream has enough. */
  private Optional<RateLimited> tooMany(Request request, TokenRefusal reason) {
    return reason
        .slowedDown()
        .or(() -> reason.isOfGrant() ? Optional.empty() : limits.refused(request));
  }

  /** A form, as OAuth has it, or JSON, which some clients send. */
  private static Result<Parameters, TokenRefusal> parse(Request request) {
    String type = request.headers().first("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    Result<Parameters, Parameters.Refusal> parameters =
        switch (type.split(";", 2)[0].strip()) {
          case "application/x-www-form-urlencoded" -> Parameters.parse(request.body().utf8());
          case "application/json" -> Parameters.parseJson(request.body().bytes());
          default -> null;
        };
    return switch (parameters) {
      case null -> Result.refused(new TokenRefusal.UnknownContentType());
      case Result.Ok(Parameters read) -> Result.ok(read);
      case Result.Refused(Parameters.Refusal.Repeated _) ->
          Result.refused(new TokenRefusal.ParameterRepeated());
      case Result.Refused(Parameters.Refusal.Malformed _) ->
          Result.refused(new TokenRefusal.ContentMalformed());
    };
  }

  private static Result<TokenRequest, TokenRefusal> message(Parameters parameters) {
    return switch (TokenRequest.parse(parameters)) {
      case Result.Ok(TokenRequest message) -> Result.ok(message);
      case Result.Refused(var refusal) -> Result.refused(new TokenRefusal.BadParameter(refusal));
    };
  }

  private Result<TokenResponse, TokenRefusal> trade(
      Request request, TokenRequest message, Instant now) {
    return switch (clients.authenticate(request, message.parameters(), now)) {
      case Result.Refused(ClientRefusal refusal) ->
          Result.refused(new TokenRefusal.NotAuthenticated(refusal));
      case Result.Ok(RegisteredClient client) ->
          find(message.grantType())
              .then(exchange -> exchange.run(message.parameters(), client, request.id(), now));
    };
  }

  private Result<GrantExchange, TokenRefusal> find(String grantType) {
    return exchanges.stream()
        .filter(exchange -> exchange.grantType().toWire().equals(grantType))
        .findFirst()
        .map(Result::<GrantExchange, TokenRefusal>ok)
        .orElseGet(() -> Result.refused(new TokenRefusal.GrantTypeUnknown()));
  }

  private static String name(Request request, Result<Parameters, TokenRefusal> parameters) {
    return parameters instanceof Result.Ok(Parameters read)
        ? ClientName.of(request.headers().all("Authorization"), read)
        : "";
  }

  private static Reply refuse(TokenRefusal reason) {
    return switch (reason) {
      case TokenRefusal.NotAuthenticated(ClientRefusal refusal) -> ErrorReply.of(refusal);
      case TokenRefusal.UpstreamUndecided(var _, Duration retryAfter) ->
          ErrorReply.of(reason.wire())
              .with("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
      default -> ErrorReply.of(reason.wire());
    };
  }
}
