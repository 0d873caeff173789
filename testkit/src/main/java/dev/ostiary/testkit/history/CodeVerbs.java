package dev.ostiary.testkit.history;

import dev.ostiary.authorization.hash.RefreshHash;
import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.GrantStore.Redemption;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.testkit.SampleCode;
import dev.ostiary.testkit.SampleTime;
import java.time.Duration;
import java.util.Optional;

/** Verbs of an authorization code and its grant. */
final class CodeVerbs {
  /** What has become of a grant. */
  enum Grant {
    WAITING,
    IN_FORCE,
    ENDED
  }

  /** Redeems the code. */
  record Redeem(String key, String first) implements Verb<Grant> {
    @Override
    public Object run(Store store) {
      return store
          .grants()
          .redeem(
              SampleCode.of(key, key).hash(),
              RefreshHash.of(first),
              Duration.ofDays(30),
              SampleTime.NOW);
    }

    @Override
    public Optional<Grant> after(Grant before, Object answer) {
      return switch (answer) {
        case Redemption.Won _ when before == Grant.WAITING -> Optional.of(Grant.IN_FORCE);
        case Redemption.Replayed _ when before == Grant.IN_FORCE -> Optional.of(before);
        case Redemption.Unknown _ when before == Grant.ENDED -> Optional.of(before);
        default -> Optional.empty();
      };
    }
  }

  /** Ends the grant. */
  record End(String key) implements Verb<Grant> {
    @Override
    public Object run(Store store) {
      return store.grants().end(new GrantId(key), EndReason.REVOKED, SampleTime.NOW);
    }

    @Override
    public Optional<Grant> after(Grant before, Object ended) {
      return ended.equals(before != Grant.ENDED) ? Optional.of(Grant.ENDED) : Optional.empty();
    }
  }

  /** Looks whether the grant is in force. */
  record Find(String key) implements Verb<Grant> {
    @Override
    public Object run(Store store) {
      return store.grants().find(new GrantId(key), SampleTime.NOW).isPresent();
    }

    @Override
    public Optional<Grant> after(Grant before, Object found) {
      return found.equals(before == Grant.IN_FORCE) ? Optional.of(before) : Optional.empty();
    }
  }

  private CodeVerbs() {}
}
