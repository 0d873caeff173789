package dev.ostiary.authorization.token;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.client.redirect.ValidatedRedirect;
import dev.ostiary.authorization.grant.Grants;
import dev.ostiary.authorization.hash.CodeHash;
import dev.ostiary.authorization.hash.RefreshHash;
import dev.ostiary.authorization.key.AccessTokens;
import dev.ostiary.authorization.key.IssuedAccessToken;
import dev.ostiary.authorization.key.SecretSource;
import dev.ostiary.authorization.limit.TokenLimits;
import dev.ostiary.authorization.model.Lifetimes;
import dev.ostiary.authorization.model.ResourceAliases;
import dev.ostiary.authorization.store.AuthorizationCode;
import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.protocol.GrantType;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import dev.ostiary.protocol.token.CodeTokenRequest;
import dev.ostiary.protocol.token.TokenResponse;
import java.time.Instant;

/**
 * Trades an authorization code (OAuth 2.1 §4.1.3). A code works once. When it comes again with
 * everything right, somebody has what only its client should have, and the grant ends; when
 * something is wrong, nothing ends, or anybody could end grants by guessing (§7.5.3).
 */
final class CodeExchange implements GrantExchange {
  private final GrantStore store;
  private final Grants grants;
  private final AccessTokens accessTokens;
  private final ResourceAliases aliases;
  private final TokenLimits limits;
  private final Lifetimes lifetimes;
  private final SecretSource secrets;
  private final AuditLog audit;

  CodeExchange(
      GrantStore store,
      Grants grants,
      AccessTokens accessTokens,
      ResourceAliases aliases,
      TokenLimits limits,
      Lifetimes lifetimes,
      SecretSource secrets,
      AuditLog audit) {
    this.store = store;
    this.grants = grants;
    this.accessTokens = accessTokens;
    this.aliases = aliases;
    this.limits = limits;
    this.lifetimes = lifetimes;
    this.secrets = secrets;
    this.audit = audit;
  }

  @Override
  public GrantType grantType() {
    return GrantType.AUTHORIZATION_CODE;
  }

  @Override
  public Result<TokenResponse, TokenRefusal> run(
      Parameters parameters, RegisteredClient client, String request, Instant now) {
    return switch (CodeTokenRequest.parse(parameters)) {
      case Result.Refused(var refusal) -> Result.refused(new TokenRefusal.BadParameter(refusal));
      case Result.Ok(CodeTokenRequest message) -> {
        CodeHash hash = CodeHash.of(message.code().reveal());
        yield store
            .find(hash)
            .map(
                code ->
                    GrantExchange.within(limits, code.grant(), request)
                        .then(_ -> decide(code, message, client, aliases)))
            .orElseGet(() -> Result.refused(new TokenRefusal.CodeUnknown()))
            .then(_ -> redeem(hash, client, request, now));
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
      CodeHash code, RegisteredClient client, String request, Instant now) {
    Secret first = new Secret(secrets.next(RefreshExchange.PREFIX));
    RefreshHash hash = RefreshHash.of(first.reveal());
    return switch (store.redeem(code, hash, lifetimes.refreshIdle(), now)) {
      case GrantStore.Redemption.Won(Grant grant) -> {
        audit.record(new AuditEvent.CodeRedeemed(now, request, grant.id(), client.id()));
        IssuedAccessToken token = accessTokens.issue(grant, grant.scopes(), now);
        yield Result.ok(new TokenResponse(token.token(), token.expiresIn(), first, grant.scopes()));
      }
      case GrantStore.Redemption.Replayed(Grant grant) -> {
        audit.record(new AuditEvent.CodeReplayed(now, request, grant.id(), client.id()));
        grants.end(grant, EndReason.CODE_REPLAYED, request, now);
        yield Result.refused(new TokenRefusal.CodeReplayed(grant.id()));
      }
      case GrantStore.Redemption.Unknown() -> Result.refused(new TokenRefusal.CodeUnknown());
    };
  }
}
