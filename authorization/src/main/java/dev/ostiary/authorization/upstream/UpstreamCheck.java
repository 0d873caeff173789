package dev.ostiary.authorization.upstream;

import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.upstream.UpstreamCredentials.Refusal;
import java.util.Optional;

/** Whether the upstream still stands behind a grant: honours its token and lets its user in. */
@FunctionalInterface
public interface UpstreamCheck {
  /**
   * Asks, unless that has just been done. Not being able to ask is no loss within an hour of the
   * last yes, and no yes after it. Blocks.
   *
   * @return empty if it does; {@link Refusal.SignInAgain} if it does not, and then the grant has
   *     ended
   */
  Optional<Refusal> refusal(Grant grant);
}
