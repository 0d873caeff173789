package dev.ostiary.testkit.history;

import dev.ostiary.authorization.store.Store;
import dev.ostiary.testkit.SampleTime;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Verbs of the feed of what was revoked; what is remembered are the tokens in it. */
final class FeedVerbs {
  /** Revokes a token. */
  record Revoke(String jti) implements Verb<Set<String>> {
    @Override
    public Object run(Store store) {
      return store
          .revocations()
          .revoke(jti, SampleTime.NOW.plus(Duration.ofHours(1)), SampleTime.NOW);
    }

    @Override
    public Optional<Set<String>> after(Set<String> before, Object revoked) {
      Set<String> after = new HashSet<>(before);
      return revoked.equals(after.add(jti)) ? Optional.of(after) : Optional.empty();
    }
  }

  /** Reads how many entries there have been since an epoch. */
  record Since(long epoch) implements Verb<Set<String>> {
    @Override
    public Object run(Store store) {
      return store.revocations().since(epoch).size();
    }

    @Override
    public Optional<Set<String>> after(Set<String> before, Object entries) {
      return entries.equals(before.size()) ? Optional.of(before) : Optional.empty();
    }
  }

  /** Reads the epoch. */
  record Epoch(long begin) implements Verb<Set<String>> {
    @Override
    public Object run(Store store) {
      return store.revocations().epoch();
    }

    @Override
    public Optional<Set<String>> after(Set<String> before, Object epoch) {
      return epoch.equals(begin + before.size()) ? Optional.of(before) : Optional.empty();
    }
  }

  private FeedVerbs() {}
}
