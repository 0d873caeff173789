package dev.ostiary.testkit.history;

import dev.ostiary.authorization.hash.RefreshHash;
import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.GrantStore.Rotation;
import dev.ostiary.authorization.store.RefreshToken;
import dev.ostiary.authorization.store.RotationPolicy;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.testkit.SampleTime;
import java.time.Duration;
import java.util.Optional;

/** Verbs of a family of refresh tokens; what is remembered is its newest generation, 0 if ended. */
final class FamilyVerbs {
  static final int ENDED = 0;
  private static final RotationPolicy POLICY =
      new RotationPolicy(Duration.ofMinutes(10), Duration.ofDays(30));

  /** Rotates the token of this generation. */
  record Rotate(String key, int generation) implements Verb<Integer> {
    @Override
    public Object run(Store store) {
      return store
          .grants()
          .rotate(token(key, generation), token(key, generation + 1), POLICY, SampleTime.NOW);
    }

    @Override
    public Optional<Integer> after(Integer newest, Object answer) {
      return switch (answer) {
        case Rotation.Won _ -> generation == newest ? Optional.of(newest + 1) : Optional.empty();
        case Rotation.Repeated _ -> unchanged(newest, generation == newest - 1);
        case Rotation.Reused _ -> unchanged(newest, generation < newest - 1);
        default -> unchanged(newest, generation > newest);
      };
    }
  }

  /** Finds the token of this generation. */
  record Find(String key, int generation) implements Verb<Integer> {
    @Override
    public Object run(Store store) {
      return store.grants().find(token(key, generation), SampleTime.NOW).map(RefreshToken::newest);
    }

    @Override
    public Optional<Integer> after(Integer newest, Object answer) {
      Optional<Boolean> expected =
          generation > newest ? Optional.empty() : Optional.of(generation == newest);
      return unchanged(newest, answer.equals(expected));
    }
  }

  /** Ends the grant. */
  record End(String key) implements Verb<Integer> {
    @Override
    public Object run(Store store) {
      return store.grants().end(new GrantId(key), EndReason.REVOKED, SampleTime.NOW);
    }

    @Override
    public Optional<Integer> after(Integer newest, Object ended) {
      return ended.equals(newest != ENDED) ? Optional.of(ENDED) : Optional.empty();
    }
  }

  private FamilyVerbs() {}

  static RefreshHash token(String key, int generation) {
    return RefreshHash.of(key + " " + generation);
  }

  private static Optional<Integer> unchanged(Integer newest, boolean possible) {
    return possible ? Optional.of(newest) : Optional.empty();
  }
}
