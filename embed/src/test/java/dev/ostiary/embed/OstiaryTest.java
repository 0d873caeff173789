package dev.ostiary.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.client.registration.RegistrationPolicy;
import dev.ostiary.authorization.key.MasterKey;
import dev.ostiary.authorization.key.SigningAlgorithm;
import dev.ostiary.authorization.model.Lifetimes;
import dev.ostiary.authorization.operate.KnownClient;
import dev.ostiary.authorization.store.memory.MemoryStore;
import dev.ostiary.embed.config.ClientEntry;
import dev.ostiary.embed.config.ConnectorServer;
import dev.ostiary.embed.config.InvalidConfig;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.embed.config.ServerEntry;
import dev.ostiary.embed.config.Tokens;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Secret;
import dev.ostiary.requirements.Requirement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class OstiaryTest {
  private static final OstiaryConfig CONFIG = SampleConfig.at("https://mcp.example.com");

  @Test
  void tellsAClientWithoutATokenWhereToSignIn() throws Exception {
    try (RunningOstiary running = new RunningOstiary(CONFIG)) {
      Reply reply = running.post("/mcp");

      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.headers().first("WWW-Authenticate").orElseThrow())
          .contains("https://mcp.example.com/.well-known/oauth-protected-resource/mcp");
    }
  }

  @Test
  void servesEveryServerUnderItsOwnPath() throws Exception {
    OstiaryConfig two =
        CONFIG.servers(
            Map.of(
                "code", new ServerEntry(new ConnectorServer("github"), "/code/mcp"),
                "docs", new ServerEntry(new ConnectorServer("github"), "/elsewhere")));

    try (RunningOstiary running = new RunningOstiary(two)) {
      for (String path : List.of("/code/mcp", "/elsewhere")) {
        assertThat(running.post(path).status()).isEqualTo(401);
        assertThat(FakeExchange.text(running.get("/.well-known/oauth-protected-resource" + path)))
            .contains("\"resource\":\"https://mcp.example.com" + path + "\"");
      }
      assertThat(running.post("/mcp").status()).isEqualTo(404);
    }
  }

  @Test
  void livesBelowAPathWhenItsUrlHasOne() throws Exception {
    try (RunningOstiary running = new RunningOstiary(SampleConfig.at("https://example.com/door"))) {
      Reply reply = running.post("/door/mcp");

      assertThat(reply.headers().first("WWW-Authenticate").orElseThrow())
          .contains("https://example.com/.well-known/oauth-protected-resource/door/mcp");
      assertThat(FakeExchange.text(running.get("/.well-known/oauth-authorization-server/door")))
          .contains("\"token_endpoint\":\"https://example.com/door/token\"");
      assertThat(running.get("/door/token").status()).isEqualTo(405);
      assertThat(running.get("/door/ready").status()).isEqualTo(200);
    }
  }

  @Test
  void answersToNoOtherHostName() throws Exception {
    try (RunningOstiary running = new RunningOstiary(CONFIG)) {
      Reply reply = FakeExchange.get(running.ostiary().service(), "evil.example.com", "/ready");

      assertThat(reply.status()).isEqualTo(421);
    }
  }

  @Test
  void neitherServesNorAdvertisesRegistrationThatIsSwitchedOff() throws Exception {
    try (RunningOstiary open = new RunningOstiary(CONFIG);
        RunningOstiary closed = new RunningOstiary(CONFIG.registration(RegistrationPolicy.OFF))) {
      assertThat(open.post("/register").status()).isEqualTo(201);
      assertThat(metadata(open)).contains("registration_endpoint");
      assertThat(closed.post("/register").status()).isEqualTo(404);
      assertThat(metadata(closed)).doesNotContain("registration_endpoint");
    }
  }

  @Test
  void letsOnlyThoseRegisterWhoHaveTheInitialAccessToken() throws Exception {
    OstiaryConfig guarded =
        CONFIG.registration(RegistrationPolicy.withInitialAccessToken(new Secret("let-me-in")));

    try (RunningOstiary running = new RunningOstiary(guarded)) {
      assertThat(running.post("/register").status()).isEqualTo(401);
      assertThat(running.register("Bearer another").status()).isEqualTo(401);
      assertThat(running.register("Bearer let-me-in").status()).isEqualTo(201);
      assertThat(metadata(running)).contains("registration_endpoint");
    }
  }

  @Test
  void forgetsUnusedClientsWhenTheConfigurationSays() {
    assertThat(CONFIG.registration().unusedClientLifetime()).isEqualTo(Duration.ofDays(30));
    assertThat(
            CONFIG
                .registration(new RegistrationPolicy(true, null, Duration.ofHours(12), List.of()))
                .registration()
                .unusedClientLifetime())
        .isEqualTo(Duration.ofHours(12));
  }

  @Test
  @Requirement("A-50")
  void knowsTheClientsOfItsConfiguration() throws Exception {
    OstiaryConfig config =
        CONFIG.clients(
            Map.of(
                "desk", ClientEntry.open("Desk", "http://127.0.0.1/cb"),
                "office",
                    ClientEntry.confidential(
                        "Office", new Secret("s3cr3t"), "https://office.example.com/cb")));

    try (RunningOstiary running = new RunningOstiary(config)) {
      assertThat(running.ostiary().operator().clients().list().map(KnownClient::id))
          .containsExactly(new ClientId("desk"), new ClientId("office"));
      assertThat(running.exchange("desk", "")).contains("invalid_grant");
      assertThat(running.exchange("office", "s3cr3t")).contains("invalid_grant");
      assertThat(running.exchange("office", "another")).contains("invalid_client");
      assertThat(running.exchange("nobody", "")).contains("invalid_client");
    }
  }

  @Test
  void refusesClientsThatBreakTheRules() throws Exception {
    OstiaryConfig config =
        CONFIG.clients(Map.of("desk", ClientEntry.open("Desk", "http://desk.example.com/cb")));

    assertThatThrownBy(() -> new RunningOstiary(config))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("clients.desk.redirect-uris is http on a host that is not");
  }

  @Test
  void signsWithTheConfiguredAlgorithm() throws Exception {
    Tokens tokens = new Tokens(Lifetimes.DEFAULTS, SigningAlgorithm.RS256);

    try (RunningOstiary running = new RunningOstiary(CONFIG.tokens(tokens))) {
      assertThat(FakeExchange.text(running.get("/.well-known/jwks.json")))
          .contains("\"kty\":\"RSA\"")
          .doesNotContain("\"kty\":\"EC\"");
    }
  }

  @Test
  void recordsWhatHappens() throws Exception {
    List<AuditEvent> events = new ArrayList<>();
    MasterKey key = MasterKey.parse(MasterKey.generate());

    try (MemoryStore store = new MemoryStore();
        Ostiary ostiary = Ostiary.builder(CONFIG, store, key).audit(events::add).build()) {
      FakeExchange.serve(ostiary.service(), "POST", "mcp.example.com", "/register");
    }

    assertThat(events).singleElement().isInstanceOf(AuditEvent.ClientRegistered.class);
  }

  @Test
  void refusesAConfigurationThatBreaksTheRules() throws Exception {
    Lifetimes usual = Lifetimes.DEFAULTS;
    Tokens tooLong =
        new Tokens(
            new Lifetimes(
                Duration.ofHours(1),
                Duration.ofDays(2),
                usual.refreshIdle(),
                usual.grant(),
                usual.refreshGrace(),
                usual.consent(),
                usual.signIn(),
                usual.session()),
            SigningAlgorithm.ES256);
    MasterKey key = MasterKey.parse(MasterKey.generate());

    try (MemoryStore store = new MemoryStore()) {
      Ostiary.Builder builder = Ostiary.builder(CONFIG.tokens(tooLong), store, key);
      assertThatThrownBy(builder::build)
          .isInstanceOf(InvalidConfig.class)
          .hasMessageContaining("tokens.access-token-lifetime must be between 1m and 1d")
          .hasMessageContaining("tokens.code-lifetime must be between 10s and 10m");
    }
  }

  @Nested
  class Readiness {
    @Test
    void isGivenWhenTheStoreAnswers() throws Exception {
      try (RunningOstiary running = new RunningOstiary(CONFIG)) {
        Reply reply = running.get("/ready");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers().first("Cache-Control")).contains("no-store");
      }
    }

    @Test
    void isWithdrawnWithTheReasonWhenTheStoreDoesNot() throws Exception {
      try (RunningOstiary running = new RunningOstiary(CONFIG)) {
        running.store().fallSilent();

        assertThat(running.get("/ready").status()).isEqualTo(503);
        assertThat(FakeExchange.text(running.get("/ready")))
            .isEqualTo("not ready: the storage does not answer\n");
        assertThat(running.get("/health").status()).isEqualTo(200);
      }
    }

    @Test
    void isWithdrawnFirstWhenTheServerStopsAndEverythingIsServedStill() throws Exception {
      try (RunningOstiary running = new RunningOstiary(CONFIG)) {
        running.ostiary().announceStop();

        Reply reply = running.get("/ready");
        assertThat(reply.status()).isEqualTo(503);
        assertThat(FakeExchange.text(reply)).isEqualTo("not ready: this server is shutting down\n");
        assertThat(running.get("/.well-known/oauth-authorization-server").status()).isEqualTo(200);
      }
    }
  }

  @Test
  void keepsEverythingAndSaysSoWhenTheClockIsFarFromTheNewestRecord() throws Exception {
    SettableTime time = new SettableTime();
    try (MemoryStore store = new MemoryStore()) {
      store.seen(time.instant());
      time.pass(Duration.ofDays(400));
      Ostiary.Builder builder =
          Ostiary.builder(CONFIG, store, MasterKey.parse(MasterKey.generate())).time(time);
      try (Ostiary ostiary = builder.build()) {
        Reply reply =
            FakeExchange.get(ostiary.service(), CONFIG.url().uri().getRawAuthority(), "/ready");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(FakeExchange.text(reply))
            .isEqualTo(
                "ready, but the clock and the newest record are 400 days apart: nothing old is"
                    + " deleted\n");
      }
    }
  }

  private static String metadata(RunningOstiary running) {
    return FakeExchange.text(running.get("/.well-known/oauth-authorization-server"));
  }
}
