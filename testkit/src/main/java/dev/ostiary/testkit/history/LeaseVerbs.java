package dev.ostiary.testkit.history;

import dev.ostiary.authorization.store.Sealed;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.authorization.store.UpstreamTokenId;
import dev.ostiary.authorization.store.UpstreamTokenStore.Lease;
import dev.ostiary.testkit.SampleTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Verbs of an upstream token that one caller at a time may refresh. */
final class LeaseVerbs {
  /**
   * What is remembered.
   *
   * @param holder of the lease on this version; empty if there is none
   */
  record Token(long version, String holder) {}

  /** Leases a version, for longer than the test lasts. */
  record Take(UpstreamTokenId id, long version, AtomicReference<Lease> got) implements Verb<Token> {
    @Override
    public Object run(Store store) {
      Optional<Lease> lease =
          store.upstreamTokens().lease(id, version, Duration.ofHours(1), SampleTime.NOW);
      lease.ifPresent(got::set);
      return lease.map(Lease::holder).orElse("");
    }

    @Override
    public Optional<Token> after(Token before, Object answer) {
      String holder = answer.toString();
      boolean free = before.version() == version && before.holder().isEmpty();
      if (free == holder.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(free ? new Token(version, holder) : before);
    }
  }

  /** Replaces what the same client has leased; a client without a lease tries it with none. */
  record Replace(UpstreamTokenId id, long version, AtomicReference<Lease> got)
      implements Verb<Token> {
    @Override
    public Object run(Store store) {
      Sealed fresh = Sealed.of("fresh".getBytes(StandardCharsets.UTF_8));
      return store.upstreamTokens().replace(lease(this), fresh, null);
    }

    @Override
    public Optional<Token> after(Token before, Object replaced) {
      boolean stands = before.version() == version;
      if (!replaced.equals(stands)) {
        return Optional.empty();
      }
      return Optional.of(stands ? new Token(version + 1, "") : before);
    }
  }

  /** Gives back what the same client has leased; the answer is the holder. */
  record Release(UpstreamTokenId id, long version, AtomicReference<Lease> got)
      implements Verb<Token> {
    @Override
    public Object run(Store store) {
      Lease lease = lease(new Replace(id, version, got));
      store.upstreamTokens().release(lease);
      return lease.holder();
    }

    @Override
    public Optional<Token> after(Token before, Object holder) {
      boolean own = before.version() == version && before.holder().equals(holder);
      return Optional.of(own ? new Token(version, "") : before);
    }
  }

  private LeaseVerbs() {}

  private static Lease lease(Replace replace) {
    Lease got = replace.got().get();
    return got == null ? new Lease(replace.id(), replace.version(), "none") : got;
  }
}
