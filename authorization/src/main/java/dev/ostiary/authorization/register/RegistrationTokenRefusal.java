package dev.ostiary.authorization.register;

import dev.ostiary.http.Reply;
import dev.ostiary.protocol.BearerToken;
import dev.ostiary.protocol.Challenge;
import dev.ostiary.protocol.OAuthError;
import dev.ostiary.protocol.WireError;

/**
 * Why an initial or a registration access token opens nothing (RFC 6750 §3.1, RFC 7592 §2). A token
 * that is wrong, one of another client, and one of a client that is gone look the same from
 * outside.
 */
enum RegistrationTokenRefusal {
  ABSENT,
  MALFORMED,
  WRONG;

  /** What lets a client register (RFC 7591 §3). */
  static final String INITIAL =
      "the initial access token of this server, which its operator gives out";

  /** What lets a client change its registration (RFC 7592 §2). */
  static final String OF_CLIENT =
      "the registration access token that the client got when it registered";

  static RegistrationTokenRefusal of(BearerToken.Refusal refusal) {
    return switch (refusal) {
      case ABSENT -> ABSENT;
      case MALFORMED -> MALFORMED;
    };
  }

  /**
   * The answer, with the challenge; without credentials there is no error in it.
   *
   * @param token the one that is meant
   */
  Reply reply(String token) {
    return switch (this) {
      case ABSENT ->
          reply(Challenge.unauthenticated(), "this needs " + token + " as a bearer token");
      case MALFORMED -> invalid("Authorization must be Bearer and one token: " + token);
      case WRONG -> invalid("the token is not valid here; this needs " + token);
    };
  }

  private static Reply invalid(String description) {
    return reply(Challenge.invalidToken(description), description);
  }

  private static Reply reply(Challenge challenge, String description) {
    WireError error = new WireError(OAuthError.INVALID_TOKEN, description);
    return Reply.json(error.status(), error.toJson())
        .noStore()
        .with("WWW-Authenticate", challenge.toWire());
  }
}
