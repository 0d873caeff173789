package dev.ostiary.authorization.token;

import dev.ostiary.authorization.client.ClientRefusal;
import dev.ostiary.authorization.client.ErrorReply;
import dev.ostiary.authorization.limit.RateLimited;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.OAuthError;
import dev.ostiary.protocol.ParameterRefusal;
import dev.ostiary.protocol.WireError;
import java.time.Duration;
import java.util.Optional;

/**
 * Why a client gets no tokens, or its token is not revoked or looked at. What it is told says less.
 */
sealed interface TokenRefusal {
  /** The content is neither a form nor JSON. */
  record UnknownContentType() implements TokenRefusal {}

  /** The content cannot be read. */
  record ContentMalformed() implements TokenRefusal {}

  /** A parameter came more than once. */
  record ParameterRepeated() implements TokenRefusal {}

  /** A parameter of the message is missing or misshapen. */
  record BadParameter(ParameterRefusal refusal) implements TokenRefusal {}

  /** The client did not prove who it is. */
  record NotAuthenticated(ClientRefusal refusal) implements TokenRefusal {}

  /** A grant type that nothing here exchanges. */
  record GrantTypeUnknown() implements TokenRefusal {}

  /** The client did not register for this grant type. */
  record GrantTypeNotRegistered() implements TokenRefusal {}

  /** No such code, or it has expired, or its grant has ended. */
  record CodeUnknown() implements TokenRefusal {}

  /** The code was issued to another client. */
  record CodeOfAnotherClient(GrantId grant) implements TokenRefusal {}

  /** The verifier is not the one behind the code challenge. */
  record VerifierMismatch(GrantId grant) implements TokenRefusal {}

  /** The code was sent to another redirect URI. */
  record RedirectMismatch(GrantId grant) implements TokenRefusal {}

  /** The code had been used, and everything else was right. */
  record CodeReplayed(GrantId grant) implements TokenRefusal {}

  /** No such refresh token, or it has expired, or its grant has ended. */
  record RefreshUnknown() implements TokenRefusal {}

  /** The refresh token was issued to another client. */
  record RefreshOfAnotherClient(GrantId grant) implements TokenRefusal {}

  /** The refresh token had been replaced for good. */
  record RefreshReused(GrantId grant) implements TokenRefusal {}

  /** The upstream does not stand behind the grant any more. */
  record UpstreamRevoked(GrantId grant) implements TokenRefusal {}

  /**
   * The upstream has not stood behind the grant for an hour, and cannot be asked.
   *
   * @param retryAfter when it may be otherwise
   */
  record UpstreamUndecided(GrantId grant, Duration retryAfter) implements TokenRefusal {}

  /** The client proved who it is when the grant was made, and needs no proof any more. */
  record ClientWeakened(GrantId grant) implements TokenRefusal {}

  /** The grant is for another resource. */
  record ResourceNotGranted(GrantId grant) implements TokenRefusal {}

  /** The grant has fewer scopes. */
  record ScopeNotGranted(GrantId grant) implements TokenRefusal {}

  /** Too many requests with codes and refresh tokens of this grant. */
  record TooManyRequests(GrantId grant, RateLimited tooMany) implements TokenRefusal {}

  /** The token to revoke was issued to another client, which alone may give it up. */
  record TokenOfAnotherClient(GrantId grant) implements TokenRefusal {}

  /** What the token is cannot be found out at present. */
  record Unavailable() implements TokenRefusal {}

  /** When the client may try again, if all that is wrong is that it tried too often. */
  default Optional<RateLimited> slowedDown() {
    return switch (this) {
      case TooManyRequests(var _, RateLimited tooMany) -> Optional.of(tooMany);
      case NotAuthenticated(ClientRefusal refusal) -> Optional.ofNullable(refusal.tooMany());
      default -> Optional.empty();
    };
  }

  /** Whether the request had a code or a refresh token of a grant, by which it is counted. */
  default boolean isOfGrant() {
    return switch (this) {
      case UnknownContentType _,
          ContentMalformed _,
          ParameterRepeated _,
          BadParameter _,
          NotAuthenticated _,
          GrantTypeUnknown _,
          CodeUnknown _,
          RefreshUnknown _,
          Unavailable _ ->
          false;
      case GrantTypeNotRegistered _,
          CodeOfAnotherClient _,
          VerifierMismatch _,
          RedirectMismatch _,
          CodeReplayed _,
          RefreshOfAnotherClient _,
          RefreshReused _,
          ResourceNotGranted _,
          ScopeNotGranted _,
          UpstreamRevoked _,
          UpstreamUndecided _,
          ClientWeakened _,
          TokenOfAnotherClient _,
          TooManyRequests _ ->
          true;
    };
  }

