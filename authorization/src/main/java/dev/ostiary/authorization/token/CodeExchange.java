package dev.ostiary.authorization.token;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.client.redirect.ValidatedRedirect;
import dev.ostiary.authorization.hash.CodeHash;
import dev.ostiary.authorization.hash.RefreshHash;
import dev.ostiary.authorization.model.ResourceAliases;
import dev.ostiary.authorization.store.AuthorizationCode;
import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.protocol.GrantType;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import dev.ostiary.protocol.token.CodeTokenRequest;
import dev.ostiary.protocol.token.TokenResponse;
import java.time.Instant;

/**
 * Trades an authorization code (OAuth 2.1 §4.1.3). A code works once. When it comes again with
 * everything right, the code has been stolen, and the grant ends; when something is wrong, nothing
 * ends, or anybody could end grants by guessing (§7.5.3).
 */
final class CodeExchange implements GrantExchange {
  private final TokenDependencies with;
  private final ExchangeDependencies exchange;
  private final AccessTokenSupply supply;

  CodeExchange(TokenDependencies with, ExchangeDependencies exchange) {
    this.with = with;
    this.exchange = exchange;
    this.supply = new AccessTokenSupply(with, exchange);
  }

  @Override
  public GrantType grantType() {
    return GrantType.AUTHORIZATION_CODE;
  }

  @Override
  public Result<TokenResponse, TokenRefusal> run(ClientRequest request) {
    return switch (CodeTokenRequest.parse(request.parameters())) {
      case Result.Refused(var refusal) -> Result.refused(new TokenRefusal.BadParameter(refusal));
      case Result.Ok(CodeTokenRequest message) -> {
        CodeHash hash = CodeHash.of(message.code().reveal());
        yield with.store()
            .find(hash)
            .map(
                code ->
                    GrantExchange.within(exchange.limits(), code.grant(), request.requestId())
                        .then(_ -> decide(code, message, request.client(), exchange.aliases())))
            .orElseGet(() -> Result.refused(new TokenRefusal.CodeUnknown()))
            .then(code -> supply.first(code.grant(), request))
            .then(supplied -> redeem(hash, request, supplied));
      }
    };
  }

  /** Whether this client may have what this code is for, as far as can be told from the message. */
  static Result<AuthorizationCode, TokenRefusal> decide(
      AuthorizationCode code,
      CodeTokenRequest message,
      RegisteredClient client,
      ResourceAliases aliases) {
    Grant grant = code.grant();
    if (!grant.client().equals(client.id())) {
      return Result.refused(new TokenRefusal.CodeOfAnotherClient(grant.id()));
    }
    if (grant.isWeakenedBy(client)) {
      return Result.refused(new TokenRefusal.ClientWeakened(grant.id()));
    }
    if (!client.metadata().grantTypes().contains(GrantType.AUTHORIZATION_CODE.toWire())) {
      return Result.refused(new TokenRefusal.GrantTypeNotRegistered());
    }
    if (!message.codeVerifier().challenge().equals(code.codeChallenge())) {
      return Result.refused(new TokenRefusal.VerifierMismatch(grant.id()));
    }
    RedirectUri redirectUri = message.redirectUri();
    if (redirectUri != null && !ValidatedRedirect.areSame(redirectUri, code.redirectUri())) {
      return Result.refused(new TokenRefusal.RedirectMismatch(grant.id()));
    }
    return aliases.allMean(grant.resource(), message.resources())
        ? Result.ok(code)
        : Result.refused(new TokenRefusal.ResourceNotGranted(grant.id()));
  }

  private Result<TokenResponse, TokenRefusal> redeem(
      CodeHash code, ClientRequest request, AccessTokenSupply.Supplied supplied) {
    Instant now = request.at();
    Secret first = new Secret(exchange.secrets().next(RefreshExchange.PREFIX));
    RefreshHash hash = RefreshHash.of(first.reveal());
    return switch (with.store().redeem(code, hash, exchange.lifetimes().refreshIdle(), now)) {
      case GrantStore.Redemption.Won(Grant grant) -> {
        with.audit()
            .record(
                new AuditEvent.CodeRedeemed(
                    now, request.requestId(), grant.id(), request.clientId()));
        yield Result.ok(supplied.with(grant, first));
      }
      case GrantStore.Redemption.Replayed(Grant grant) -> {
        with.audit()
            .record(
                new AuditEvent.CodeReplayed(
                    now, request.requestId(), grant.id(), request.clientId()));
        with.grants().end(grant, EndReason.CODE_REPLAYED, request.requestId(), now);
        yield Result.refused(new TokenRefusal.CodeReplayed(grant.id()));
      }
      case GrantStore.Redemption.Unknown() -> Result.refused(new TokenRefusal.CodeUnknown());
    };
  }
}
