package dev.ostiary.gateway.refusal;

import dev.ostiary.gateway.policy.Verdict;
import dev.ostiary.gateway.token.TokenVerifier;
import dev.ostiary.mcp.Admission;
import dev.ostiary.mcp.Message.WellFormed;
import dev.ostiary.mcp.RawJson;
import dev.ostiary.mcp.Revision;
import dev.ostiary.protocol.Scopes;
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

  record NoToken() implements CallRefusal {}

  record MalformedToken(String why) implements CallRefusal {}

  /** The access token is no good anywhere. */
  record BadToken(TokenVerifier.Refusal reason) implements CallRefusal {}

  /** The access token is good, but for another server. */
  record OtherAudience() implements CallRefusal {}

  /** Whose access token it is may not use this server. */
  record UserNotAllowed() implements CallRefusal {}

  /** The backend can do nothing for this person until they have signed in again. */
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
}
