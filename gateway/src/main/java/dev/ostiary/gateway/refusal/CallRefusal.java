package dev.ostiary.gateway.refusal;

import dev.ostiary.gateway.observe.RefusalReason;
import dev.ostiary.gateway.policy.Verdict;
import dev.ostiary.http.Reply;
import dev.ostiary.mcp.Admission;
import dev.ostiary.mcp.Message.WellFormed;
import dev.ostiary.mcp.RawJson;
import dev.ostiary.mcp.Revision;
import dev.ostiary.mcp.RpcError;
import dev.ostiary.protocol.Challenge;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.token.AccessTokenRefusal;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Why a call does not reach its backend. */
public sealed interface CallRefusal {
  /** A page that may not call, or a host name that is not ours. */
  record ForeignOrigin() implements CallRefusal {}

  /**
   * A method that is not served, or not for this revision.
   *
   * @param allowed those that are
   */
  record OtherMethod(String method, String allowed) implements CallRefusal {}

  /**
   * There is no access token.
   *
   * @param otherName the address of this server, if the client called it by another name; else null
   */
  record NoToken(@Nullable Resource otherName) implements CallRefusal {}

  record MalformedToken(String why) implements CallRefusal {}

  /** The access token is no good anywhere. */
  record BadToken(AccessTokenRefusal reason) implements CallRefusal {}

  /** The access token is good, but for another server. */
  record OtherAudience() implements CallRefusal {}

  /** Whose access token it is may not use this server. */
  record UserNotAllowed() implements CallRefusal {}

  /** The backend can do nothing for this user until they have signed in again. */
  record SignInAgain() implements CallRefusal {}

  /** The access token was revoked, or its grant ended, while the call was on its way. */
  record TokenRevoked() implements CallRefusal {}

  record NotJson() implements CallRefusal {}

  /**
   * The content is too large, did not arrive, or there is no memory for it.
   *
   * @param status of HTTP
   * @param limit the largest content that is read, in bytes
   */
  record NoContent(int status, int limit) implements CallRefusal {}

  /** Against the rules of the wire. */
  record NotAdmitted(Admission.Refused refused) implements CallRefusal {}

  /**
   * The access token is good, but not for this call.
   *
   * @param needed all that the call needs
   * @param asked what the client is told to ask for
   */
  record ScopeMissing(Scopes needed, Scopes asked, @Nullable RawJson id) implements CallRefusal {
    /**
     * Clients of older revisions ask for the challenge's scopes alone, and would lose what they
     * hold.
     */
    public static ScopeMissing of(
        Scopes needed, Scopes held, Revision revision, @Nullable RawJson id) {
      return new ScopeMissing(needed, revision.isModern() ? needed : held.union(needed), id);
    }
  }

  /**
   * No access token is good for this call, whatever its scopes: another one would not help, so none
   * is asked for.
   */
  record NotAllowed(WellFormed message, Revision revision, Verdict.Denied denied)
      implements CallRefusal {
    /** The reasons only: the message would be long. */
    @Override
    public String toString() {
      return "NotAllowed" + denied.denials().values();
    }
  }

  /** It cannot be found out at present whether it may be made. */
  record Undecided() implements CallRefusal {}

  /** Ostiary ends before the call does. */
  record Stopping() implements CallRefusal {}

  /** There is no room for more work. */
  record Overloaded() implements CallRefusal {}

  /** Our fault. */
  record Broken() implements CallRefusal {}

