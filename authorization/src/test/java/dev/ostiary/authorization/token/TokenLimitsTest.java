package dev.ostiary.authorization.token;

import static dev.ostiary.authorization.token.FakeTokenServer.CODE;
import static dev.ostiary.authorization.token.FakeTokenServer.SECRET;
import static dev.ostiary.authorization.token.FakeTokenServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.model.Limit;
import dev.ostiary.authorization.model.Limits;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.http.Reply;
import dev.ostiary.requirements.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Limits of 4 a minute by grant, 20 by address, and 6 wrong secrets by address, 5 by client. */
class TokenLimitsTest {
  private static final String HERE = "192.0.2.7";
  private static final String ELSEWHERE = "198.51.100.1";

  private final FakeTokenServer server =
      new FakeTokenServer(
          new Limits(Limit.NONE, Limit.NONE, minutely(4), minutely(20), minutely(6), minutely(5)));

  @Nested
  class OfGrants {
    @Test
    void slowDownARefreshingClientWhereverItIs() {
      String token = server.refreshToken();
      for (int i = 0; i < 3; i++) {
        assertThat(server.refresh(token, Map.of()).status()).isEqualTo(200);
      }

      server.address = ELSEWHERE;
      assertTooMany(server.refresh(token, Map.of()), 15);

      assertThat(server.isInForce("g1")).isTrue();
      server.time.pass(Duration.ofSeconds(15));
      assertThat(server.refresh(token, Map.of()).status()).isEqualTo(200);
    }

    @Test
    void countThroughRotations() {
      String token = server.refreshToken();
      for (int i = 0; i < 3; i++) {
        token = text(server.refresh(token, Map.of()), "refresh_token");
      }

      assertTooMany(server.refresh(token, Map.of()), 15);
    }

    @Test
    void leaveOtherGrantsOfTheSameClientAndAddressAlone() {
      String token = server.refreshToken();
      for (int i = 0; i < 10; i++) {
        server.refresh(token, Map.of());
      }
      server.signedIn("g2", "oc_1", "oac_other");

      assertThat(server.exchange(Map.of("code", "oac_other")).status()).isEqualTo(200);
    }

    @Test
    void countWrongUsesOfACodeAndEndNothing() {
      Grant grant = server.signedIn("g1", "oc_1", CODE);
      for (int i = 0; i < 4; i++) {
        assertThat(server.exchange(Map.of("client_id", "oc_2")).status()).isEqualTo(400);
      }

      assertTooMany(server.exchange(Map.of()), 15);

      server.time.pass(Duration.ofSeconds(15));
      assertThat(server.exchange(Map.of()).status()).isEqualTo(200);
      assertThat(server.isInForce(grant.id().value())).isTrue();
    }
  }

  @Nested
  class OfAddresses {
    @Test
    void slowDownWhoTriesUnknownTokensAndKeepThemOutOfTheAuditStream() {
      for (int i = 0; i < 20; i++) {
        assertThat(server.refresh("ort_guess" + i, Map.of()).status()).isEqualTo(400);
      }
      for (int i = 0; i < 5; i++) {
        assertTooMany(server.refresh("ort_guess", Map.of()), 3);
      }

      assertThat(server.audit.events(AuditEvent.TokenRefused.class)).hasSize(20);
      server.address = ELSEWHERE;
      assertThat(server.refresh("ort_guess", Map.of()).status()).isEqualTo(400);
    }

    @Test
    void countUnknownClientsAndMalformedRequestsToo() {
      for (int i = 0; i < 10; i++) {
        assertThat(server.exchange(Map.of("client_id", "oc_gone")).status()).isEqualTo(401);
        assertThat(server.post("text/plain", "").status()).isEqualTo(400);
      }

      assertTooMany(server.exchange(Map.of("client_id", "oc_gone")), 3);
      assertTooMany(server.post("text/plain", ""), 3);
    }

    @Test
    void keepNobodyFromTheirGrantWhoSharesTheAddress() {
      String token = server.refreshToken();
      for (int i = 0; i < 100; i++) {
        server.refresh("ort_guess", Map.of());
      }

      assertThat(server.refresh(token, Map.of()).status()).isEqualTo(200);
    }
  }

