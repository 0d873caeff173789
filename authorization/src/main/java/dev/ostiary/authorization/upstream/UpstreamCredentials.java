package dev.ostiary.authorization.upstream;

import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import java.time.Duration;

/** The upstream tokens behind our grants, fresh when they are handed out. Blocks. */
public interface UpstreamCredentials {
  /** The tokens for a grant, refreshed first if they are about to expire. */
  Result<UpstreamTokenResponse, Refusal> find(GrantId grant);

  /**
   * Other tokens than those the upstream has just refused: newer ones, or refreshed ones. If there
   * can be none, the grant ends.
   */
  Result<UpstreamTokenResponse, Refusal> renew(GrantId grant, UpstreamTokenResponse refused);

  /**
   * Tokens for a grant after a server other than the upstream has refused these: newer ones;
   * refreshed ones if the upstream does not honour these any more; the same if it does, or cannot
   * be asked. If the upstream honours none, the grant ends.
   */
  Result<UpstreamTokenResponse, Refusal> reconsider(GrantId grant, Secret refused);

  /** Why there are none. */
  sealed interface Refusal {
    /** The grant has ended; the user has to sign in again. */
    record SignInAgain() implements Refusal {}

    /**
     * Not at present: the upstream cannot be asked, and has not stood by the user for too long.
     *
     * @param retryAfter when it may be otherwise
     */
    record Unavailable(Duration retryAfter) implements Refusal {
      /** When nothing is known about how long it takes. */
      public static final Duration SOON = Duration.ofMinutes(1);
    }
  }
}