  /** What the client is told. */
  default Reply reply(RefusalReplies replies) {
    return switch (this) {
      case ForeignOrigin _ ->
          replies
              .forNoScript()
              .error(403, RpcError.invalidRequest("this origin or host may not call"), null);
      case OtherMethod(String method, String allowed) ->
          replies
              .error(405, RpcError.invalidRequest(method + " is not served here"), null)
              .with("Allow", allowed);
      case NoToken(Resource address) ->
          replies.challenge(
              Challenge.unauthenticated(),
              address == null
                  ? "Authentication required"
                  : "This server's address is "
                      + address.value()
                      + "; use exactly this URL in the client");
      case MalformedToken(String why) ->
          replies
              .error(400, RpcError.invalidRequest(why), null)
              .with("WWW-Authenticate", Challenge.invalidRequest(why).toWire());
      case BadToken(AccessTokenRefusal reason) when reason == AccessTokenRefusal.UNAVAILABLE ->
          replies.unavailable();
      case BadToken _, OtherAudience _, TokenRevoked _ ->
          replies.invalidToken("The access token is not valid here, or no longer");
      case UserNotAllowed _ ->
          replies.error(403, RpcError.unauthorized("You may not use this server"), null);
      case SignInAgain _ ->
          replies.invalidToken("The sign-in behind this access token no longer holds");
      case NotJson _ ->
          replies.error(415, RpcError.invalidRequest("the content must be application/json"), null);
      case NoContent(int status, _) when status == 503 -> replies.unavailable();
      case NoContent(int status, int limit) ->
          replies.error(
              status,
              RpcError.invalidRequest(
                  status == 413
                      ? "the content is larger than " + limit + " bytes"
                      : "the content did not arrive as a whole"),
              null);
      case NotAdmitted(Admission.Refused refused) ->
          replies.error(refused.status(), refused.error(), refused.id());
      case ScopeMissing(Scopes needed, Scopes asked, RawJson id) ->
          replies.insufficientScope(needed, asked, id);
      case Overloaded _, Undecided _, Stopping _ -> replies.unavailable();
      case NotAllowed(WellFormed message, Revision revision, Verdict.Denied denied) ->
          DenialReplies.reply(message, revision, denied.denials(), replies.origin());
      case Broken _ -> replies.error(500, RpcError.internal("Internal error"), null);
    };
  }

  /** What an observer is told. */
  default RefusalReason observed() {
    return switch (this) {
      case ForeignOrigin _ -> RefusalReason.FOREIGN_ORIGIN;
      case OtherMethod _ -> RefusalReason.METHOD_NOT_SERVED;
      case NoToken _ -> RefusalReason.NO_TOKEN;
      case MalformedToken _ -> RefusalReason.MALFORMED_TOKEN;
      case BadToken(AccessTokenRefusal reason) ->
          switch (reason) {
            case UNAVAILABLE -> RefusalReason.UNDECIDED;
            case WRONG_AUDIENCE -> RefusalReason.OTHER_AUDIENCE;
            case MALFORMED, BAD_SIGNATURE, WRONG_ISSUER, EXPIRED, REVOKED ->
                RefusalReason.INVALID_TOKEN;
          };
      case OtherAudience _ -> RefusalReason.OTHER_AUDIENCE;
      case UserNotAllowed _ -> RefusalReason.USER_NOT_ALLOWED;
      case SignInAgain _ -> RefusalReason.SIGN_IN_AGAIN;
      case TokenRevoked _ -> RefusalReason.TOKEN_REVOKED;
      case NotJson _ -> RefusalReason.NOT_JSON;
      case NoContent(int status, _) ->
          status == 503 ? RefusalReason.OVERLOADED : RefusalReason.NOT_READ;
      case NotAdmitted _ -> RefusalReason.NOT_ADMITTED;
      case ScopeMissing _ -> RefusalReason.SCOPE_MISSING;
      case NotAllowed _ -> RefusalReason.NOT_ALLOWED;
      case Undecided _ -> RefusalReason.UNDECIDED;
      case Stopping _ -> RefusalReason.STOPPING;
      case Overloaded _ -> RefusalReason.OVERLOADED;
      case Broken _ -> RefusalReason.BROKEN;
    };
  }

  /** What a client can bring about is of no concern to the operator. */
  default Level level() {
    return switch (this) {
      case BadToken(AccessTokenRefusal reason) when reason == AccessTokenRefusal.UNAVAILABLE ->
          Level.WARNING;
      case Overloaded _, Undecided _ -> Level.WARNING;
      case Broken _ -> Level.ERROR;
      default -> Level.DEBUG;
    };
  }
}
