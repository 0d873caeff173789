package dev.ostiary.testkit.store;

import dev.ostiary.authorization.hash.RefreshHash;
import dev.ostiary.authorization.store.AuthorizationCode;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.GrantStore.Redemption;
import dev.ostiary.authorization.store.GrantStore.Rotation;
import dev.ostiary.authorization.store.RotationPolicy;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.testkit.SampleCode;
import dev.ostiary.testkit.SampleTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;

/** What the suites share: a store of their own, and the steps that lead to a refresh token. */
abstract class Contract {
  static final Instant NOW = SampleTime.NOW;
  static final Duration TICK = Duration.ofMillis(1);
  static final Duration IDLE = Duration.ofDays(30);
  static final Duration GRACE = Duration.ofMinutes(10);
  static final RotationPolicy POLICY = new RotationPolicy(GRACE, IDLE);

  final Store store;

  Contract(Store store) {
    this.store = store;
  }

  @AfterEach
  void close() {
    store.close();
  }

  /** Puts a grant in force, with a first refresh token. */
  Grant inForce(Grant grant, String refreshToken) {
    AuthorizationCode code = SampleCode.of("code of " + grant.id(), grant);
    store.grants().add(code);
    store.grants().redeem(code.hash(), RefreshHash.of(refreshToken), IDLE, NOW);
    return grant;
  }

  Redemption redeem(AuthorizationCode code, String first, Instant now) {
    return store.grants().redeem(code.hash(), RefreshHash.of(first), IDLE, now);
  }

  Rotation rotate(String presented, String successor, Instant now) {
    return store.grants().rotate(RefreshHash.of(presented), RefreshHash.of(successor), POLICY, now);
  }
}
