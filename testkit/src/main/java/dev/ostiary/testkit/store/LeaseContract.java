package dev.ostiary.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.store.Sealed;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.authorization.store.UpstreamToken;
import dev.ostiary.authorization.store.UpstreamTokenId;
import dev.ostiary.authorization.store.UpstreamTokenStore;
import dev.ostiary.requirements.Requirement;
import dev.ostiary.testkit.Race;
import dev.ostiary.testkit.SampleGrant;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an {@link UpstreamTokenStore} promises of refreshing tokens. */
abstract class LeaseContract extends Contract {
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Sealed OLD = sealed("old");
  private static final Sealed NEW = sealed("new");

  private final UpstreamTokenStore tokens;
  private final UpstreamTokenId id;
  private final long version;

  LeaseContract(Store store) {
    super(store);
    tokens = store.upstreamTokens();
    UpstreamToken token = tokens.keep("github", "583231", SampleGrant.SCOPES, OLD, NOW).token();
    id = token.id();
    version = token.version();
  }

  @Test
  void leasesAVersionToOneCallerForAWhile() {
    assertThat(lease(version, NOW)).isTrue();
    assertThat(lease(version, NOW)).isFalse();
    assertThat(lease(version, NOW.plus(LEASE).minus(TICK))).isFalse();
    assertThat(lease(version, NOW.plus(LEASE))).isTrue();
  }

  @Test
  void leasesNoOtherVersionAndNothingUnknown() {
    assertThat(lease(version - 1, NOW)).isFalse();
    assertThat(lease(version + 1, NOW)).isFalse();
    assertThat(tokens.lease(new UpstreamTokenId("another"), version, LEASE, NOW)).isFalse();
  }

  @Test
  void leasesAgainWhatWasGivenBack() {
    lease(version, NOW);

    tokens.release(id, version);

    assertThat(lease(version, NOW)).isTrue();
  }

  @Test
  void givesBackNoOtherVersion() {
    lease(version, NOW);

    tokens.release(id, version + 1);

    assertThat(lease(version, NOW)).isFalse();
  }

  @Test
  void replacesTheVersionAndEndsItsLease() {
    Instant expiry = NOW.plus(Duration.ofHours(8));
    lease(version, NOW);

    assertThat(tokens.replace(id, version, NEW, expiry)).isTrue();

    UpstreamToken token = tokens.find(id).orElseThrow();
    assertThat(token.tokens()).isEqualTo(NEW);
    assertThat(token.expiresAt()).isEqualTo(expiry);
    assertThat(token.version()).isGreaterThan(version);
    assertThat(lease(version, NOW)).isFalse();
    assertThat(lease(token.version(), NOW)).isTrue();
  }

  @Test
  void replacesOnlyTheVersionThatWasRead() {
    tokens.replace(id, version, NEW, null);

    assertThat(tokens.replace(id, version, OLD, NOW)).isFalse();
    assertThat(tokens.replace(new UpstreamTokenId("another"), version, OLD, NOW)).isFalse();

    assertThat(tokens.find(id)).map(UpstreamToken::tokens).contains(NEW);
    assertThat(tokens.find(id).orElseThrow().expiresAt()).isNull();
  }

  @Test
  void endsTheLeaseWhenFreshTokensAreKept() {
    lease(version, NOW);

    long fresh = tokens.keep("github", "583231", SampleGrant.SCOPES, NEW, null).token().version();

    assertThat(tokens.replace(id, version, OLD, null)).isFalse();
    assertThat(lease(fresh, NOW)).isTrue();
  }

  @Test
  @Requirement("G-7")
  void leasesToOneOfMany() throws Exception {
    List<Boolean> leased = Race.of(() -> lease(version, NOW));

    assertThat(leased).filteredOn(Boolean::booleanValue).hasSize(1);
  }

  @Test
  @Requirement("G-7")
  void letsOneOfManyReplaceAVersion() throws Exception {
    List<Boolean> replaced = Race.of(() -> tokens.replace(id, version, NEW, null));

    assertThat(replaced).filteredOn(Boolean::booleanValue).hasSize(1);
  }

  private boolean lease(long version, Instant now) {
    return tokens.lease(id, version, LEASE, now);
  }

  private static Sealed sealed(String text) {
    return Sealed.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
