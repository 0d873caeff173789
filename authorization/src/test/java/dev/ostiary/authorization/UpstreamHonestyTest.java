package dev.ostiary.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.client.assertion.FakeKeyHost;
import dev.ostiary.authorization.client.document.FakeHost;
import dev.ostiary.authorization.client.registration.RegistrationPolicy;
import dev.ostiary.authorization.grant.RecordingListener;
import dev.ostiary.authorization.key.MasterKey;
import dev.ostiary.authorization.key.SigningAlgorithm;
import dev.ostiary.authorization.model.Lifetimes;
import dev.ostiary.authorization.model.Limits;
import dev.ostiary.authorization.model.ProtectedServer;
import dev.ostiary.authorization.page.PageSettings;
import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.memory.MemoryStore;
import dev.ostiary.authorization.upstream.UpstreamCredentials;
import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.authorization.upstream.UpstreamTokenResponse;
import dev.ostiary.http.Body;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.requirements.Requirement;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a client still gets when the upstream has had second thoughts about a user. */
class UpstreamHonestyTest {
  private static final MasterKey KEY = key();

  private final MemoryStore store = new MemoryStore();
  private final FakeTime time = new FakeTime();
  private final FakeUpstream github = new FakeUpstream("github");
  private final List<AuditEvent> audit = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService scheduler =
      Executors.newScheduledThreadPool(2, Thread.ofVirtual().factory());
  private final AuthorizationServer server = open();
  private final UpstreamCredentials credentials = server.credentials();

  private AuthorizationServer open() {
    Issuer issuer = new Issuer("http://127.0.0.1:8080");
    ProtectedServer mcp =
        new ProtectedServer(
            "github",
            "GitHub",
            new Resource(issuer.at("/mcp")),
            Scopes.of("read:user"),
            Scopes.of("read:user", "repo"),
            "github");
    if (store.clients().find(new ClientId("local")).isEmpty()) {
      store.clients().add(SampleClient.of("local", FakeSignIn.LOOPBACK));
    }
    return AuthorizationServer.open(
        new AuthorizationSettings(
            issuer,
            List.of(mcp),
            Lifetimes.DEFAULTS,
            SigningAlgorithm.ES256,
            ClientSettings.of(RegistrationPolicy.OFF),
            null,
            Limits.OFF,
            PageSettings.NONE,
            null),
        List.of(github),
        new Dependencies(
            store,
            KEY,
            audit::add,
            FakeKeyHost.none(),
            new FakeHost(),
            Runnable::run,
            scheduler,
            time),
        new RecordingListener());
  }

