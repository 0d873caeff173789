package dev.ostiary.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.gateway.SampleGateway;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Subject;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TokenCacheTest {
  private static final Instant NOW = SampleGateway.NOW;
  private static final int LIMIT = 16;

  private final TokenCache cache = new TokenCache(LIMIT);

  @Test
  void findsWhatItKept() {
    assertThat(keep("a", 60)).isTrue();

    assertThat(cache.find(TokenHash.of("a"), NOW)).isNotNull();
    assertThat(cache.find(TokenHash.of("b"), NOW)).isNull();
  }

  @Test
  void findsNothingThatHasExpired() {
    keep("a", 60);

    assertThat(cache.find(TokenHash.of("a"), NOW.plusSeconds(59))).isNotNull();
    assertThat(cache.find(TokenHash.of("a"), NOW.plusSeconds(60))).isNull();
  }

  @Test
  void keepsNothingFromBeforeAGrantEnded() {
    long before = cache.epoch();
    cache.drop(new GrantId("any"));

    assertThat(cache.keep(TokenHash.of("a"), token("a", 60), before, NOW)).isFalse();
    assertThat(cache.find(TokenHash.of("a"), NOW)).isNull();
  }

  @Test
  void dropsTheTokenThatWasRevokedAndNoOther() {
    keep("a", 60);
    keep("b", 60);

    cache.drop("a");

    assertThat(cache.find(TokenHash.of("a"), NOW)).isNull();
    assertThat(cache.find(TokenHash.of("b"), NOW)).isNotNull();
  }

  @Test
  void keepsNothingFromBeforeATokenWasRevoked() {
    long before = cache.epoch();
    cache.drop("a");

    assertThat(cache.keep(TokenHash.of("a"), token("a", 60), before, NOW)).isFalse();
  }

  @Test
  void neverHoldsMoreThanItsLimit() {
    for (int i = 0; i < 10 * LIMIT; i++) {
      keep("token" + i, 60);
    }

    int held = 0;
    for (int i = 0; i < 10 * LIMIT; i++) {
      held += cache.find(TokenHash.of("token" + i), NOW) == null ? 0 : 1;
    }
    assertThat(held).isBetween(LIMIT / 2, LIMIT);
  }

  @Test
  void makesRoomFromWhatHasExpiredFirst() {
    for (int i = 0; i < LIMIT / 2; i++) {
      keep("short" + i, 1);
      keep("long" + i, 60);
    }
    Instant later = NOW.plusSeconds(2);
    cache.keep(TokenHash.of("new"), token("new", 60), cache.epoch(), later);

    for (int i = 0; i < LIMIT / 2; i++) {
      assertThat(cache.find(TokenHash.of("long" + i), later)).isNotNull();
    }
  }

  private boolean keep(String token, int seconds) {
    return cache.keep(TokenHash.of(token), token(token, seconds), cache.epoch(), NOW);
  }

  private static VerifiedToken token(String token, int seconds) {
    Caller caller =
        new Caller(new Subject("github:1"), new ClientId("cli"), new GrantId(token), Scopes.none());
    return new VerifiedToken(token, caller, SampleGateway.RESOURCE, NOW.plusSeconds(seconds));
  }
}
