package dev.ostiary.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.hash.BindingHash;
import dev.ostiary.authorization.hash.CodeHash;
import dev.ostiary.authorization.hash.RefreshHash;
import dev.ostiary.authorization.store.AuthorizationCode;
import dev.ostiary.authorization.store.BrowserSession;
import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.GrantFilter;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.store.GrantStore.Rotation;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.authorization.store.SignIn;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.authorization.store.StoredKey;
import dev.ostiary.authorization.store.UpstreamToken;
import dev.ostiary.testkit.SampleClient;
import dev.ostiary.testkit.SampleCode;
import dev.ostiary.testkit.SampleGrant;
import dev.ostiary.testkit.SampleKey;
import dev.ostiary.testkit.SampleSession;
import dev.ostiary.testkit.SampleSignIn;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What forgetting leaves alone, and that it does forget. */
abstract class PurgeContract extends Contract {
  private final GrantStore grants;

  PurgeContract(Store store) {
    super(store);
    grants = store.grants();
  }

  @Test
  void keepsEverythingThatStillCounts() {
    RegisteredClient client = SampleClient.open("a");
    SignIn signIn = SampleSignIn.of("state", "cookie");
    BrowserSession session = SampleSession.of("cookie");
    StoredKey key = SampleKey.of("key", NOW);
    AuthorizationCode code = SampleCode.of("code", "waiting");
    store.clients().add(client);
    store.signIns().add(signIn);
    store.sessions().add(session);
    store.keys().add(key);
    grants.add(code);
    UpstreamToken token =
        store
            .upstreamTokens()
            .keep("github", "1", SampleGrant.SCOPES, key.privateJwk(), NOW, NOW)
            .token();
    Grant grant = inForce(SampleGrant.on("grant", token.id()), "1");

    store.purge(NOW);

    assertThat(store.clients().find(client.id())).contains(client);
    assertThat(store.sessions().find(session.hash(), NOW)).contains(session);
    assertThat(store.keys().all()).containsExactly(key);
    assertThat(grants.find(code.hash())).contains(code);
    assertThat(store.upstreamTokens().find(token.id())).contains(token);
    assertThat(grants.find(grant.id(), NOW)).contains(grant);
    assertThat(store.signIns().take(signIn.state(), BindingHash.of("cookie"), NOW))
        .contains(signIn);
  }

  @Test
  void keepsOldRefreshTokensWhileTheGrantLives() {
    Grant grant = inForce(SampleGrant.of("grant"), "1");
    rotate("1", "2", NOW);
    rotate("2", "3", NOW);
    Instant almostIdle = NOW.plus(IDLE).minus(TICK);
    rotate("3", "4", almostIdle);

    Instant later = almostIdle.plus(Duration.ofDays(1));
    store.purge(later);

    assertThat(rotate("1", "2", later)).isEqualTo(new Rotation.Reused(grant));
    assertThat(rotate("3", "4", later)).isEqualTo(new Rotation.Reused(grant));
    assertThat(rotate("4", "5", later)).isEqualTo(new Rotation.Won(grant));
  }

  @Test
  void forgetsACodeThatExpiredUnused() {
    AuthorizationCode code = SampleCode.of("code", "grant");
    grants.add(code);

    store.purge(code.expiresAt());

    assertThat(grants.find(code.hash())).isEmpty();
    grants.add(code);
  }

  @Test
  void forgetsAnEndedGrantADayAfterItsCodeWasUsed() {
    Grant grant = inForce(SampleGrant.of("grant"), "1");
    rotate("1", "2", NOW);
    grants.end(grant.id(), EndReason.REVOKED, NOW);

    store.purge(NOW.plus(GrantStore.USED_CODE_KEPT));

    assertThat(grants.find(CodeHash.of("code of grant"))).isEmpty();
    inForce(grant, "1");
    assertThat(rotate("1", "2", NOW)).isEqualTo(new Rotation.Won(grant));
  }

  @Test
  void forgetsAnExpiredGrant() {
    Grant grant = inForce(SampleGrant.of("grant"), "1");

    store.purge(grant.expiresAt());

    inForce(grant, "1");
    assertThat(grants.find(RefreshHash.of("1"), NOW)).isPresent();
  }

  @Test
  void forgetsAGrantWhenItsRefreshTokenAndItsAccessTokensHaveExpired() {
    Grant grant = inForce(SampleGrant.of("grant"), "1");
    Instant dead = NOW.plus(IDLE).plus(GrantStore.ACCESS_TOKEN_MOST);

    store.purge(dead.minus(TICK));
    assertThat(grants.find(grant.id(), NOW)).contains(grant);

    Instant late = NOW.plus(IDLE).plus(GrantStore.KEPT_UNUSABLE);
    assertThat(grants.list(GrantFilter.ALL, null, 10, late)).isEmpty();
    store.purge(late);
    assertThat(grants.find(grant.id(), NOW)).isEmpty();
    inForce(grant, "1");
  }

  @Test
  void keepsAGrantThatIsRefreshed() {
    Grant grant = inForce(SampleGrant.of("grant"), "1");
    Instant refreshed = NOW.plus(IDLE).minus(TICK);
    rotate("1", "2", refreshed);

    Instant later = NOW.plus(IDLE).plus(GrantStore.KEPT_UNUSABLE);
    store.purge(later);

    assertThat(rotate("2", "3", later)).isEqualTo(new Rotation.Won(grant));
    store.purge(later.plus(IDLE).plus(GrantStore.KEPT_UNUSABLE));
    assertThat(grants.find(grant.id(), NOW)).isEmpty();
  }

  @Test
  void forgetsAGrantThatEndedBeforeItsCodeWasUsed() {
    AuthorizationCode code = SampleCode.of("code", "grant");
    grants.add(code);
    grants.end(code.grant().id(), EndReason.REVOKED, NOW);

    store.purge(code.expiresAt());

    grants.add(code);
    assertThat(grants.find(code.hash())).contains(code);
  }

  @Test
  void forgetsExpiredSignInsAndSessions() {
    SignIn signIn = SampleSignIn.of("state", "cookie");
    BrowserSession session = SampleSession.of("cookie");
    store.signIns().add(signIn);
    store.sessions().add(session);

    store.purge(session.expiresAt());

    store.signIns().add(signIn);
    store.sessions().add(session);
  }

  @Test
  void forgetsAGrantWithHundredsOfRefreshTokens() {
    Grant grant = inForce(SampleGrant.of("grant"), "1");
    for (int i = 1; i < 300; i++) {
      rotate(String.valueOf(i), String.valueOf(i + 1), NOW);
    }
    Grant other = inForce(SampleGrant.of("other"), "other 1");

    store.purge(grant.expiresAt());

    inForce(grant, "1");
    inForce(other, "other 1");
    for (int i = 1; i < 300; i++) {
      assertThat(rotate(String.valueOf(i), String.valueOf(i + 1), NOW))
          .isEqualTo(new Rotation.Won(grant));
    }
  }

  @Test
  void forgetsHundredsInOneGo() {
    for (int i = 0; i < 600; i++) {
      store.sessions().add(SampleSession.of("cookie " + i));
    }

    store.purge(NOW.plus(SampleSession.LIFETIME));

    for (int i = 0; i < 600; i++) {
      store.sessions().add(SampleSession.of("cookie " + i));
    }
  }
}
