package dev.ostiary.authorization.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.FakeBrowser;
import dev.ostiary.authorization.FakeSignIn;
import dev.ostiary.authorization.client.registration.RegistrationPolicy;
import dev.ostiary.authorization.hash.CodeHash;
import dev.ostiary.authorization.hash.RefreshHash;
import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.authorization.store.UpstreamTokenId;
import dev.ostiary.authorization.store.UpstreamTokenStore;
import dev.ostiary.authorization.upstream.StoredUpstreamTokens;
import dev.ostiary.authorization.upstream.UpstreamCredentials.Refusal;
import dev.ostiary.authorization.upstream.UpstreamTokenResponse;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.Result;
import dev.ostiary.requirements.Requirement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class HousekeepingTest {
  private static final Duration UNUSED = RegistrationPolicy.OPEN.unusedClientLifetime();
  private static final Duration IDLE = Duration.ofDays(30);

  private final FakeSignIn server = FakeSignIn.local();
  private final Housekeeping housekeeping = housekeeping();
  private final StoredUpstreamTokens credentials =
      StoredUpstreamTokens.of(
          server.store.grants(),
          server.tokens,
          (grant, reason, now) -> server.store.grants().end(grant.id(), reason, now),
          server.time);

  @Test
  @Requirement("G-11")
  void givesTheUpstreamTokenBackWhenTheLastGrantOnItCannotBeUsedAnyMore() {
    Grant grant = inForce(code());
    server.time.pass(IDLE.plus(GrantStore.ACCESS_TOKEN_MOST).minusMillis(1));
    housekeeping.round();
    assertThat(server.github.revoked).isEmpty();
    assertThat(access(grant)).isEqualTo("upstream-access-1");

    server.time.pass(GrantStore.KEPT_UNUSABLE.minus(GrantStore.ACCESS_TOKEN_MOST));
    housekeeping.round();
    server.time.pass(Duration.ofMillis(1));
    housekeeping.round();

    assertThat(server.github.revoked).containsExactly("upstream-access-1");
    assertThat(server.store.upstreamTokens().find(backing(grant))).isEmpty();
    assertThat(access(grant)).isEqualTo("SignInAgain");
  }

  @Test
  @Requirement("G-11")
  void givesTheUpstreamTokenBackWhenACodeIsNotRedeemed() {
    String code = code();
    Grant grant = server.store.grants().find(CodeHash.of(code)).orElseThrow().grant();
    server.time.pass(Duration.ofMinutes(10));

    housekeeping.round();

    assertThat(server.github.revoked).containsExactly("upstream-access-1");
    assertThat(server.store.upstreamTokens().find(backing(grant))).isEmpty();
    assertThat(server.store.grants().find(CodeHash.of(code))).isEmpty();
  }

  @Test
  @Requirement("G-11")
  void givesTheUpstreamTokenBackLaterWhenTheGrantEndedBeforeItHadSettled() {
    Grant grant = inForce(code());
    server.store.grants().end(grant.id(), EndReason.REVOKED, server.time.instant());
    server.tokens.release(backing(grant), server.time.instant());
    housekeeping.round();
    assertThat(server.github.revoked).isEmpty();

    server.time.pass(UpstreamTokenStore.SETTLING);
    housekeeping.round();

    assertThat(server.github.revoked).containsExactly("upstream-access-1");
  }

  @Test
  void leavesAnUpstreamTokenAloneThatAnotherGrantRestsOn() {
    Grant first = inForce(code());
    server.time.pass(Duration.ofDays(1));
    Grant second = inForce(code());
    server.github.revoked.clear();
    server.time.pass(IDLE.plus(GrantStore.KEPT_UNUSABLE).minusDays(1));

    housekeeping.round();

    assertThat(server.github.revoked).isEmpty();
    assertThat(access(first)).isEqualTo("SignInAgain");
    assertThat(access(second)).isEqualTo("upstream-access-2");
  }

  @Test
  void forgetsClientsThatNobodyUsed() {
    inForce(code());
    server.time.pass(UNUSED);

    housekeeping.round();

    FakeBrowser browser = server.browser();
    Reply unused =
        browser.get(
            "/authorize?" + FakeBrowser.encode(FakeSignIn.request("program", FakeSignIn.PROGRAM)));
    assertThat(unused.status()).isEqualTo(400);
    assertThat(FakeBrowser.html(unused)).contains("program");
    assertThat(server.ask(browser).status()).isEqualTo(200);
  }

  @Test
  void saysOnceThatTroubleBeganAndOnceThatItIsOver() {
    inForce(code());
    server.time.pass(Duration.ofDays(400));
    var broken = new boolean[] {true};
    var troubled =
        new Housekeeping(
            server.store,
            token -> {
              if (broken[0]) {
                throw new StoreUnavailable("the disk is full");
              }
              server.tokens.release(token, server.time.instant());
            },
            _ -> {},
            UNUSED,
            server.time);
    try (var log = new Log(Housekeeping.class)) {
      troubled.round();
      troubled.round();
      broken[0] = false;
      troubled.round();
      troubled.round();

      assertThat(log.levels).containsExactly(Level.SEVERE, Level.INFO);
    }
    assertThat(server.github.revoked).containsExactly("upstream-access-1");
  }

  @Test
  void forgetsNothingWhileTheClockIsFarFromTheNewestRecord() {
    Grant grant = inForce(code());
    try (var log = new Log(ClockAgreement.class)) {
      housekeeping.round();
      assertThat(housekeeping.doubt()).isEmpty();

      server.time.pass(Duration.ofDays(400));
      housekeeping.round();
      housekeeping.round();

      assertThat(housekeeping.doubt())
          .contains("the clock and the newest record are 400 days apart");
      assertThat(server.github.revoked).isEmpty();
      server.time.pass(Duration.ofDays(-400));
      housekeeping.round();
      assertThat(housekeeping.doubt()).isEmpty();
      assertThat(log.levels).containsExactly(Level.WARNING, Level.INFO);
    }
    assertThat(access(grant)).isEqualTo("upstream-access-1");
    assertThat(server.store.clients().find(grant.client())).isPresent();
  }

  @Test
  void trustsAClockThatRunsSteadilyForADay() {
    inForce(code());
    housekeeping.round();
    server.time.pass(Duration.ofDays(400));
    minutes(ClockAgreement.STEADY / 2);
    server.time.pass(Duration.ofDays(2));

    minutes(ClockAgreement.STEADY);
    assertThat(server.github.revoked).isEmpty();
    minutes(1);

    assertThat(server.github.revoked).containsExactly("upstream-access-1");
    assertThat(housekeeping.doubt()).isEmpty();
  }

  private void minutes(int count) {
    for (int i = 0; i < count; i++) {
      server.time.pass(Duration.ofMinutes(1));
      housekeeping.round();
    }
  }

  @Test
  void doesNothingMoreToUpstreamTokensOnceItIsClosed() {
    inForce(code());
    server.time.pass(Duration.ofDays(400));
    housekeeping.close();

    housekeeping.round();

    assertThat(server.github.revoked).isEmpty();
  }

  private Housekeeping housekeeping() {
    return new Housekeeping(
        server.store,
        token -> server.tokens.release(token, server.time.instant()),
        _ -> {},
        UNUSED,
        server.time);
  }

  private String code() {
    return FakeBrowser.answer(server.signIn(server.browser())).getOrDefault("code", "");
  }

  private Grant inForce(String code) {
    Grant grant = server.store.grants().find(CodeHash.of(code)).orElseThrow().grant();
    RefreshHash first = RefreshHash.of("refresh " + code);
    server.store.grants().redeem(CodeHash.of(code), first, IDLE, server.time.instant());
    return grant;
  }

  private static UpstreamTokenId backing(Grant grant) {
    return Objects.requireNonNull(grant.upstreamToken());
  }

  private String access(Grant grant) {
    return switch (credentials.find(grant.id())) {
      case Result.Ok<UpstreamTokenResponse, Refusal>(UpstreamTokenResponse tokens) ->
          tokens.accessToken().reveal();
      case Result.Refused<UpstreamTokenResponse, Refusal>(Refusal refusal) ->
          refusal.getClass().getSimpleName();
    };
  }

  /** What housekeeping logs while this is open. */
  private static final class Log extends Handler implements AutoCloseable {
    private final Logger logger;
    private final List<Level> levels = new ArrayList<>();

    Log(Class<?> of) {
      logger = Logger.getLogger(of.getName());
      logger.addHandler(this);
      logger.setUseParentHandlers(false);
    }

    @Override
    public void publish(LogRecord record) {
      levels.add(record.getLevel());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      logger.removeHandler(this);
      logger.setUseParentHandlers(true);
    }
  }
}
