package dev.ostiary.gateway.refusal;

import dev.ostiary.gateway.observe.RefusalReason;
import dev.ostiary.gateway.token.TokenVerifier;

/** What an observer is told of a refusal. */
final class RefusalReasons {
  private RefusalReasons() {}

  static RefusalReason of(CallRefusal refusal) {
    return switch (refusal) {
      case CallRefusal.ForeignOrigin _ -> RefusalReason.FOREIGN_ORIGIN;
      case CallRefusal.OtherMethod _ -> RefusalReason.METHOD_NOT_SERVED;
      case CallRefusal.NoToken _ -> RefusalReason.NO_TOKEN;
      case CallRefusal.MalformedToken _ -> RefusalReason.MALFORMED_TOKEN;
      case CallRefusal.BadToken(TokenVerifier.Refusal reason) ->
          reason == TokenVerifier.Refusal.UNAVAILABLE
              ? RefusalReason.UNDECIDED
              : RefusalReason.INVALID_TOKEN;
      case CallRefusal.OtherAudience _ -> RefusalReason.OTHER_AUDIENCE;
      case CallRefusal.UserNotAllowed _ -> RefusalReason.NOT_A_GUEST;
      case CallRefusal.SignInAgain _ -> RefusalReason.SIGN_IN_AGAIN;
      case CallRefusal.TokenRevoked _ -> RefusalReason.TOKEN_REVOKED;
      case CallRefusal.NotJson _ -> RefusalReason.NOT_JSON;
      case CallRefusal.NoContent(int status, _) ->
          status == 503 ? RefusalReason.OVERLOADED : RefusalReason.NOT_READ;
      case CallRefusal.NotAdmitted _ -> RefusalReason.NOT_ADMITTED;
      case CallRefusal.ScopeMissing _ -> RefusalReason.SCOPE_MISSING;
      case CallRefusal.NotAllowed _ -> RefusalReason.NOT_ALLOWED;
      case CallRefusal.Undecided _ -> RefusalReason.UNDECIDED;
      case CallRefusal.Stopping _ -> RefusalReason.STOPPING;
      case CallRefusal.Overloaded _ -> RefusalReason.OVERLOADED;
      case CallRefusal.Broken _ -> RefusalReason.BROKEN;
    };
  }
}
