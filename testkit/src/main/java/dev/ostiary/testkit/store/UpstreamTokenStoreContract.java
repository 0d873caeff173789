package dev.ostiary.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.Sealed;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.authorization.store.UpstreamToken;
import dev.ostiary.authorization.store.UpstreamTokenId;
import dev.ostiary.authorization.store.UpstreamTokenStore;
import dev.ostiary.authorization.store.UpstreamTokenStore.Kept;
import dev.ostiary.authorization.store.UpstreamTokenStore.Lease;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.requirements.Requirement;
import dev.ostiary.testkit.Race;
import dev.ostiary.testkit.SampleCode;
import dev.ostiary.testkit.SampleGrant;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an {@link UpstreamTokenStore} promises of keeping tokens. */
abstract class UpstreamTokenStoreContract extends Contract {
  private static final Scopes SCOPES = Scopes.of("read:user", "repo");
  private static final Instant LONG_AGO = NOW.minus(UpstreamTokenStore.SETTLING);
  private static final Instant EXPIRY = NOW.plus(Duration.ofHours(8));

  private final UpstreamTokenStore tokens;

  UpstreamTokenStoreContract(Store store) {
    super(store);
    tokens = store.upstreamTokens();
  }

  @Test
  void keepsTokensAsTheyCame() {
    Kept kept = tokens.keep("github", "583231", SCOPES, sealed("old"), EXPIRY, NOW);

    UpstreamToken token = kept.token();
    assertThat(kept.replaced()).isNull();
    assertThat(token)
        .isEqualTo(
            new UpstreamToken(
                token.id(),
                "github",
                "583231",
                SCOPES,
                sealed("old"),
                EXPIRY,
                token.version(),
                NOW));
    assertThat(tokens.find(token.id())).contains(token);
    assertThat(tokens.find(new UpstreamTokenId("another"))).isEmpty();
  }

  @Test
  void remembersWhenTheUserWasLastConfirmed() {
    UpstreamToken token = keep("github", "583231", SCOPES, "old");

    tokens.confirm(token.id(), NOW.plusSeconds(60));
    tokens.confirm(token.id(), NOW.plusSeconds(30));

    assertThat(tokens.find(token.id()).orElseThrow().confirmedAt()).isEqualTo(NOW.plusSeconds(60));
    assertThat(tokens.find(token.id()).orElseThrow().version()).isEqualTo(token.version());
  }

  @Test
  void keepsTheConfirmationWhenTheTokensAreReplaced() {
    UpstreamToken token = keep("github", "583231", SCOPES, "old");
    tokens.confirm(token.id(), NOW.plusSeconds(60));
    Lease lease =
        tokens.lease(token.id(), token.version(), Duration.ofSeconds(9), NOW).orElseThrow();
    tokens.replace(lease, sealed("new"), EXPIRY);

    assertThat(tokens.find(token.id()).orElseThrow().confirmedAt()).isEqualTo(NOW.plusSeconds(60));
  }

  @Test
  void keepsTokensThatDoNotExpireAndHaveNoScopes() {
    UpstreamToken token = keep("github", "583231", Scopes.none(), "old");

    assertThat(token.expiresAt()).isNull();
    assertThat(tokens.find(token.id())).contains(token);
  }

  @Test
  @Requirement("G-8")
  void replacesTokensOfTheSameUserAndScopesUnderTheSameId() {
    UpstreamToken old = keep("github", "583231", SCOPES, "old");

    Kept kept =
        tokens.keep("github", "583231", Scopes.of("repo", "read:user"), sealed("new"), EXPIRY, NOW);

    assertThat(kept.replaced()).isEqualTo(sealed("old"));
    assertThat(kept.token().id()).isEqualTo(old.id());
    assertThat(kept.token().version()).isGreaterThan(old.version());
    assertThat(kept.token().expiresAt()).isEqualTo(EXPIRY);
    assertThat(tokens.find(old.id())).contains(kept.token());
  }

  @Test
  void keepsOtherUpstreamsUsersAndScopesApart() {
    UpstreamToken token = keep("github", "1", SCOPES, "a");

    assertThat(
            List.of(
                token.id(),
                keep("ghes", "1", SCOPES, "b").id(),
                keep("github", "2", SCOPES, "c").id(),
                keep("github", "1", Scopes.of("repo"), "d").id(),
                keep("github", "1", Scopes.none(), "e").id()))
        .doesNotHaveDuplicates();
    assertThat(tokens.find(token.id())).contains(token);
  }

  @Test
  void keepsOneTokenWhenManySignInAtOnce() throws Exception {
    List<UpstreamToken> kept = Race.of(() -> keep("github", "583231", SCOPES, "new"));

    assertThat(kept.stream().map(UpstreamToken::id).distinct()).hasSize(1);
    assertThat(kept).extracting(UpstreamToken::version).doesNotHaveDuplicates();
  }

  @Test
  void listsTheGrantsInForceThatRestOnATokenAndNoOthers() {
    UpstreamTokenId id = keep("github", "583231", SCOPES, "token").id();
    UpstreamTokenId another = keep("github", "1", SCOPES, "token").id();
    Grant first = inForce(SampleGrant.on("first", id), "1");
    Grant second = inForce(SampleGrant.on("second", id), "2");
    Grant ended = inForce(SampleGrant.on("ended", id), "3");
    inForce(SampleGrant.on("other token", another), "4");
    inForce(SampleGrant.of("no token"), "5");
    store.grants().add(SampleCode.of("waiting", SampleGrant.on("waiting", id)));
    store.grants().end(ended.id(), EndReason.REVOKED, NOW);

    assertThat(tokens.grantsOn(id, NOW)).containsExactlyInAnyOrder(first, second);
    assertThat(tokens.grantsOn(id, first.expiresAt())).isEmpty();
  }

  @Test
  void startsAfreshAfterARemoval() {
    UpstreamToken removed = keep("github", "583231", SCOPES, "old");
    tokens.removeUnused(removed.id(), NOW);

    Kept kept = tokens.keep("github", "583231", SCOPES, sealed("new"), null, NOW);

    assertThat(kept.replaced()).isNull();
    assertThat(kept.token().id()).isNotEqualTo(removed.id());
  }

  /** Keeps tokens that have settled by now. */
  private UpstreamToken keep(String upstream, String user, Scopes scopes, String text) {
    return tokens.keep(upstream, user, scopes, sealed(text), null, LONG_AGO).token();
  }

  private static Sealed sealed(String text) {
    return Sealed.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
