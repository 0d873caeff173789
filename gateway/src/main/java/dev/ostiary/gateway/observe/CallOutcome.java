package dev.ostiary.gateway.observe;

/**
 * How an admitted call ended, as far as HTTP tells: an error within JSON-RPC is an answer like any
 * other.
 */
public enum CallOutcome {
  /** Answered to the end, with a status below 400. */
  ANSWERED,
  /** Answered with a status between 400 and 499. */
  REJECTED,
  /** The server answered with a status of 500 or more, or not at all, or broke off. */
  FAILED,
  /** The gateway ended it: the access token or its grant did not last, or there was no room. */
  REFUSED,
  /** The client did not wait for the end. */
  ABANDONED;

  /** What a whole answer with this status is. */
  public static CallOutcome of(int status) {
    if (status >= 500) {
      return FAILED;
    }
    return status >= 400 ? REJECTED : ANSWERED;
  }
}
