package dev.ostiary.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.store.Sealed;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.authorization.store.UpstreamToken;
import dev.ostiary.authorization.store.UpstreamTokenId;
import dev.ostiary.authorization.store.UpstreamTokenStore;
import dev.ostiary.authorization.store.UpstreamTokenStore.Lease;
import dev.ostiary.requirements.Requirement;
import dev.ostiary.testkit.Race;
import dev.ostiary.testkit.SampleGrant;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
    UpstreamToken token = keep(OLD);
    id = token.id();
    version = token.version();
  }

  @Test
  void leasesAVersionToOneCallerForAWhile() {
    assertThat(lease(version, NOW)).isPresent();
    assertThat(lease(version, NOW)).isEmpty();
    assertThat(lease(version, NOW.plus(LEASE).minus(TICK))).isEmpty();
    assertThat(lease(version, NOW.plus(LEASE))).isPresent();
  }

  @Test
  void leasesNoOtherVersionAndNothingUnknown() {
    assertThat(lease(version - 1, NOW)).isEmpty();
    assertThat(lease(version + 1, NOW)).isEmpty();
    assertThat(tokens.lease(new UpstreamTokenId("another"), version, LEASE, NOW)).isEmpty();
  }

  @Test
  void leasesAgainWhatWasGivenBack() {
    tokens.release(lease());

    assertThat(lease(version, NOW)).isPresent();
  }

  @Test
  void leavesALeaseAloneThatHasPassedToAnotherCaller() {
    Lease ranOut = lease();
    Instant later = NOW.plus(LEASE);
    lease(version, later);

    tokens.release(ranOut);

    assertThat(lease(version, later)).isEmpty();
  }

  @Test
  void leavesTheLeaseOnAnotherVersionAlone() {
    Lease old = lease();
    long fresh = keep(NEW).version();
    lease(fresh, NOW);

    tokens.release(old);

    assertThat(lease(fresh, NOW)).isEmpty();
  }

  @Test
  void replacesTheVersionAndEndsItsLease() {
    Instant expiry = NOW.plus(Duration.ofHours(8));

    assertThat(tokens.replace(lease(), NEW, expiry)).isTrue();

    UpstreamToken token = tokens.find(id).orElseThrow();
    assertThat(token.tokens()).isEqualTo(NEW);
    assertThat(token.expiresAt()).isEqualTo(expiry);
    assertThat(token.version()).isGreaterThan(version);
    assertThat(lease(version, NOW)).isEmpty();
    assertThat(lease(token.version(), NOW)).isPresent();
  }

  @Test
  void replacesOnlyTheVersionThatWasLeased() {
    Lease lease = lease();
    tokens.replace(lease, NEW, null);

    assertThat(tokens.replace(lease, OLD, NOW)).isFalse();
    Lease unknown = new Lease(new UpstreamTokenId("another"), version, lease.holder());
    assertThat(tokens.replace(unknown, OLD, NOW)).isFalse();

    assertThat(tokens.find(id)).map(UpstreamToken::tokens).contains(NEW);
    assertThat(tokens.find(id).orElseThrow().expiresAt()).isNull();
  }

  /** The upstream has killed the old pair: these fresh tokens are the only ones that live. */
  @Test
  @Requirement("G-7")
  void letsTheFirstToBringFreshTokensReplaceAlthoughItsLeaseRanOut() {
    Lease ranOut = lease();
    Lease current = lease(version, NOW.plus(LEASE)).orElseThrow();

    assertThat(tokens.replace(ranOut, NEW, null)).isTrue();

    assertThat(tokens.replace(current, OLD, null)).isFalse();
    assertThat(tokens.find(id)).map(UpstreamToken::tokens).contains(NEW);
  }

  @Test
  void endsTheLeaseWhenFreshTokensAreKept() {
    Lease lease = lease();

    long fresh = keep(NEW).version();

    assertThat(tokens.replace(lease, OLD, null)).isFalse();
    assertThat(lease(fresh, NOW)).isPresent();
  }

  @Test
  @Requirement("G-7")
  void leasesToOneOfMany() throws Exception {
    List<Optional<Lease>> leased = Race.of(() -> lease(version, NOW));

    assertThat(leased).filteredOn(Optional::isPresent).hasSize(1);
  }

  @Test
  @Requirement("G-7")
  void letsOneOfManyReplaceAVersion() throws Exception {
    Lease lease = lease();

    List<Boolean> replaced = Race.of(() -> tokens.replace(lease, NEW, null));

    assertThat(replaced).filteredOn(Boolean::booleanValue).hasSize(1);
  }

  private UpstreamToken keep(Sealed sealed) {
    return tokens.keep("github", "583231", SampleGrant.SCOPES, sealed, NOW, NOW).token();
  }

  private Lease lease() {
    return lease(version, NOW).orElseThrow();
  }

  private Optional<Lease> lease(long version, Instant now) {
    return tokens.lease(id, version, LEASE, now);
  }

  private static Sealed sealed(String text) {
    return Sealed.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
