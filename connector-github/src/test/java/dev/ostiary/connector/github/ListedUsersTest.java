package dev.ostiary.connector.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.store.UpstreamNameStore.Kind;
import dev.ostiary.authorization.store.UpstreamNameStore.Name;
import dev.ostiary.authorization.store.memory.MemoryStore;
import dev.ostiary.authorization.upstream.UpstreamCredentials;
import dev.ostiary.authorization.upstream.UpstreamIdentity;
import dev.ostiary.authorization.upstream.UpstreamTokenResponse;
import dev.ostiary.connector.AllowRule;
import dev.ostiary.connector.ListedUsers;
import dev.ostiary.gateway.call.AllowedUsers.Verdict;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import dev.ostiary.protocol.Subject;
import dev.ostiary.simulator.settings.Person;
import dev.ostiary.simulator.settings.RateLimit;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ListedUsersTest {
  private final Octocat octocat =
      new Octocat(Octocat.APP, Person.approving("mona"), AllowRule.ANYBODY);
  private final UpstreamIdentity mona = octocat.signedIn("read:user", "read:org");
  private final Kept kept = new Kept(mona.tokens());
  private final MemoryStore store = new MemoryStore();
  private Instant now = Octocat.NOW;

  @Test
  void areWelcomeWhenTheyAreNamed() {
    assertThat(allowedUsers(List.of("Mona"), List.of()).ask(mona())).isEqualTo(Verdict.ALLOWED);
    assertThat(allowedUsers(List.of("octocat"), List.of()).ask(mona()))
        .isEqualTo(Verdict.NOT_ALLOWED);
  }

  @Test
  void areKnownByTheIdThatTheirLoginHadWhenItWasFirstSeen() {
    allowedUsers(List.of("mona"), List.of()).ask(mona());
    octocat.github.faults().nextApiReply(Reply.json(200, "{\"id\":2501,\"login\":\"lisa\"}"));

    assertThat(allowedUsers(List.of("mona"), List.of()).ask(mona())).isEqualTo(Verdict.ALLOWED);
    assertThat(allowedUsers(List.of("id:2501"), List.of()).ask(mona())).isEqualTo(Verdict.ALLOWED);
    assertThat(allowedUsers(List.of("id:999"), List.of()).ask(mona()))
        .isEqualTo(Verdict.NOT_ALLOWED);
  }

  @Test
  void areNotWelcomeByALoginThatWasAnothers() {
    store.upstreamNames().keep(new Name("github", Kind.USER, "mona"), "999", now);

    assertThat(allowedUsers(List.of("mona"), List.of()).ask(mona())).isEqualTo(Verdict.NOT_ALLOWED);
  }

  @Test
  void areWelcomeAsMembersOfAnOrganization() {
    assertThat(allowedUsers(List.of(), List.of("acme")).ask(mona())).isEqualTo(Verdict.ALLOWED);
    assertThat(allowedUsers(List.of(), List.of("other")).ask(mona()))
        .isEqualTo(Verdict.NOT_ALLOWED);
  }

  @Test
  void mayNotBeAnybodyFromElsewhere() {
    assertThat(allowedUsers(List.of("mona"), List.of()).ask(caller("okta:1")))
        .isEqualTo(Verdict.NOT_ALLOWED);
  }

  @Test
  void areRememberedForTenMinutes() {
    ListedUsers allowedUsers = allowedUsers(List.of("mona"), List.of());
    assertThat(allowedUsers.known(mona())).isNull();
    allowedUsers.ask(mona());

    now = now.plus(Duration.ofMinutes(10)).minusMillis(1);
    assertThat(allowedUsers.known(mona())).isEqualTo(Verdict.ALLOWED);
    now = now.plusMillis(1);
    assertThat(allowedUsers.known(mona())).isNull();
  }

  @Test
  void stayWhatTheyWereWhileGitHubCannotBeAsked() {
    ListedUsers allowedUsers = allowedUsers(List.of(), List.of("acme"));
    octocat.github.faults().nextApiReply(Reply.of(502));
    assertThat(allowedUsers.ask(mona())).isEqualTo(Verdict.UNKNOWN);
    assertThat(allowedUsers.ask(mona())).isEqualTo(Verdict.ALLOWED);

    octocat.github.faults().nextApiReply(Reply.of(502));
    assertThat(allowedUsers.ask(mona())).isEqualTo(Verdict.ALLOWED);

    now = now.plus(Duration.ofMinutes(1));
    assertThat(allowedUsers.known(mona())).isNull(); // asked again soon
  }

  @Test
  void areUnknownAnHourAfterTheLastYes() {
    ListedUsers allowedUsers = allowedUsers(List.of(), List.of("acme"));
    allowedUsers.ask(mona());
    octocat.github.faults().rateLimit(new RateLimit.Primary(403));

    now = now.plus(Duration.ofHours(1));
    assertThat(allowedUsers.ask(mona())).isEqualTo(Verdict.ALLOWED);
    now = now.plusSeconds(1);
    assertThat(allowedUsers.ask(mona())).isEqualTo(Verdict.UNKNOWN);
    octocat.github.faults().recover();
    assertThat(allowedUsers.ask(mona())).isEqualTo(Verdict.ALLOWED);
  }

  @Test
  void areAskedAboutOnceMoreWithFreshTokens() {
    ListedUsers allowedUsers = allowedUsers(List.of(), List.of("acme"));
    octocat.github.faults().nextApiReply(Reply.json(401, "{\"message\":\"Bad credentials\"}"));

    assertThat(allowedUsers.ask(mona())).isEqualTo(Verdict.ALLOWED);
    assertThat(kept.renewed).isEqualTo(1);
  }

  @Test
  void haveToSignInAgainWhenTheirTokensAreGone() {
    kept.gone = true;

    assertThat(allowedUsers(List.of("mona"), List.of()).ask(mona()))
        .isEqualTo(Verdict.SIGN_IN_AGAIN);
  }

  private ListedUsers allowedUsers(List<String> users, List<String> organizations) {
    GitHubApi api =
        new GitHubApi(
            GitHubAddresses.of(URI.create("https://github.example")), octocat.outbound, () -> now);
    AllowedNames names = new AllowedNames(store.upstreamNames(), octocat.audit::add, () -> now);
    AllowList list = new AllowList(new AllowRule(users, organizations), api, names);
    return new ListedUsers(
        "github",
        (user, tokens) -> list.refusal(Long.parseLong(user), tokens.accessToken()),
        kept,
        () -> now);
  }

  private Caller mona() {
    return caller("github:" + mona.userId());
  }

  private static Caller caller(String subject) {
    return new Caller(
        new Subject(subject), new ClientId("cli"), new GrantId("grant"), Scopes.of("mcp"));
  }

  /** Tokens that are there, or not. */
  private static final class Kept implements UpstreamCredentials {
    private final UpstreamTokenResponse tokens;
    private boolean gone;
    private int renewed;

    Kept(UpstreamTokenResponse tokens) {
      this.tokens = tokens;
    }

    @Override
    public Result<UpstreamTokenResponse, Refusal> find(GrantId grant) {
      return gone ? Result.refused(new Refusal.SignInAgain()) : Result.ok(tokens);
    }

    @Override
    public Result<UpstreamTokenResponse, Refusal> reconsider(GrantId grant, Secret refused) {
      return find(grant);
    }

    @Override
    public Result<UpstreamTokenResponse, Refusal> renew(
        GrantId grant, UpstreamTokenResponse refused) {
      renewed++;
      return find(grant);
    }
  }
}
