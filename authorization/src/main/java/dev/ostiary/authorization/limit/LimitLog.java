package dev.ostiary.authorization.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Tells the operator that a limit is reached: at most once a minute, or a caller that sends too
 * much would fill the log too.
 */
final class LimitLog {
  private static final System.Logger LOG = System.getLogger(LimitLog.class.getName());
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final String what;
  private final InstantSource time;
  private Instant last = Instant.EPOCH;
  private long unsaid;

  /**
   * @param what there is too much of, in the plural
   */
  LimitLog(String what, InstantSource time) {
    this.what = what;
    this.time = time;
  }

  /**
   * @param who a name that is no secret: an address, a grant's id, a client's id
   * @param request the id of the request that was too many
   */
  synchronized void reached(String who, String request) {
    Instant now = time.instant();
    if (Duration.between(last, now).abs().compareTo(PAUSE) < 0) {
      unsaid++;
      return;
    }
    LOG.log(
        System.Logger.Level.WARNING,
        "Too many {0}: {1} is told to wait (request {2}; {3} more since the last such line)",
        what,
        who,
        request,
        Long.toString(unsaid));
    last = now;
    unsaid = 0;
  }
}
