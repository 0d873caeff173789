package dev.ostiary.authorization.token;

import dev.ostiary.authorization.client.ErrorReply;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.OAuthError;
import dev.ostiary.protocol.WireError;

/**
 * Why a token is not revoked (RFC 7009 §2.1, §2.2.1). That a token is unknown is no reason: there
 * is nothing left to do.
 */
sealed interface RevocationRefusal {
  /** The request names no token. */
  record TokenMissing() implements RevocationRefusal {}

  /** The token was issued to another client, which alone may give it up. */
  record TokenOfAnotherClient(GrantId grant) implements RevocationRefusal {}

  /** What the token is cannot be found out at present. */
  record Unavailable() implements RevocationRefusal {}

  /**
   * What the client is told. RFC 7009 names no code for another client's token; {@code
   * invalid_grant} is what RFC 6749 §5.2 calls a token that was issued to another client. It tells
   * the caller that the token is good, which whoever has it can find out anyway by using it.
   */
  default Reply reply() {
    return switch (this) {
      case TokenMissing() ->
          ErrorReply.of(new WireError(OAuthError.INVALID_REQUEST, "token is missing"));
      case TokenOfAnotherClient _ ->
          ErrorReply.of(
              new WireError(OAuthError.INVALID_GRANT, "the token was not issued to this client"));
      case Unavailable() -> ErrorReply.unavailable();
    };
  }

  /** Its name in the audit stream. */
  default String reason() {
    return switch (this) {
      case TokenMissing() -> "token-missing";
      case TokenOfAnotherClient _ -> "token-of-another-client";
      case Unavailable() -> "unavailable";
    };
  }
}
