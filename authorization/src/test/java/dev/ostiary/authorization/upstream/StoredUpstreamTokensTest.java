package dev.ostiary.authorization.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.FakeBrowser;
import dev.ostiary.authorization.FakeSignIn;
import dev.ostiary.authorization.hash.CodeHash;
import dev.ostiary.authorization.hash.RefreshHash;
import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.UpstreamTokenStore;
import dev.ostiary.authorization.upstream.UpstreamCredentials.Refusal;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Result;
import dev.ostiary.requirements.Requirement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class StoredUpstreamTokensTest {
  private final FakeSignIn server = FakeSignIn.local();
  private final List<GrantId> ended = new ArrayList<>();
  private final StoredUpstreamTokens credentials = node();

  private StoredUpstreamTokens node() {
    return node(server.tokens);
  }

  private StoredUpstreamTokens node(UpstreamTokens tokens) {
    return StoredUpstreamTokens.of(
        server.store.grants(),
        tokens,
        (grant, reason, now) -> {
          assertThat(reason).isEqualTo(EndReason.UPSTREAM_REVOKED);
          if (server.store.grants().end(grant.id(), reason, now)) {
            ended.add(grant.id());
          }
        },
        server.time);
  }

  /** Signs in and redeems the code, so that the grant is in force. */
  private Grant grant() {
    String code = FakeBrowser.answer(server.signIn(server.browser())).getOrDefault("code", "");
    Grant grant = server.store.grants().find(CodeHash.of(code)).orElseThrow().grant();
    server
        .store
        .grants()
        .redeem(
            CodeHash.of(code),
            RefreshHash.of("refresh " + code),
            Duration.ofDays(30),
            server.time.instant());
    return grant;
  }

  private Grant expiringGrant() {
    server.github.refreshable = true;
    server.github.expiresAt = server.time.instant().plus(Duration.ofHours(8));
    Grant grant = grant();
    server.github.expiresAt = server.time.instant().plus(Duration.ofHours(16));
    return grant;
  }

  private static String access(Result<UpstreamTokenResponse, Refusal> result) {
    return result instanceof Result.Ok<UpstreamTokenResponse, Refusal>(UpstreamTokenResponse tokens)
        ? tokens.accessToken().reveal()
        : result.toString();
  }

  private static UpstreamTokenResponse tokens(Result<UpstreamTokenResponse, Refusal> result) {
    return ((Result.Ok<UpstreamTokenResponse, Refusal>) result).value();
  }

  @Test
  @Requirement("G-14")
  void givesTokensThatDoNotExpireAsTheyAre() {
    Grant grant = grant();
    server.time.pass(Duration.ofDays(200));
    assertThat(access(credentials.find(grant.id()))).isEqualTo("upstream-access-1");
    assertThat(server.github.refreshes).hasValue(0);
  }

  @Test
  void endsAGrantWhoseUpstreamIsNotConfiguredAnyMore() {
    Grant grant = grant();
    StoredUpstreamTokens later =
        node(
            UpstreamTokens.of(
                server.store.upstreamTokens(),
                Upstreams.of(server.issuer, List.of(server.corporate)),
                server.key.sealer(),
                Runnable::run));

    assertThat(later.find(grant.id())).isEqualTo(Result.refused(new Refusal.SignInAgain()));
    assertThat(ended).isEmpty();
    assertThat(later.refusal(grant)).contains(new Refusal.SignInAgain());
    assertThat(ended).containsExactly(grant.id());
  }

  @Test
  void givesNothingForAGrantThatIsNotInForce() {
    assertThat(credentials.find(new GrantId("unknown")))
        .isEqualTo(Result.refused(new Refusal.SignInAgain()));
    Grant grant = grant();
    server.store.grants().end(grant.id(), EndReason.REVOKED, server.time.instant());
    assertThat(credentials.find(grant.id())).isEqualTo(Result.refused(new Refusal.SignInAgain()));
  }

  @Test
  @Requirement({"G-14", "A-79"})
  void refreshesAMinuteBeforeTheEnd() {
    Grant grant = expiringGrant();
    server.time.pass(Duration.ofHours(8).minusSeconds(61));
    assertThat(access(credentials.find(grant.id()))).isEqualTo("upstream-access-1");
    server.time.pass(Duration.ofSeconds(1));
    assertThat(access(credentials.find(grant.id()))).isEqualTo("upstream-access-2");
    assertThat(access(credentials.find(grant.id()))).isEqualTo("upstream-access-2");
    assertThat(server.github.refreshes).hasValue(1);
  }

  @Test
  @Requirement("G-7")
  void refreshesOnceHoweverManyAskOnTwoNodes() throws Exception {
    Grant grant = expiringGrant();
    server.time.pass(Duration.ofHours(9));
    server.github.expiresAt = server.time.instant().plus(Duration.ofHours(8));
    StoredUpstreamTokens other = node();
    CountDownLatch start = new CountDownLatch(1);
    CountDownLatch asking = new CountDownLatch(64);
    server.github.duringRefresh = () -> await(asking);
    List<Future<String>> found = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(64)) {
      for (int i = 0; i < 64; i++) {
        StoredUpstreamTokens node = i % 2 == 0 ? credentials : other;
        Callable<String> call =
            () -> {
              start.await();
              asking.countDown();
              return access(node.find(grant.id()));
            };
        found.add(threads.submit(call));
      }
      start.countDown();
      for (Future<String> each : found) {
        assertThat(each.get()).isEqualTo("upstream-access-2");
      }
    }
    assertThat(server.github.refreshes).hasValue(1);
  }

  @Test
  @Requirement("A-79")
  void endsEveryGrantOnTokensThatTheUpstreamHasWithdrawn() {
    Grant first = expiringGrant();
    server.github.refusal = null;
    Grant second = expiringGrant();
    server.github.refusal = new UpstreamRefusal.Rejected("bad_refresh_token");
    server.time.pass(Duration.ofHours(20));
    assertThat(credentials.find(first.id())).isEqualTo(Result.refused(new Refusal.SignInAgain()));
    assertThat(ended).containsExactlyInAnyOrder(first.id(), second.id());
    assertThat(server.store.upstreamTokens().find(Objects.requireNonNull(first.upstreamToken())))
        .isEmpty();
  }

  @Test
  @Requirement({"A-79", "A-78"})
  void leavesOtherUsersAlone() {
    Grant theirs = expiringGrant();
    server.github.userId = "1";
    Grant other = expiringGrant();
    server.time.pass(Duration.ofHours(20));
    server.github.refusal = new UpstreamRefusal.Rejected("bad_refresh_token");
    credentials.find(theirs.id());
    assertThat(ended).containsExactly(theirs.id());
    assertThat(server.store.grants().find(other.id(), server.time.instant())).isPresent();
  }

  @Test
  void isUnavailableWhileTheUpstreamIsAndWorksAgainAfterwards() {
    Grant grant = expiringGrant();
    server.time.pass(Duration.ofHours(9));
    server.github.refusal = new UpstreamRefusal.Unavailable("down");
    assertThat(credentials.find(grant.id()))
        .isEqualTo(Result.refused(new Refusal.Unavailable(Refusal.Unavailable.SOON)));
    assertThat(ended).isEmpty();
    server.github.refusal = null;
    assertThat(access(credentials.find(grant.id()))).isEqualTo("upstream-access-2");
  }

  @Test
  void makesDoWithTheLastMinuteWhileTheUpstreamIsUnavailable() {
    Grant grant = expiringGrant();
    server.time.pass(Duration.ofHours(8).minusSeconds(30));
    server.github.refusal = new UpstreamRefusal.Unavailable("down");
    assertThat(access(credentials.find(grant.id()))).isEqualTo("upstream-access-1");
  }

  @Test
  @Requirement("A-79")
  void renewsRefusedTokensByARefresh() {
    Grant grant = expiringGrant();
    UpstreamTokenResponse refused = tokens(credentials.find(grant.id()));
    assertThat(access(credentials.renew(grant.id(), refused))).isEqualTo("upstream-access-2");
  }

  @Test
  void renewsRefusedTokensByNewerOnesThatAreThereAlready() {
    Grant grant = expiringGrant();
    UpstreamTokenResponse refused = tokens(credentials.find(grant.id()));
    credentials.renew(grant.id(), refused);
    assertThat(access(credentials.renew(grant.id(), refused))).isEqualTo("upstream-access-2");
    assertThat(server.github.refreshes).hasValue(1);
  }

  @Test
  @Requirement("A-79")
  void endsTheGrantWhenRefusedTokensCannotBeRefreshed() {
    Grant grant = grant();
    UpstreamTokenResponse refused = tokens(credentials.find(grant.id()));
    assertThat(credentials.renew(grant.id(), refused))
        .isEqualTo(Result.refused(new Refusal.SignInAgain()));
    assertThat(ended).containsExactly(grant.id());
  }

  @Test
  void reconsidersToTheSameTokensWhileTheUpstreamHonoursThem() {
    Grant grant = expiringGrant();
    UpstreamTokenResponse refused = tokens(credentials.find(grant.id()));
    assertThat(access(credentials.reconsider(grant.id(), refused.accessToken())))
        .isEqualTo("upstream-access-1");
    server.github.checkRefusal = new UpstreamRefusal.Rejected("asked too soon");
    server.time.pass(Duration.ofSeconds(29));
    assertThat(access(credentials.reconsider(grant.id(), refused.accessToken())))
        .isEqualTo("upstream-access-1");
    assertThat(server.github.refreshes).hasValue(0);
    server.time.pass(Duration.ofSeconds(1));
    assertThat(access(credentials.reconsider(grant.id(), refused.accessToken())))
        .isEqualTo("upstream-access-2");
  }

  @Test
  @Requirement({"A-79", "G-7"})
  void reconsidersToNewTokensOnceHoweverManyAsk() throws Exception {
    Grant grant = expiringGrant();
    UpstreamTokenResponse refused = tokens(credentials.find(grant.id()));
    server.github.checkRefusal = new UpstreamRefusal.Rejected("token_refused");
    List<Future<String>> found = new ArrayList<>();
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(64)) {
      for (int i = 0; i < 64; i++) {
        found.add(
            threads.submit(
                () -> {
                  start.await();
                  return access(credentials.reconsider(grant.id(), refused.accessToken()));
                }));
      }
      start.countDown();
      for (Future<String> each : found) {
        assertThat(each.get()).isEqualTo("upstream-access-2");
      }
    }
    assertThat(server.github.refreshes).hasValue(1);
    assertThat(ended).isEmpty();
  }

  @Test
  @Requirement("A-79")
  void reconsidersToTheEndOfTheGrantWhenTheUpstreamHasWithdrawnTheTokens() {
    Grant grant = grant();
    UpstreamTokenResponse refused = tokens(credentials.find(grant.id()));
    server.github.checkRefusal = new UpstreamRefusal.Rejected("token_refused");
    assertThat(credentials.reconsider(grant.id(), refused.accessToken()))
        .isEqualTo(Result.refused(new Refusal.SignInAgain()));
    assertThat(ended).containsExactly(grant.id());
  }

  @Test
  void reconsidersToTheSameTokensWhileTheUpstreamCannotBeAsked() {
    Grant grant = grant();
    UpstreamTokenResponse refused = tokens(credentials.find(grant.id()));
    server.github.checkRefusal = new UpstreamRefusal.Unavailable("down");
    assertThat(access(credentials.reconsider(grant.id(), refused.accessToken())))
        .isEqualTo("upstream-access-1");
    assertThat(ended).isEmpty();
  }

  @Test
  @Requirement("G-11")
  void revokesTheTokensWhenTheLastGrantOnThemHasEnded() {
    Grant first = grant();
    Grant second = grant();
    server.github.revoked.clear();
    server.time.pass(UpstreamTokenStore.SETTLING);
    var id = Objects.requireNonNull(first.upstreamToken());
    assertThat(second.upstreamToken()).isEqualTo(id);

    server.store.grants().end(first.id(), EndReason.REVOKED, server.time.instant());
    server.tokens.release(id, server.time.instant());
    assertThat(server.github.revoked).isEmpty();

    server.store.grants().end(second.id(), EndReason.REVOKED, server.time.instant());
    server.tokens.release(id, server.time.instant());
    assertThat(server.github.revoked).containsExactly("upstream-access-2");
    assertThat(server.store.upstreamTokens().find(id)).isEmpty();
  }

  @Test
  @Requirement("G-11")
  void keepsTheTokensOfASignInThatHasNotMadeItsGrantYet() {
    Grant ending = grant();
    server.time.pass(Duration.ofDays(1));
    var identity = new UpstreamIdentity("583231", "octocat", tokens(credentials.find(ending.id())));
    var id = server.tokens.keep("github", identity, server.time.instant());
    server.store.grants().end(ending.id(), EndReason.REVOKED, server.time.instant());

    server.tokens.release(id, server.time.instant());

    assertThat(server.github.revoked).isEmpty();
    assertThat(server.store.upstreamTokens().find(id)).isPresent();
  }

  @Test
  void leavesALeaseAloneThatHasPassedToAnotherNode() {
    Grant grant = expiringGrant();
    var id = Objects.requireNonNull(grant.upstreamToken());
    UpstreamTokenStore store = server.store.upstreamTokens();
    long version = store.find(id).orElseThrow().version();
    server.time.pass(Duration.ofHours(8));
    server.github.refusal = new UpstreamRefusal.Unavailable("slow");
    server.github.duringRefresh =
        () -> {
          server.time.pass(Duration.ofMinutes(1));
          assertThat(store.lease(id, version, Duration.ofMinutes(1), server.time.instant()))
              .isPresent();
        };

    credentials.find(grant.id());

    assertThat(store.lease(id, version, Duration.ofMinutes(1), server.time.instant())).isEmpty();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