  private static MasterKey key() {
    try {
      return MasterKey.parse(MasterKey.generate());
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  @AfterEach
  void close() {
    server.close();
    scheduler.shutdownNow();
  }

  private FakeBrowser browser() {
    return new FakeBrowser(server.endpoints(), "127.0.0.1:8080");
  }

  /** Signs in; the client's first refresh token. */
  private String signedIn() {
    FakeBrowser browser = browser();
    Map<String, String> request = FakeSignIn.request("local", FakeSignIn.LOOPBACK);
    Map<String, String> form = FakeBrowser.form(browser.get(FakeSignIn.authorize(request)));
    form.put("decision", "approve");
    Map<String, String> sent = FakeBrowser.answer(browser.post("/consent", form));
    Map<String, String> answer =
        FakeBrowser.answer(browser.get(FakeSignIn.callback(sent.getOrDefault("state", ""))));
    Reply tokens =
        browser.post(
            "/token",
            Map.of(
                "grant_type",
                "authorization_code",
                "client_id",
                "local",
                "code",
                answer.getOrDefault("code", ""),
                "code_verifier",
                FakeSignIn.VERIFIER.value()));
    return json(tokens).path("refresh_token").asString("");
  }

  private Reply refresh(String token) {
    return browser()
        .post(
            "/token",
            Map.of("grant_type", "refresh_token", "client_id", "local", "refresh_token", token));
  }

  private static JsonNode json(Reply reply) {
    return JsonMapper.shared().readTree(((Body.Whole) reply.body()).utf8());
  }

  private GrantId grant() {
    return audit.stream()
        .filter(AuditEvent.GrantCreated.class::isInstance)
        .map(AuditEvent.GrantCreated.class::cast)
        .toList()
        .getLast()
        .grant();
  }

  private boolean isInForce() {
    return store.grants().find(grant(), time.instant()).isPresent();
  }

  private List<EndReason> ended() {
    return audit.stream()
        .filter(AuditEvent.GrantEnded.class::isInstance)
        .map(event -> ((AuditEvent.GrantEnded) event).reason())
        .toList();
  }

  private static void assertSignInAgain(Reply reply) {
    assertThat(reply.status()).isEqualTo(400);
    assertThat(json(reply).path("error").asString("")).isEqualTo("invalid_grant");
  }

  @Nested
  class AtARefresh {
    @Test
    @Requirement("A-79")
    void asksWhetherTheUserIsStillAllowed() {
      String token = signedIn();
      time.pass(Duration.ofHours(1));
      Reply reply = refresh(token);

      assertThat(reply.status()).isEqualTo(200);
      assertThat(github.checks).hasValue(1);
    }

    @Test
    @Requirement({"A-77", "A-78", "A-79"})
    void endsTheGrantOfAUserWhoIsNoLongerAllowed() {
      String token = signedIn();
      time.pass(Duration.ofHours(1));
      github.checkRefusal =
          new UpstreamRefusal.NotAllowed("583231", "octocat", List.of("is not one of the users"));

      assertSignInAgain(refresh(token));
      assertThat(isInForce()).isFalse();
      assertThat(ended()).containsExactly(EndReason.UPSTREAM_REVOKED);
      assertThat(audit)
          .last()
          .isInstanceOfSatisfying(
              AuditEvent.TokenRefused.class,
              event -> assertThat(event.reason()).isEqualTo("upstream-revoked"));
    }

    @Test
    @Requirement("A-79")
    void endsTheGrantWhoseTokenTheUpstreamHasWithdrawn() {
      String token = signedIn();
      time.pass(Duration.ofHours(1));
      github.checkRefusal = new UpstreamRefusal.Rejected("token_refused");

      assertSignInAgain(refresh(token));
      assertThat(ended()).containsExactly(EndReason.UPSTREAM_REVOKED);
    }

    @Test
    void endsTheGrantWhoseTokenIsNowAnotherUsers() {
      String token = signedIn();
      time.pass(Duration.ofHours(1));
      github.userId = "2";

      assertSignInAgain(refresh(token));
      assertThat(isInForce()).isFalse();
    }

    @Test
    void losesNothingWhenTheUpstreamCannotBeAskedAndAsksTheNextTime() {
      String token = signedIn();
      time.pass(Duration.ofHours(1));
      github.checkRefusal = new UpstreamRefusal.Unavailable("down");
      Reply reply = refresh(token);
      assertThat(reply.status()).isEqualTo(200);

      github.checkRefusal =
          new UpstreamRefusal.NotAllowed("583231", "octocat", List.of("is not one of the users"));
      assertSignInAgain(refresh(json(reply).path("refresh_token").asString("")));
    }

    @Test
    void spendsNothingAfterAnHourWithoutAYes() {
      String token = signedIn();
      time.pass(Duration.ofMinutes(61));
      github.checkRefusal =
          new UpstreamRefusal.Limited(true, time.instant().plus(Duration.ofMinutes(20)));

      Reply undecided = refresh(token);
      assertThat(undecided.status()).isEqualTo(503);
      assertThat(undecided.headers().first("Retry-After")).contains("1200");
      assertThat(json(undecided).path("error").asString("")).isEqualTo("temporarily_unavailable");
      assertThat(json(undecided).has("access_token")).isFalse();
      assertThat(isInForce()).isTrue();
      assertThat(audit)
          .last()
          .isInstanceOfSatisfying(
              AuditEvent.TokenRefused.class,
              event -> assertThat(event.reason()).isEqualTo("upstream-undecided"));

      github.checkRefusal = null;
      assertThat(refresh(token).status()).isEqualTo(200);
    }

    @Test
    void isAsStrictWhenTheUpstreamIsDownOrItsTokenCannotBeRefreshed() {
      github.refreshable = true;
      github.expiresAt = time.instant().plus(Duration.ofMinutes(50));
      String token = signedIn();
      github.refusal = new UpstreamRefusal.Unavailable("down");
      github.checkRefusal = new UpstreamRefusal.Unavailable("down");
      time.pass(Duration.ofMinutes(55));
      Reply within = refresh(token);
      time.pass(Duration.ofMinutes(6));
      Reply after = refresh(json(within).path("refresh_token").asString(""));

      assertThat(within.status()).isEqualTo(200);
      assertThat(after.status()).isEqualTo(503);
      assertThat(after.headers().first("Retry-After")).contains("60");
      assertThat(isInForce()).isTrue();
    }

    @Test
    void remembersTheLastYesAcrossARestart() {
      String token = signedIn();
      time.pass(Duration.ofDays(1));
      Reply confirmed = refresh(token);
      github.checkRefusal = new UpstreamRefusal.Unavailable("down");
      time.pass(Duration.ofMinutes(59));

      try (AuthorizationServer restarted = open()) {
        FakeBrowser client = new FakeBrowser(restarted.endpoints(), "127.0.0.1:8080");
        String next = json(confirmed).path("refresh_token").asString("");
        assertThat(
                client
                    .post(
                        "/token",
                        Map.of(
                            "grant_type",
                            "refresh_token",
                            "client_id",
                            "local",
                            "refresh_token",
                            next))
                    .status())
            .isEqualTo(200);
      }
    }

    @Test
    @Requirement("G-7")
    void refreshesTheUpstreamsTokenOnceAndAsksOnceHoweverManyWait() throws Exception {
      github.refreshable = true;
      github.expiresAt = time.instant().plus(Duration.ofHours(8));
      String token = signedIn();
      time.pass(Duration.ofHours(9));
      github.expiresAt = time.instant().plus(Duration.ofHours(8));
      CountDownLatch asking = new CountDownLatch(32);
      github.duringRefresh = () -> await(asking);
      List<Future<Reply>> replies = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(32)) {
        for (int i = 0; i < 32; i++) {
          replies.add(
              threads.submit(
                  () -> {
                    asking.countDown();
                    return refresh(token);
                  }));
        }
      }

      for (Future<Reply> reply : replies) {
        assertThat(reply.get().status()).isEqualTo(200);
      }
      assertThat(github.refreshes).hasValue(1);
      assertThat(github.checks).hasValue(1);
    }
  }

  @Nested
  class InUse {
    private Result<UpstreamTokenResponse, UpstreamCredentials.Refusal> use() {
      return credentials.find(grant());
    }

    @Test
    @Requirement("A-79")
    void asksEveryTenMinutesAndNotMoreOften() {
      signedIn();
      time.pass(Duration.ofMinutes(10).minusSeconds(1));
      use();
      assertThat(github.checks).hasValue(0);
      time.pass(Duration.ofSeconds(1));
      use();
      use();
      assertThat(github.checks).hasValue(1);
      time.pass(Duration.ofMinutes(10));
      use();
      assertThat(github.checks).hasValue(2);
    }

    @Test
    @Requirement({"A-77", "A-79"})
    void endsTheGrantOfAUserWhoHasLeft() {
      signedIn();
      time.pass(Duration.ofMinutes(10));
      github.checkRefusal =
          new UpstreamRefusal.NotAllowed("583231", "octocat", List.of("is not one of the users"));

      assertThat(use()).isEqualTo(Result.refused(new UpstreamCredentials.Refusal.SignInAgain()));
      assertThat(isInForce()).isFalse();
    }

    @Test
    void endsEveryGrantThatRestsOnTheSameTokens() {
      signedIn();
      GrantId first = grant();
      signedIn();
      time.pass(Duration.ofMinutes(10));
      github.checkRefusal =
          new UpstreamRefusal.NotAllowed("583231", "octocat", List.of("is not one of the users"));
      use();

      assertThat(store.grants().find(first, time.instant())).isEmpty();
      assertThat(ended()).containsExactly(EndReason.UPSTREAM_REVOKED, EndReason.UPSTREAM_REVOKED);
    }

    @Test
    void triesFreshTokensBeforeItBelievesThatAllIsLost() {
      github.refreshable = true;
      github.expiresAt = time.instant().plus(Duration.ofHours(8));
      signedIn();
      time.pass(Duration.ofMinutes(10));
      github.checkRefusal = new UpstreamRefusal.Rejected("token_refused");
      github.duringRefresh = () -> github.checkRefusal = null;

      assertThat(use()).isInstanceOf(Result.Ok.class);
      assertThat(github.refreshes).hasValue(1);
      assertThat(isInForce()).isTrue();
    }

    @Test
    void asksAgainAMinuteAfterItCouldNot() {
      signedIn();
      time.pass(Duration.ofMinutes(10));
      github.checkRefusal = new UpstreamRefusal.Unavailable("down");
      assertThat(use()).isInstanceOf(Result.Ok.class);
      time.pass(Duration.ofSeconds(59));
      use();
      assertThat(github.checks).hasValue(1);
      time.pass(Duration.ofSeconds(1));
      use();
      assertThat(github.checks).hasValue(2);
    }

    @Test
    void givesNothingAfterAnHourWithoutAYesUntilThereIsOne() {
      signedIn();
      github.checkRefusal =
          new UpstreamRefusal.Limited(true, time.instant().plus(Duration.ofMinutes(90)));
      time.pass(Duration.ofMinutes(60));
      assertThat(use()).isInstanceOf(Result.Ok.class);
      time.pass(Duration.ofMinutes(1));
      assertThat(use())
          .isEqualTo(
              Result.refused(new UpstreamCredentials.Refusal.Unavailable(Duration.ofMinutes(29))));
      assertThat(use()).isInstanceOf(Result.Refused.class);
      assertThat(isInForce()).isTrue();

      github.checkRefusal = null;
      time.pass(Duration.ofMinutes(1));
      assertThat(use()).isInstanceOf(Result.Ok.class);
    }

    @Test
    void refusesNobodyWhoComesWhileItIsAskedAfterALongTime() throws Exception {
      signedIn();
      time.pass(Duration.ofDays(2));
      List<Future<Result<UpstreamTokenResponse, UpstreamCredentials.Refusal>>> found =
          new ArrayList<>();
      CountDownLatch start = new CountDownLatch(1);
      try (ExecutorService threads = Executors.newFixedThreadPool(32)) {
        for (int i = 0; i < 32; i++) {
          found.add(
              threads.submit(
                  () -> {
                    start.await();
                    return use();
                  }));
        }
        start.countDown();
        for (var each : found) {
          assertThat(each.get()).isInstanceOf(Result.Ok.class);
        }
      }
      assertThat(github.checks).hasValue(1);
    }

    @Test
    void asksOnceWhenManyUseItAtTheSameMoment() throws Exception {
      signedIn();
      time.pass(Duration.ofMinutes(10));
      CountDownLatch others = new CountDownLatch(31);
      github.duringCheck = () -> await(others);
      List<Future<Boolean>> found = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(32)) {
        for (int i = 0; i < 32; i++) {
          found.add(
              threads.submit(
                  () -> {
                    boolean ok = use() instanceof Result.Ok;
                    others.countDown();
                    return ok;
                  }));
        }
      }

      for (Future<Boolean> each : found) {
        assertThat(each.get()).isTrue();
      }
      assertThat(github.checks).hasValue(1);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
