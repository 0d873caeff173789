package dev.ostiary.authorization.upstream;

import java.time.Instant;
import java.util.List;

/** Why an upstream did not give us what we asked for. Texts are for operators; none is a secret. */
public sealed interface UpstreamRefusal {
  /** The user said no at the upstream. */
  record Denied() implements UpstreamRefusal {}

  /**
   * The user signed in but is not among those who may.
   *
   * @param userId stable
   * @param userName what the upstream calls them at present
   * @param lacks what would let them in: predicates of sentences about them
   */
  record NotAllowed(String userId, String userName, List<String> lacks) implements UpstreamRefusal {
    public NotAllowed {
      lacks = List.copyOf(lacks);
    }
  }

  /** The upstream wants the user to do something first, such as verifying an e-mail address. */
  record UserMustAct(String what) implements UpstreamRefusal {}

  /** The code or token is unknown, used or expired: the user has to sign in again. */
  record Rejected(String error) implements UpstreamRefusal {}

  /**
   * Our registration at the upstream is wrong: the operator has to correct the configuration.
   *
   * @param error the upstream's
   * @param remedy what to do, in sentences
   */
  record Misconfigured(String error, String remedy) implements UpstreamRefusal {}

  /** The answer came from somewhere else than we asked (RFC 9207). */
  record WrongIssuer() implements UpstreamRefusal {}

  /**
   * It answers no more for the time being, since too much was asked.
   *
   * @param ofUser whether it is this user's own limit that is used up; otherwise it wants
   *     everything to slow down
   */
  record Limited(boolean ofUser, Instant until) implements UpstreamRefusal {}

  /** It cannot be reached, is overloaded, or answers nonsense; trying again later may help. */
  record Unavailable(String what) implements UpstreamRefusal {}
}