  @Nested
  @Requirement("R-19")
  class OfSecrets {
    @Test
    void compareNoMoreAfterTooManyWrongOnesNotEvenTheRightOne() {
      fail(HERE, "oc_secret", 5);

      assertTooMany(server.withSecret("oc_secret", "ocs_guess"), 12);
      assertTooMany(server.withSecret("oc_secret", SECRET), 12);

      server.time.pass(Duration.ofSeconds(12));
      server.signedIn("g1", "oc_secret", CODE);
      assertThat(server.withSecret("oc_secret", SECRET).status()).isEqualTo(200);
    }

    @Test
    void letTheClientItselfInFromItsOwnAddressDuringAnAttack() {
      fail(HERE, "oc_secret", 5);
      assertTooMany(server.withSecret("oc_secret", "ocs_guess"), 12);
      server.signedIn("g1", "oc_secret", CODE);

      server.address = ELSEWHERE;
      assertThat(server.withSecret("oc_secret", SECRET).status()).isEqualTo(200);
    }

    @Test
    void letAnotherClientInFromTheAddressOfAnAttacker() {
      fail(HERE, "oc_secret", 5);
      fail(HERE, "oc_third", 1);
      assertThat(server.withSecret("oc_third", SECRET).status()).isEqualTo(429);
      server.signedIn("g1", "oc_secret2", CODE);

      assertThat(server.withSecret("oc_secret2", SECRET).status()).isEqualTo(200);
    }

    @Test
    void giveOneGuessToEachFurtherAddress() {
      fail(HERE, "oc_secret", 5);

      for (int i = 1; i < 50; i++) {
        server.address = "198.51.100." + i;
        assertThat(server.withSecret("oc_secret", "ocs_guess").status()).isEqualTo(401);
        assertThat(server.withSecret("oc_secret", SECRET).status()).isEqualTo(429);
      }
    }

    @Test
    void countAnIpv6SubscriberOnce() {
      fail("2001:db8:1:2::1", "oc_secret", 5);

      server.address = "2001:db8:1:2:ffff::2";
      assertTooMany(server.withSecret("oc_secret", SECRET), 12);
      server.address = "2001:db8:1:3::1";
      server.signedIn("g1", "oc_secret", CODE);
      assertThat(server.withSecret("oc_secret", SECRET).status()).isEqualTo(200);
    }

    @Test
    void compareNoMoreAtTheSameTimeThanInARow() throws Exception {
      Callable<Reply> guess = () -> server.withSecret("oc_secret", "ocs_guess");
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<Reply>> replies =
            threads.invokeAll(
                IntStream.range(0, 64).mapToObj(_ -> guess).collect(Collectors.toList()));

        assertThat(replies)
            .extracting(reply -> reply.get().status())
            .filteredOn(status -> status == 401)
            .hasSize(5);
      }
    }

    @Test
    void neverSlowDownAClientThatHasNone() {
      for (int i = 0; i < 15; i++) {
        assertThat(server.withSecret("oc_1", "ocs_guess").status()).isEqualTo(401);
      }
      server.signedIn("g1", "oc_1", CODE);

      assertThat(server.exchange(Map.of()).status()).isEqualTo(200);
    }

    private void fail(String address, String client, int times) {
      server.address = address;
      for (int i = 0; i < times; i++) {
        assertThat(server.withSecret(client, "ocs_guess").status()).isEqualTo(401);
      }
    }
  }

  private static Limit minutely(int requests) {
    return new Limit(requests, Duration.ofMinutes(1), requests);
  }

  private static void assertTooMany(Reply reply, int seconds) {
    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.headers().all("Retry-After")).containsExactly(Integer.toString(seconds));
    assertThat(reply.headers().first("Cache-Control")).contains("no-store");
    assertThat(text(reply, "error")).isEqualTo("temporarily_unavailable");
    assertThat(reply.headers().has("WWW-Authenticate")).isFalse();
  }
}