  /**
   * What the client is told. A code or token that does not work is only that, whatever the cause.
   * RFC 7009 names no code for another client's token; {@code invalid_grant} is what RFC 6749 §5.2
   * calls a token that was issued to another client.
   */
  default WireError wire() {
    return switch (this) {
      case UnknownContentType() ->
          invalidRequest("the content must be application/x-www-form-urlencoded");
      case ContentMalformed() -> invalidRequest("the content cannot be read");
      case ParameterRepeated() -> invalidRequest("a parameter is there more than once");
      case BadParameter(ParameterRefusal.Missing(String name)) ->
          invalidRequest(name + " is missing");
      case BadParameter(ParameterRefusal.Malformed(String name)) ->
          invalidRequest(name + " is malformed");
      case NotAuthenticated(ClientRefusal refusal) -> refusal.wire();
      case GrantTypeUnknown() ->
          new WireError(OAuthError.UNSUPPORTED_GRANT_TYPE, "this grant type is not supported");
      case GrantTypeNotRegistered() ->
          new WireError(
              OAuthError.UNAUTHORIZED_CLIENT, "the client did not register for this grant type");
      case CodeUnknown(),
          CodeOfAnotherClient _,
          VerifierMismatch _,
          RedirectMismatch _,
          CodeReplayed _ ->
          invalidGrant("the code is not valid; sign in again");
      case RefreshUnknown(),
          RefreshOfAnotherClient _,
          RefreshReused _,
          UpstreamRevoked _,
          ClientWeakened _ ->
          invalidGrant("the refresh token is not valid; sign in again");
      case UpstreamUndecided _ ->
          new WireError(
              OAuthError.TEMPORARILY_UNAVAILABLE,
              "the identity provider cannot be asked about the user; the refresh token stays"
                  + " valid");
      case ResourceNotGranted _ ->
          new WireError(OAuthError.INVALID_TARGET, "the grant is not for this resource");
      case ScopeNotGranted _ ->
          new WireError(OAuthError.INVALID_SCOPE, "the grant does not have all these scopes");
      case TokenOfAnotherClient _ -> invalidGrant("the token was not issued to this client");
      case Unavailable() ->
          new WireError(OAuthError.TEMPORARILY_UNAVAILABLE, "the storage does not answer");
      case TooManyRequests(var _, RateLimited tooMany) -> tooMany.wire();
    };
  }

  /** The answer to the client. */
  default Reply reply() {
    return switch (this) {
      case NotAuthenticated(ClientRefusal refusal) -> ErrorReply.of(refusal);
      case Unavailable() -> ErrorReply.unavailable();
      case UpstreamUndecided(var _, Duration retryAfter) ->
          ErrorReply.of(wire())
              .with("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
      default -> ErrorReply.of(wire());
    };
  }

  /** Its name in the audit stream. */
  default String reason() {
    return switch (this) {
      case UnknownContentType() -> "content-type";
      case ContentMalformed() -> "content-malformed";
      case ParameterRepeated() -> "parameter-repeated";
      case BadParameter(ParameterRefusal.Missing(String name)) -> name + "-missing";
      case BadParameter(ParameterRefusal.Malformed(String name)) -> name + "-malformed";
      case NotAuthenticated(ClientRefusal refusal) -> refusal.name();
      case GrantTypeUnknown() -> "grant-type-unknown";
      case GrantTypeNotRegistered() -> "grant-type-not-registered";
      case CodeUnknown() -> "code-unknown";
      case CodeOfAnotherClient _ -> "code-of-another-client";
      case VerifierMismatch _ -> "verifier-mismatch";
      case RedirectMismatch _ -> "redirect-mismatch";
      case CodeReplayed _ -> "code-replayed";
      case RefreshUnknown() -> "refresh-unknown";
      case RefreshOfAnotherClient _ -> "refresh-of-another-client";
      case RefreshReused _ -> "refresh-reused";
      case UpstreamRevoked _ -> "upstream-revoked";
      case UpstreamUndecided _ -> "upstream-undecided";
      case ClientWeakened _ -> "client-weakened";
      case ResourceNotGranted _ -> "resource-not-granted";
      case ScopeNotGranted _ -> "scope-not-granted";
      case TokenOfAnotherClient _ -> "token-of-another-client";
      case Unavailable() -> "unavailable";
      case TooManyRequests _ -> "too-many-requests";
    };
  }

  private static WireError invalidRequest(String description) {
    return new WireError(OAuthError.INVALID_REQUEST, description);
  }

  private static WireError invalidGrant(String description) {
    return new WireError(OAuthError.INVALID_GRANT, description);
  }
}
