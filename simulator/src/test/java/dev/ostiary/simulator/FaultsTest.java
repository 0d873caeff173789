package dev.ostiary.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.simulator.http.Journal;
import dev.ostiary.simulator.settings.Faults;
import dev.ostiary.simulator.settings.RateLimit;
import dev.ostiary.simulator.settings.SimulatorSettings;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class FaultsTest {
  private final FakeGitHub fake = FakeGitHub.approving();
  private final String token = fake.accessToken("repo");
  private final Faults faults = fake.github.faults();

  @Test
  void replaceTheNextTokenReplyOnce() {
    faults.nextTokenReply(Reply.text(502, "bad gateway"));

    assertThat(fake.tokenReply("").status()).isEqualTo(502);
    assertThat(fake.tokenReply("").status()).isEqualTo(200);
  }

  @Test
  void replaceTheNextApiReplyOnce() {
    faults.nextApiReply(Reply.json(200, "{\"id\": \"broken\"}"));

    assertThat(FakeBrowser.text(fake.get("/user", token))).contains("broken");
    assertThat(FakeBrowser.text(fake.get("/user", token))).contains("octocat");
  }

  @Test
  void endEveryTokenOfAPerson() {
    String other = fake.accessToken("gist");

    faults.revokeAllTokens("octocat");

    assertThat(fake.get("/user", token).status()).isEqualTo(401);
    assertThat(fake.get("/user", other).status()).isEqualTo(401);
  }

  @Test
  void reachThePrimaryRateLimit() {
    faults.rateLimit(new RateLimit.Primary(403));

    Reply reply = fake.get("/user", token);

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.headers().first("x-ratelimit-remaining")).contains("0");
    assertThat(reply.headers().has("x-ratelimit-reset")).isTrue();
    assertThat(reply.headers().has("Retry-After")).isFalse();
  }

  @Test
  void reachTheSecondaryRateLimit() {
    faults.rateLimit(new RateLimit.Secondary(429, Duration.ofSeconds(30)));

    Reply reply = fake.get("/user", token);

    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.headers().first("Retry-After")).contains("30");
    assertThat(reply.headers().first("x-ratelimit-remaining")).isNotEqualTo("0");
    assertThat(FakeBrowser.text(reply)).contains("secondary rate limit");

    faults.rateLimit(new RateLimit.Secondary(403, null));
    assertThat(fake.get("/user", token).headers().has("Retry-After")).isFalse();
  }

  @Test
  void takeEverythingDownUntilItRecovers() {
    faults.unavailable();
    assertThat(fake.get("/user", token).status()).isEqualTo(503);
    assertThat(fake.browser.open("/login").status()).isEqualTo(503);

    faults.recover();
    assertThat(fake.get("/user", token).status()).isEqualTo(200);
  }

  @Test
  void keepAnswersBackAfterTheyTookEffect() {
    String code = fake.code();
    faults.hold();
    Headers headers = Headers.of("Content-Type", "application/x-www-form-urlencoded");
    String form = "client_id=client-1&client_secret=secret-1&code=" + code;

    AtomicReference<Reply> answer =
        FakeBrowser.start(fake.github, "POST", "/login/oauth/access_token", headers, form);
    assertThat(answer.get()).isNull();
    assertThat(faults.heldBack()).isEqualTo(1);

    faults.release();
    assertThat(answer.get()).extracting(Reply::status).isEqualTo(200);
    assertThat(fake.token("code", code).has("error")).isTrue();
  }

  @Test
  void answerFromAnotherThreadWhenSlow() throws InterruptedException {
    faults.answerSlowly(Duration.ofMillis(1));
    CountDownLatch answered = new CountDownLatch(1);
    faults.deliver(answered::countDown);

    assertThat(answered.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void leaveEveryRequestInTheJournal() {
    fake.github.journal().clear();
    fake.get("/user/repos?page=2", token);
    fake.tokenReply("client_id=client-1&code=a%20b");

    Journal.Received call = fake.github.journal().requests("GET", "/api/v3/user/repos").getFirst();
    assertThat(call.headers().first("Authorization")).contains("Bearer " + token);
    assertThat(call.parameter("page")).contains("2");
    Journal.Received exchange =
        fake.github.journal().requests("POST", "/login/oauth/access_token").getFirst();
    assertThat(exchange.field("code")).contains("a b");
    assertThat(exchange.field("client_secret")).isEmpty();
    assertThat(fake.github.journal().requests()).hasSize(2);
    assertThat(call).hasToString("GET /api/v3/user/repos");
  }

  @Test
  void needAnAddressToAnswerAtAll() {
    SimulatedGitHub lost =
        new SimulatedGitHub(SimulatorSettings.of(FakeGitHub.APP), InstantSource.system());
    Reply before = FakeBrowser.exchange(lost, "GET", "/login", Headers.none(), "");
    assertThat(before.status()).isEqualTo(500);

    lost.at(URI.create("http://127.0.0.1:9001/"));
    assertThat(FakeBrowser.exchange(lost, "GET", "/login", Headers.none(), "").status())
        .isEqualTo(200);
  }
}
