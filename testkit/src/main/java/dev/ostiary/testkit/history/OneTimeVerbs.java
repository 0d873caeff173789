package dev.ostiary.testkit.history;

import dev.ostiary.authorization.hash.AssertionHash;
import dev.ostiary.authorization.hash.BindingHash;
import dev.ostiary.authorization.hash.StateHash;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.testkit.SampleClient;
import dev.ostiary.testkit.SampleTime;
import java.time.Duration;
import java.util.Optional;

/** Verbs of things that are used once; what is remembered is whether one was. */
final class OneTimeVerbs {
  /** Takes a sign-in. */
  record Take(String key) implements Verb<Boolean> {
    @Override
    public Object run(Store store) {
      return store
          .signIns()
          .take(StateHash.of(key), BindingHash.of("cookie"), SampleTime.NOW)
          .isPresent();
    }

    @Override
    public Optional<Boolean> after(Boolean used, Object won) {
      return once(used, won);
    }
  }

  /** Uses an assertion. */
  record Use(String key) implements Verb<Boolean> {
    @Override
    public Object run(Store store) {
      return store
          .assertions()
          .use(
              AssertionHash.of(SampleClient.ID, key),
              SampleTime.NOW.plus(Duration.ofHours(1)),
              SampleTime.NOW);
    }

    @Override
    public Optional<Boolean> after(Boolean used, Object won) {
      return once(used, won);
    }
  }

  private OneTimeVerbs() {}

  private static Optional<Boolean> once(boolean used, Object won) {
    return won.equals(!used) ? Optional.of(true) : Optional.empty();
  }
}
