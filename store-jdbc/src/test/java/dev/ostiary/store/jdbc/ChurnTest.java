package dev.ostiary.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.hash.RefreshHash;
import dev.ostiary.authorization.store.AuthorizationCode;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.GrantFilter;
import dev.ostiary.authorization.store.RotationPolicy;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.store.jdbc.sql.Columns;
import dev.ostiary.testkit.SampleClient;
import dev.ostiary.testkit.SampleCode;
import dev.ostiary.testkit.SampleGrant;
import dev.ostiary.testkit.SampleTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients and users that come, refresh for a while, and never come back. */
final class ChurnTest {
  private static final Duration IDLE = Duration.ofDays(30);
  private static final Duration ROUND = Duration.ofDays(70);
  private static final int ROUNDS = 6;
  private static final int GRANTS = 500;

  @TempDir private Path directory;

  @Test
  void leavesAStoreOfTheSameSize() {
    long[] pages = new long[ROUNDS];
    try (SqliteStore store = SqliteStore.open(directory)) {
      Instant now = SampleTime.NOW;
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < GRANTS; i++) {
          signInAndRefresh(store, round + "." + i, now);
        }
        now = now.plus(ROUND);
        store.purge(now);
        store.clients().forgetUnused(now.minus(IDLE), now);
        pages[round] = pages(store);
        assertThat(store.grants().list(GrantFilter.ALL, null, 10, now)).isEmpty();
        assertThat(store.clients().list(null, 10)).isEmpty();
      }
    }
    assertThat(pages[ROUNDS - 1]).isLessThanOrEqualTo(pages[1] * 11 / 10);
  }

  private static void signInAndRefresh(SqliteStore store, String name, Instant now) {
    store.clients().add(SampleClient.open("client " + name));
    Grant sample = SampleGrant.to(new ClientId("client " + name), "grant " + name);
    Grant grant =
        new Grant(
            sample.id(),
            sample.client(),
            sample.subject(),
            sample.userName(),
            sample.scopes(),
            sample.resource(),
            null,
            now,
            now.plus(SampleGrant.LIFETIME),
            sample.clientAuthentication());
    AuthorizationCode code = SampleCode.of("code " + name, grant);
    AuthorizationCode fresh =
        new AuthorizationCode(
            code.hash(),
            grant,
            code.redirectUri(),
            code.codeChallenge(),
            now.plus(SampleCode.LIFETIME));
    store.grants().add(fresh);
    store.grants().redeem(code.hash(), RefreshHash.of(name + " 0"), IDLE, now);
    RotationPolicy policy = new RotationPolicy(Duration.ofMinutes(10), IDLE);
    for (int i = 0; i < 3; i++) {
      store
          .grants()
          .rotate(
              RefreshHash.of(name + " " + i),
              RefreshHash.of(name + " " + (i + 1)),
              policy,
              now.plus(Duration.ofDays(i)));
    }
  }

  private static long pages(SqliteStore store) {
    return store
        .write(statements -> statements.one("PRAGMA page_count", Columns::number))
        .orElseThrow();
  }
}
