package dev.ostiary.connector.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.store.UpstreamNameStore;
import dev.ostiary.authorization.store.memory.MemoryStore;
import dev.ostiary.authorization.upstream.UpstreamIdentity;
import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.authorization.upstream.UpstreamRequest;
import dev.ostiary.authorization.upstream.UpstreamTokenResponse;
import dev.ostiary.connector.AllowRule;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import dev.ostiary.requirements.Requirement;
import dev.ostiary.simulator.http.Journal;
import dev.ostiary.simulator.settings.Person;
import dev.ostiary.simulator.settings.RateLimit;
import dev.ostiary.simulator.token.TokenExpiry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitHubUpstreamTest {
  private static final String TOKEN_PATH = "/login/oauth/access_token";

  @Nested
  class AuthorizationUri {
    @Test
    @Requirement("G-3")
    void carriesStateChallengeScopeAndRedirect() {
      assertThat(Octocat.atTheBrowser().authorizationUri("read:user", "repo"))
          .asString()
          .startsWith("https://github.example/login/oauth/authorize?client_id=Iv1.sample&")
          .contains("&redirect_uri=https%3A%2F%2Fmcp.example.com%2Fcallback&")
          .contains("&scope=read%3Auser+repo&")
          .contains("&state=state-of-ours&")
          .contains("&code_challenge=" + Octocat.VERIFIER.challenge().value())
          .endsWith("&code_challenge_method=S256");
    }

    @Test
    @Requirement("G-3")
    void carriesAnEmptyScopeRatherThanNone() {
      assertThat(Octocat.atTheBrowser().authorizationUri()).asString().contains("&scope=&");
    }

    @Test
    void asksForTheAccountWhenTheUserWantsToChoose() {
      UpstreamRequest request =
          new UpstreamRequest(
              new Secret("state"),
              Octocat.VERIFIER.challenge(),
              Octocat.CALLBACK,
              Scopes.none(),
              true);

      assertThat(Octocat.atTheBrowser().authorizationUri(request))
          .asString()
          .endsWith("&prompt=select_account");
    }

    @Test
    void keepsOfflineAccessToItself() {
      assertThat(Octocat.atTheBrowser().authorizationUri("read:user", "offline_access"))
          .asString()
          .contains("&scope=read%3Auser&");
    }

    @Test
    void asksForMembershipsWhenOrganizationsAreListed() {
      Octocat octocat = Octocat.allowing(Person.approving("octocat"), List.of(), List.of("acme"));

      assertThat(octocat.authorizationUri("read:user"))
          .asString()
          .contains("&scope=read%3Auser+read%3Aorg&");
    }
  }

  @Nested
  class Complete {
    @Test
    @Requirement({"G-2", "G-5"})
    void identifiesTheUserByNumberAndReadsScopesWithCommas() {
      UpstreamIdentity identity = Octocat.atTheBrowser().signedIn("read:user", "repo");

      assertThat(identity.userId()).isEqualTo("583231");
      assertThat(identity.userName()).isEqualTo("octocat");
      assertThat(identity.tokens().scopes().containsAll(Scopes.of("read:user", "repo"))).isTrue();
    }

    @Test
    @Requirement("G-2")
    void asksTheTokenEndpointForJsonWithTheVerifierAndTheSameRedirect() {
      Octocat octocat = Octocat.atTheBrowser();
      octocat.signedIn("read:user");

      Journal.Received received = octocat.github.journal().requests("POST", TOKEN_PATH).getFirst();
      assertThat(received.headers().first("Accept")).contains("application/json");
      assertThat(received.field("code_verifier")).contains(Octocat.VERIFIER.value());
      assertThat(received.field("redirect_uri")).contains(Octocat.CALLBACK.toString());
      assertThat(received.field("client_secret")).contains("sample-secret");
    }

    @Test
    @Requirement("G-12")
    void namesItselfAndTheVersionOfTheApi() {
      Octocat octocat = Octocat.atTheBrowser();
      octocat.signedIn("read:user");

      Journal.Received received =
          octocat.github.journal().requests("GET", "/api/v3/user").getFirst();
      assertThat(received.headers().first("User-Agent")).contains("Ostiary");
      assertThat(received.headers().first("X-GitHub-Api-Version")).contains("2022-11-28");
    }

    @Test
    @Requirement("G-6")
    void believesTheScopesThatWereGrantedAndNotThoseRequested() {
      Octocat octocat =
          new Octocat(Octocat.APP, Person.granting("octocat", "read:user"), AllowRule.ANYBODY);

      assertThat(octocat.signedIn("read:user", "repo").tokens().scopes())
          .isEqualTo(Scopes.of("read:user"));
    }

    @Test
    @Requirement("G-6")
    void knowsThatAWideScopeHoldsNarrowOnes() {
      Octocat octocat = Octocat.atTheBrowser();
      octocat
          .github
          .faults()
          .nextTokenReply(
              Reply.json(
                  200,
                  """
                  {"access_token":"gho_wide","token_type":"bearer","scope":"user,repo"}\
                  """));

      Result<UpstreamTokenResponse, UpstreamRefusal> tokens =
          octocat.upstream().refresh(sampleTokens("ghr_some"));

      assertThat(ok(tokens).scopes().containsAll(Scopes.of("read:user", "user:email", "repo")))
          .isTrue();
    }

    @Test
    @Requirement("G-1")
    void readsAnErrorThatComesWithStatus200() {
      Octocat octocat = Octocat.atTheBrowser();

      assertThat(octocat.complete(Octocat.parameters("code=never-issued")))
          .isEqualTo(Result.refused(new UpstreamRefusal.Rejected("bad_verification_code")));
    }

    @Test
    void passesOnThatTheUserSaidNo() {
      Octocat octocat = new Octocat(Octocat.APP, Person.refusing("octocat"), AllowRule.ANYBODY);

      assertThat(octocat.signIn("read:user"))
          .isEqualTo(Result.refused(new UpstreamRefusal.Denied()));
    }

    @Test
    @Requirement({"G-4", "A-62"})
    void refusesAnotherIssuerBeforeItSendsTheCodeAnywhere() {
      Octocat octocat = Octocat.atTheBrowser();
      octocat.github.faults().issuer("https://evil.example/login/oauth");

      assertThat(octocat.signIn("read:user"))
          .isEqualTo(Result.refused(new UpstreamRefusal.WrongIssuer()));
      assertThat(octocat.github.journal().requests("POST", TOKEN_PATH)).isEmpty();
    }

    @Test
    @Requirement("G-4")
    void acceptsTheRightIssuerAndNone() {
      Octocat octocat = Octocat.atTheBrowser();
      assertThat(octocat.callback("read:user").first("iss"))
          .contains("https://github.example/login/oauth");
      octocat.signedIn("read:user");

      String code = octocat.callback("read:user").first("code").orElseThrow();
      assertThat(octocat.complete(Octocat.parameters("code=" + code)))
          .isInstanceOf(Result.Ok.class);
    }

    @ParameterizedTest
    @CsvSource({
      "incorrect_client_credentials, Misconfigured",
      "redirect_uri_mismatch, Misconfigured",
      "unverified_user_email, UserMustAct",
      "bad_verification_code, Rejected",
      "something_new, Unavailable"
    })
    @Requirement("G-1")
    void tellsErrorsOfTheTokenEndpointApart(String error, String expected) {
      Octocat octocat = Octocat.atTheBrowser();
      octocat.github.faults().nextTokenReply(Reply.json(200, "{\"error\":\"" + error + "\"}"));

      assertThat(refused(octocat.signIn("read:user")).getClass().getSimpleName())
          .isEqualTo(expected);
    }

    @Test
    void isUnavailableWhenGitHubIs() {
      Octocat octocat = Octocat.atTheBrowser();
      var callback = octocat.callback("read:user");
      octocat.github.faults().unavailable();

      assertThat(refused(octocat.complete(callback)))
          .isInstanceOf(UpstreamRefusal.Unavailable.class);
    }

    @Test
    void namesNoSecretInWhatItRefuses() {
      Octocat octocat = Octocat.atTheBrowser();
      octocat.github.faults().nextTokenReply(Reply.text(500, "gho_leaked sample-secret"));

      assertThat(octocat.signIn("read:user").toString())
          .doesNotContain("gho_leaked")
          .doesNotContain("sample-secret");
    }
  }

  @Nested
  class AllowedUsers {
    @Test
    void mayBeNamed() {
      Octocat octocat =
          Octocat.allowing(Person.approving("octocat"), List.of("OctoCat"), List.of());

      assertThat(octocat.signIn("read:user")).isInstanceOf(Result.Ok.class);
    }

    @Test
    void areRefusedWhenNotNamed() {
      Octocat octocat = Octocat.allowing(Person.approving("mona"), List.of("octocat"), List.of());

      assertThat(octocat.signIn("read:user")).satisfies(result -> assertNotAllowed(result, "mona"));
    }

    @Test
    void mayBeMembersOfAnOrganization() {
      Octocat octocat = Octocat.allowing(Person.approving("mona"), List.of(), List.of("acme"));

      assertThat(octocat.signIn("read:user")).isInstanceOf(Result.Ok.class);
    }

    private static Octocat allowingTeam(String user, String team) {
      return new Octocat(
          Octocat.APP,
          Person.approving(user),
          new AllowRule(List.of(), List.of(), List.of(team), List.of(), List.of(), List.of()));
    }

    @Test
    void mayBeMembersOfATeam() {
      Octocat mona = allowingTeam("mona", "acme/platform");

      assertThat(mona.authorizationUri("read:user")).asString().contains("read%3Aorg");
      assertThat(mona.signIn("read:user")).isInstanceOf(Result.Ok.class);
      assertThat(allowingTeam("octocat", "acme/design").signIn("read:user"))
          .isInstanceOf(Result.Ok.class);
    }

    @ParameterizedTest
    @CsvSource({
      "octocat, acme/platform, is not a member of team acme/platform",
      "octocat, acme/none, is not a member of team acme/none",
      "hubot, acme/design, has not accepted the invitation to organization acme",
      "mona, other/platform, is not a member of organization other"
    })
    void areRefusedWhenTheyAreInNoTeam(String user, String team, String lack) {
      assertThat(refused(allowingTeam(user, team).signIn("read:user")))
          .isInstanceOfSatisfying(
              UpstreamRefusal.NotAllowed.class,
              refusal -> assertThat(refusal.lacks()).containsExactly(lack));
    }

    @Test
    void areNotRefusedWhenGitHubCannotBeAskedAboutATeam() {
      Octocat octocat = allowingTeam("octocat", "acme/design");
      var callback = octocat.callback("read:user");
      octocat.github.faults().nextApiReply(Reply.json(200, "{\"id\":1,\"login\":\"guest\"}"));
      octocat
          .github
          .faults()
          .nextApiReply(
              Reply.json(200, "{\"state\":\"active\",\"organization\":{\"id\":9919001}}"));
      octocat.github.faults().nextApiReply(Reply.of(502));

      assertThat(refused(octocat.complete(callback)))
          .isInstanceOf(UpstreamRefusal.Unavailable.class);
    }

    @Test
    void areNotMembersAsLongAsTheyAreOnlyInvited() {
      Octocat octocat = Octocat.allowing(Person.approving("octocat"), List.of(), List.of("acme"));
      var callback = octocat.callback("read:user");
      octocat.github.faults().nextApiReply(Reply.json(200, "{\"id\":1,\"login\":\"guest\"}"));
      octocat.github.faults().nextApiReply(Reply.json(200, "{\"state\":\"pending\"}"));

      assertThat(octocat.complete(callback)).satisfies(result -> assertNotAllowed(result, "guest"));
    }

    @Test
    void areRefusedWhenNobodyNamedThemAndTheirOrganizationDoesNotCount() {
      Octocat octocat =
          Octocat.allowing(Person.approving("octocat"), List.of("mona"), List.of("elsewhere"));

      assertThat(octocat.signIn("read:user"))
          .satisfies(result -> assertNotAllowed(result, "octocat"));
    }

    @Test
    void areNotRefusedWhenGitHubCannotBeAsked() {
      Octocat octocat = Octocat.allowing(Person.approving("octocat"), List.of(), List.of("acme"));
      var callback = octocat.callback("read:user");
      octocat.github.faults().nextApiReply(Reply.json(200, "{\"id\":1,\"login\":\"guest\"}"));
      octocat.github.faults().nextApiReply(Reply.of(502));

      assertThat(refused(octocat.complete(callback)))
          .isInstanceOf(UpstreamRefusal.Unavailable.class);
    }

    @Test
    void mayBeNamedByTheirIds() {
      assertThat(
              Octocat.allowing(Person.approving("octocat"), List.of("id:583231"), List.of())
                  .signIn("read:user"))
          .isInstanceOf(Result.Ok.class);
      assertThat(
              Octocat.allowing(Person.approving("mona"), List.of("id:583231"), List.of())
                  .signIn("read:user"))
          .satisfies(result -> assertNotAllowed(result, "mona"));
    }

    @Test
    void areTakenForAnotherWhenTheirLoginIsTakenOverAlsoAfterARestart() {
      AllowRule allow = new AllowRule(List.of("octocat"), List.of());
      MemoryStore store = new MemoryStore();
      new Octocat(Octocat.APP, Person.approving("octocat"), allow, store.upstreamNames())
          .signedIn("read:user");
      Octocat restarted =
          new Octocat(Octocat.APP, Person.approving("octocat"), allow, store.upstreamNames());
      var callback = restarted.callback("read:user");
      restarted.github.faults().nextApiReply(Reply.json(200, "{\"id\":999,\"login\":\"OctoCat\"}"));

      assertThat(restarted.complete(callback))
          .satisfies(result -> assertNotAllowed(result, "OctoCat"));
      assertThat(restarted.audit)
          .containsExactly(
              new AuditEvent.AllowedNameChanged(
                  Octocat.NOW, "-", UpstreamNameStore.Kind.USER, "octocat", "583231", "999"));
    }

    @Test
    void mayHaveTakenAnotherLogin() {
      AllowRule allow = new AllowRule(List.of("octocat"), List.of());
      MemoryStore store = new MemoryStore();
      Octocat octocat =
          new Octocat(Octocat.APP, Person.approving("octocat"), allow, store.upstreamNames());
      octocat.signedIn("read:user");
      var callback = octocat.callback("read:user");
      octocat.github.faults().nextApiReply(Reply.json(200, "{\"id\":583231,\"login\":\"tako\"}"));

      assertThat(octocat.complete(callback)).isInstanceOf(Result.Ok.class);
    }

    @Test
    void areNoMembersOfAnOrganizationThatTookOverAName() {
      AllowRule allow = new AllowRule(List.of(), List.of("acme"));
      MemoryStore store = new MemoryStore();
      store
          .upstreamNames()
          .keep(
              new UpstreamNameStore.Name("github", UpstreamNameStore.Kind.ORGANIZATION, "acme"),
              "1",
              Octocat.NOW);
      Octocat octocat =
          new Octocat(Octocat.APP, Person.approving("mona"), allow, store.upstreamNames());

      assertThat(octocat.signIn("read:user")).satisfies(result -> assertNotAllowed(result, "mona"));
      assertThat(octocat.audit)
          .containsExactly(
              new AuditEvent.AllowedNameChanged(
                  Octocat.NOW, "-", UpstreamNameStore.Kind.ORGANIZATION, "acme", "1", "9919001"));
    }

    @Test
    void areLookedUpAtTheStart() {
      MemoryStore store = new MemoryStore();
      Octocat octocat =
          new Octocat(
              Octocat.APP,
              Person.approving("mona"),
              new AllowRule(List.of("octocat", "id:5", "nobody-has-this"), List.of("acme")),
              store.upstreamNames());

      octocat.connector.checkNames();

      assertThat(store.upstreamNames().find(name(UpstreamNameStore.Kind.USER, "octocat")))
          .contains("583231");
      assertThat(store.upstreamNames().find(name(UpstreamNameStore.Kind.ORGANIZATION, "acme")))
          .contains("9919001");
      assertThat(store.upstreamNames().find(name(UpstreamNameStore.Kind.USER, "nobody-has-this")))
          .isEmpty();
      assertThat(octocat.audit).isEmpty();
    }

    @Test
    void areSaidToHaveChangedAtTheStart() {
      MemoryStore store = new MemoryStore();
      store.upstreamNames().keep(name(UpstreamNameStore.Kind.USER, "octocat"), "1", Octocat.NOW);
      Octocat octocat =
          new Octocat(
              Octocat.APP,
              Person.approving("mona"),
              new AllowRule(List.of("octocat"), List.of()),
              store.upstreamNames());

      octocat.connector.checkNames();

      assertThat(octocat.audit)
          .containsExactly(
              new AuditEvent.AllowedNameChanged(
                  Octocat.NOW, "-", UpstreamNameStore.Kind.USER, "octocat", "1", "583231"));
    }

    private static UpstreamNameStore.Name name(UpstreamNameStore.Kind kind, String name) {
      return new UpstreamNameStore.Name("github", kind, name);
    }

    @Test
    void keepTheirPlaceWhenSomebodyElseTakesTheirLogin() {
      Octocat octocat =
          Octocat.allowing(Person.approving("octocat"), List.of("octocat"), List.of());
      octocat.signedIn("read:user");

      var callback = octocat.callback("read:user");
      octocat.github.faults().nextApiReply(Reply.json(200, "{\"id\":999,\"login\":\"octocat\"}"));
      assertThat(octocat.complete(callback))
          .satisfies(result -> assertNotAllowed(result, "octocat"));
    }
  }

  private static void assertNotAllowed(
      Result<UpstreamIdentity, UpstreamRefusal> result, String userName) {
    assertThat(refused(result))
        .isInstanceOfSatisfying(
            UpstreamRefusal.NotAllowed.class,
            refusal -> {
              assertThat(refusal.userName()).isEqualTo(userName);
              assertThat(refusal.lacks()).isNotEmpty();
            });
  }

  @Nested
  class Check {
    @Test
    @Requirement("G-5")
    void saysWhoseTokenItIs() {
      Octocat octocat = Octocat.allowing(Person.approving("mona"), List.of(), List.of("acme"));
      UpstreamIdentity signedIn = octocat.signedIn("read:user");

      assertThat(octocat.upstream().check(signedIn.tokens())).isEqualTo(Result.ok(signedIn));
    }

    @Test
    void refusesAUserWhoHasLeftTheOrganization() {
      Octocat octocat = Octocat.allowing(Person.approving("mona"), List.of(), List.of("acme"));
      UpstreamIdentity signedIn = octocat.signedIn("read:user");
      octocat
          .github
          .faults()
          .nextApiReply(Reply.json(200, "{\"id\":" + signedIn.userId() + ",\"login\":\"mona\"}"));
      octocat.github.faults().nextApiReply(Reply.of(404));

      assertThat(octocat.upstream().check(signedIn.tokens()))
          .satisfies(result -> assertNotAllowed(result, "mona"));
    }

    @Test
    @Requirement("A-79")
    void refusesATokenThatGitHubHasWithdrawn() {
      Octocat octocat = Octocat.atTheBrowser();
      UpstreamTokenResponse tokens = octocat.signedIn("read:user").tokens();
      octocat.github.faults().revokeAllTokens("octocat");

      assertThat(refused(octocat.upstream().check(tokens)))
          .isInstanceOf(UpstreamRefusal.Rejected.class);
    }

    @Test
    @Requirement("G-9")
    void tellsAUsersOwnLimitFromOtherTrouble() {
      Octocat octocat = Octocat.atTheBrowser();
      UpstreamTokenResponse tokens = octocat.signedIn("read:user").tokens();

      octocat.github.faults().rateLimit(new RateLimit.Primary(403));
      assertThat(refused(octocat.upstream().check(tokens)))
          .isEqualTo(new UpstreamRefusal.Limited(true, Octocat.NOW.plus(Duration.ofHours(1))));
      octocat.github.faults().rateLimit(new RateLimit.Secondary(429, Duration.ofSeconds(90)));
      assertThat(refused(octocat.upstream().check(tokens)))
          .isEqualTo(new UpstreamRefusal.Limited(false, Octocat.NOW.plusSeconds(90)));
      octocat.github.faults().rateLimit(new RateLimit.Secondary(403, null));
      assertThat(refused(octocat.upstream().check(tokens)))
          .isEqualTo(new UpstreamRefusal.Limited(false, Octocat.NOW.plusSeconds(60)));
      octocat.github.faults().recover();
      octocat.github.faults().nextApiReply(Reply.of(502));
      assertThat(refused(octocat.upstream().check(tokens)))
          .isInstanceOf(UpstreamRefusal.Unavailable.class);
    }

    @Test
    @Requirement("G-9")
    void provesNothingWhenGitHubCannotOrWillNotAnswer() {
      Octocat octocat = Octocat.atTheBrowser();
      UpstreamTokenResponse tokens = octocat.signedIn("read:user").tokens();
      octocat.github.faults().nextApiReply(Reply.of(502));
      assertThat(refused(octocat.upstream().check(tokens)))
          .isInstanceOf(UpstreamRefusal.Unavailable.class);

      octocat
          .github
          .faults()
          .nextApiReply(
              Reply.json(403, "{\"message\":\"rate limit\"}").with("X-RateLimit-Remaining", "0"));
      assertThat(refused(octocat.upstream().check(tokens)))
          .isInstanceOf(UpstreamRefusal.Limited.class);
    }
  }

  @Nested
  class Refresh {
    @Test
    @Requirement("G-14")
    void tradesAnExpiringPairForAFreshOne() {
      Octocat octocat =
          new Octocat(
              Octocat.APP.with(TokenExpiry.ALWAYS), Person.approving("octocat"), AllowRule.ANYBODY);
      UpstreamTokenResponse first = octocat.signedIn("read:user").tokens();
      assertThat(first.expiresAt()).isEqualTo(Octocat.NOW.plus(Duration.ofHours(8)));

      UpstreamTokenResponse second = ok(octocat.upstream().refresh(first));

      assertThat(second.accessToken()).isNotEqualTo(first.accessToken());
      assertThat(second.refreshToken()).isNotNull().isNotEqualTo(first.refreshToken());
      assertThat(second.scopes()).isEqualTo(first.scopes());
      assertThat(octocat.upstream().refresh(first))
          .isEqualTo(Result.refused(new UpstreamRefusal.Rejected("bad_refresh_token")));
    }

    @Test
    @Requirement("G-14")
    void worksForAGitHubAppWhoseTokensHaveNoScopes() {
      Octocat octocat =
          new Octocat(Octocat.APP.asGitHubApp(), Person.approving("octocat"), AllowRule.ANYBODY);
      UpstreamTokenResponse first = octocat.signedIn("read:user").tokens();

      assertThat(first.accessToken().reveal()).startsWith("ghu_");
      assertThat(first.scopes().containsAll(Scopes.of("read:user", "user:email", "repo"))).isTrue();
      assertThat(octocat.upstream().refresh(first)).isInstanceOf(Result.Ok.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775807", "31536001"})
    void believesNoLifeThatIsTooLong(String expiresIn) {
      Octocat octocat = Octocat.atTheBrowser();
      octocat
          .github
          .faults()
          .nextTokenReply(
              Reply.json(200, "{\"access_token\":\"gho_x\",\"expires_in\":" + expiresIn + "}"));

      assertThat(ok(octocat.upstream().refresh(sampleTokens("ghr_some"))).expiresAt())
          .isEqualTo(Octocat.NOW.plus(Duration.ofDays(365)));
    }

    @Test
    @Requirement("G-14")
    void isRefusedForATokenThatDoesNotExpire() {
      Octocat octocat = Octocat.atTheBrowser();
      UpstreamTokenResponse tokens = octocat.signedIn("read:user").tokens();

      assertThat(tokens.expiresAt()).isNull();
      assertThat(tokens.refreshToken()).isNull();
      assertThat(octocat.upstream().refresh(tokens))
          .isEqualTo(Result.refused(new UpstreamRefusal.Rejected("no_refresh_token")));
    }
  }

  @Test
  @Requirement("G-11")
  void givesATokenBackToGitHub() {
    Octocat octocat = Octocat.atTheBrowser();
    UpstreamTokenResponse tokens = octocat.signedIn("read:user").tokens();

    octocat.upstream().revoke(tokens);

    Journal.Received received =
        octocat
            .github
            .journal()
            .requests("DELETE", "/api/v3/applications/Iv1.sample/token")
            .getFirst();
    assertThat(received.headers().first("Authorization").orElseThrow()).startsWith("Basic ");
    assertThat(received.body()).contains(tokens.accessToken().reveal());
  }

  private static UpstreamTokenResponse sampleTokens(String refreshToken) {
    return new UpstreamTokenResponse(
        new Secret("gho_old"), new Secret(refreshToken), Octocat.NOW, Scopes.none());
  }

  private static <T> T ok(Result<T, UpstreamRefusal> result) {
    return switch (result) {
      case Result.Ok(T value) -> value;
      case Result.Refused(UpstreamRefusal refusal) -> throw new AssertionError(refusal);
    };
  }

  private static <T> UpstreamRefusal refused(Result<T, UpstreamRefusal> result) {
    return switch (result) {
      case Result.Ok(T _) -> throw new AssertionError("was not refused");
      case Result.Refused(UpstreamRefusal refusal) -> refusal;
    };
  }
}
