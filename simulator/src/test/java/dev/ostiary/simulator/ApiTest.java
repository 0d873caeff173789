package dev.ostiary.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.simulator.settings.Person;
import dev.ostiary.simulator.settings.RateLimit;
import dev.ostiary.simulator.settings.SimulatorSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ApiTest {
  private final FakeGitHub fake = FakeGitHub.approving();

  @Nested
  final class EveryCall {
    @Test
    void needsAUserAgent() {
      Headers headers = Headers.of("Authorization", "Bearer " + fake.accessToken("repo"));

      Reply reply = FakeBrowser.exchange(fake.github, "GET", "/api/v3/user", headers, "");

      assertThat(reply.status()).isEqualTo(403);
      assertThat(FakeBrowser.text(reply)).contains("User-Agent");
    }

    @ParameterizedTest
    @CsvSource({"2022-11-28,200", "2026-03-10,200", "2021-01-01,400", "latest,400"})
    void namesAVersionThatExists(String version, int status) {
      Reply reply = fake.get("/user", fake.accessToken("repo"), "X-GitHub-Api-Version", version);

      assertThat(reply.status()).isEqualTo(status);
    }

    @Test
    void isAnsweredInTheOlderVersionByDefault() {
      Reply reply = fake.get("/user", fake.accessToken("repo"));

      assertThat(reply.headers().first("X-GitHub-Api-Version-Selected")).contains("2022-11-28");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"Bearer gho_wrong", "token gho_wrong", "Basic !", "Basic Y2xpZW50", "x"})
    void isRefusedWithBadCredentials(String authorization) {
      Headers headers = Headers.of("User-Agent", "test", "Authorization", authorization);

      Reply reply = FakeBrowser.exchange(fake.github, "GET", "/api/v3/user", headers, "");

      assertThat(reply.status()).isEqualTo(401);
      assertThat(FakeGitHub.json(reply).path("message").stringValue()).isEqualTo("Bad credentials");
    }

    @Test
    void isRefusedWithoutATokenWhereOneIsNeeded() {
      Headers headers = Headers.of("User-Agent", "test");

      assertThat(FakeBrowser.exchange(fake.github, "GET", "/api/v3/user", headers, "").status())
          .isEqualTo(401);
      assertThat(
              FakeBrowser.exchange(fake.github, "GET", "/api/v3/users/mona", headers, "").status())
          .isEqualTo(200);
    }

    @Test
    void isToldTheScopesOfTheToken() {
      Reply reply = fake.api("HEAD", "/", fake.accessToken("repo read:user public_repo"));

      assertThat(reply.status()).isEqualTo(200);
      assertThat(FakeBrowser.text(reply)).isEmpty();
      assertThat(reply.headers().first("X-OAuth-Scopes")).contains("repo, read:user");
      assertThat(reply.headers().has("X-Accepted-OAuth-Scopes")).isTrue();
    }

    @Test
    void isToldPermissionsInsteadOfScopesWithATokenOfAGitHubApp() {
      FakeGitHub other = FakeGitHub.approving(FakeGitHub.APP.asGitHubApp());

      Reply reply = other.get("/user/emails", other.accessToken("repo"));

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.headers().has("X-OAuth-Scopes")).isFalse();
      assertThat(reply.headers().has("X-Accepted-OAuth-Scopes")).isFalse();
      assertThat(reply.headers().first("X-Accepted-GitHub-Permissions"))
          .contains("email_addresses=read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/user/", "/user/nothing", "/users/nobody", "/repos/a/b"})
    void findsNothingWhereNothingIs(String path) {
      assertThat(fake.get(path, fake.accessToken("repo")).status()).isEqualTo(404);
    }

    @Test
    void isRefusedWithABrokenEscape() {
      assertThat(fake.get("/users/%zz", fake.accessToken("repo")).status()).isEqualTo(400);
    }
  }

  @Nested
  final class ConditionalRequests {
    @Test
    void areAnsweredWith304AndDoNotCount() {
      String token = fake.accessToken("repo");
      Reply first = fake.get("/user", token);
      String tag = first.headers().first("ETag").orElseThrow();

      Reply second = fake.get("/user", token, "If-None-Match", "\"other\", " + tag);

      assertThat(second.status()).isEqualTo(304);
      assertThat(FakeBrowser.text(second)).isEmpty();
      assertThat(second.headers().first("ETag")).contains(tag);
      assertThat(second.headers().first("x-ratelimit-remaining"))
          .isEqualTo(first.headers().first("x-ratelimit-remaining"));
      assertThat(fake.get("/user", token, "If-None-Match", "\"other\"").status()).isEqualTo(200);
    }
  }

  @Nested
  final class User {
    @Test
    void isWholeWithReadUser() {
      JsonNode user = FakeGitHub.json(fake.get("/user", fake.accessToken("read:user")));

      assertThat(user.path("id").longValue()).isEqualTo(583231);
      assertThat(user.path("login").stringValue()).isEqualTo("octocat");
      assertThat(user.path("name").stringValue()).isEqualTo("The Octocat");
      assertThat(user.path("owned_private_repos").intValue()).isEqualTo(2);
    }

    @Test
    void isPublicWithout() {
      JsonNode user = FakeGitHub.json(fake.get("/user", fake.accessToken("repo")));

      assertThat(user.path("id").longValue()).isEqualTo(583231);
      assertThat(user.has("owned_private_repos")).isFalse();
    }

    @Test
    void hasOnlyThePublicAddress() {
      fake.github.person(Person.approving("mona"));
      JsonNode user = FakeGitHub.json(fake.get("/user", fake.accessToken("user")));

      assertThat(user.path("login").stringValue()).isEqualTo("mona");
      assertThat(user.path("email").isNull()).isTrue();
    }

    @Test
    void hasAddressesForThoseWhoMayReadThem() {
      Reply refused = fake.get("/user/emails", fake.accessToken("read:user"));
      assertThat(refused.status()).isEqualTo(404);
      assertThat(refused.headers().first("X-Accepted-OAuth-Scopes")).contains("user, user:email");

      assertThat(FakeBrowser.text(fake.get("/user/emails", fake.accessToken("user"))))
          .contains("octocat@github.com");
    }

    @Test
    void hasOrganizationsForThoseWhoMayReadThem() {
      assertThat(fake.get("/user/orgs", fake.accessToken("repo")).status()).isEqualTo(403);
      assertThat(names(fake.get("/user/orgs", fake.accessToken("read:org")), "login"))
          .containsExactly("acme");

      fake.github.person(Person.approving("hubot"));
      assertThat(names(fake.get("/user/orgs", fake.accessToken("read:org")), "login")).isEmpty();
    }

    @Test
    void hasMembershipsOfTeamsForMembersOfTheOrganization() {
      String path = "/orgs/acme/teams/design/memberships/";
      String octocat = fake.accessToken("read:org");
      assertThat(fake.get(path + "octocat", fake.accessToken("gist")).status()).isEqualTo(403);
      assertThat(FakeGitHub.json(fake.get(path + "octocat", octocat)).path("state").stringValue())
          .isEqualTo("active");
      assertThat(fake.get(path + "hubot", octocat).status()).isEqualTo(404);
      assertThat(fake.get("/orgs/acme/teams/none/memberships/octocat", octocat).status())
          .isEqualTo(404);

      fake.github.person(Person.approving("hubot"));
      assertThat(fake.get(path + "octocat", fake.accessToken("read:org")).status()).isEqualTo(404);
    }

    @Test
    void hasMemberships() {
      String path = "/user/memberships/orgs/acme";
      assertThat(fake.get(path, fake.accessToken("user")).status()).isEqualTo(403);
      assertThat(fake.get("/user/memberships/orgs/other", fake.accessToken("admin:org")).status())
          .isEqualTo(404);
      JsonNode membership = FakeGitHub.json(fake.get(path, fake.accessToken("read:org")));
      assertThat(membership.path("state").stringValue()).isEqualTo("active");
      assertThat(membership.path("role").stringValue()).isEqualTo("member");

      fake.github.person(Person.approving("hubot"));
      assertThat(
              FakeGitHub.json(fake.get(path, fake.accessToken("read:org")))
                  .path("state")
                  .stringValue())
          .isEqualTo("pending");
    }

    @Test
    void isFoundByLoginWhateverItsCase() {
      String token = fake.accessToken("repo");

      assertThat(FakeGitHub.json(fake.get("/users/MONA", token)).path("id").longValue())
          .isEqualTo(2501);
      assertThat(FakeGitHub.json(fake.get("/users/acme", token)).path("type").stringValue())
          .isEqualTo("Organization");
    }
  }

  @Nested
  final class Repositories {
    @Test
    void areTheOwnOnesThoseWorkedOnAndTheOrganizations() {
      List<String> all = repositories("", "repo");

      assertThat(all)
          .contains("octocat/Hello-World", "octocat/secret-octopus", "mona/sketches")
          .contains("acme/anvil", "acme/rocket-skates")
          .doesNotContain("mona/gallery", "hubot/hubot-scripts")
          .isSortedAccordingTo(String.CASE_INSENSITIVE_ORDER);
    }

    @Test
    void areOnlyThePublicOnesWithoutRepo() {
      assertThat(repositories("", "public_repo"))
          .contains("octocat/Hello-World", "acme/anvil")
          .doesNotContain("octocat/secret-octopus", "mona/sketches", "acme/rocket-skates");
      assertThat(repositories("?visibility=private", "public_repo")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "visibility=private&affiliation=owner | octocat/dotfiles-private octocat/secret-octopus",
          "affiliation=organization_member | acme/anvil acme/rocket-skates",
          "affiliation=collaborator | mona/sketches",
          "type=member | acme/anvil acme/rocket-skates mona/sketches",
          "type=private&sort=created | octocat/secret-octopus octocat/dotfiles-private"
              + " acme/rocket-skates mona/sketches",
          "type=private&sort=created&direction=asc | mona/sketches acme/rocket-skates"
              + " octocat/dotfiles-private octocat/secret-octopus",
        })
    void areFilteredAndSorted(String query, String names) {
      assertThat(repositories("?" + query, "repo")).containsExactly(names.split(" ", -1));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "visibility=some",
          "sort=size",
          "direction=up",
          "type=x",
          "type=all&visibility=all"
        })
    void areRefusedForAParameterThatIsWrong(String query) {
      Reply reply = fake.get("/user/repos?" + query, fake.accessToken("repo"));

      assertThat(reply.status()).isEqualTo(422);
      assertThat(FakeGitHub.json(reply).path("errors").path(0).path("code").stringValue())
          .isEqualTo("invalid");
    }

    @Test
    void comeInPagesThatLinkToEachOther() {
      String token = fake.accessToken("repo");
      String url = "<http://127.0.0.1:9000/api/v3/user/repos?per_page=4";

      Reply first = fake.get("/user/repos?per_page=4", token);
      Reply second = fake.get("/user/repos?per_page=4&page=2", token);
      Reply last = fake.get("/user/repos?per_page=4&page=3", token);

      assertThat(first.headers().first("Link"))
          .contains(url + "&page=2>; rel=\"next\", " + url + "&page=3>; rel=\"last\"");
      assertThat(second.headers().first("Link").orElseThrow())
          .contains(url + "&page=1>; rel=\"prev\"", url + "&page=3>; rel=\"next\"")
          .contains(url + "&page=1>; rel=\"first\"");
      assertThat(last.headers().first("Link").orElseThrow()).doesNotContain("next", "last");
      assertThat(names(first, "name"))
          .hasSize(4)
          .doesNotContainAnyElementsOf(names(second, "name"));
      assertThat(names(last, "name")).hasSize(2);
      assertThat(names(fake.get("/user/repos?page=99", token), "name")).isEmpty();
      assertThat(fake.get("/user/repos?per_page=500", token).headers().has("Link")).isFalse();
    }

    @Test
    void areInvisibleRatherThanForbidden() {
      String path = "/repos/octocat/secret-octopus";

      assertThat(fake.get(path, fake.accessToken("public_repo")).status()).isEqualTo(404);
      assertThat(fake.get(path, fake.accessToken("repo")).status()).isEqualTo(200);
      fake.github.person(Person.approving("mona"));
      assertThat(fake.get(path, fake.accessToken("repo")).status()).isEqualTo(404);
    }

    private List<String> repositories(String query, String scope) {
      return names(fake.get("/user/repos" + query, fake.accessToken(scope)), "full_name");
    }
  }

  @Nested
  final class Limits {
    @Test
    void areTheSameForAllTokensOfAPerson() {
      String one = fake.accessToken("repo");
      String other = fake.accessToken("gist");
      fake.get("/user", one);

      Reply reply = fake.get("/user", other);

      assertThat(reply.headers().first("x-ratelimit-limit")).contains("5000");
      assertThat(reply.headers().first("x-ratelimit-remaining")).contains("4998");
      assertThat(reply.headers().first("x-ratelimit-used")).contains("2");
      assertThat(reply.headers().first("x-ratelimit-resource")).contains("core");
      assertThat(reply.headers().first("x-ratelimit-reset"))
          .contains(Long.toString(fake.time.instant().getEpochSecond() + 3600));
    }

    @Test
    void stopWhoeverIsNotSignedInAfterSixtyCallsUntilTheHourIsOver() {
      Headers headers = Headers.of("User-Agent", "test");
      for (int i = 0; i < 60; i++) {
        assertThat(
                FakeBrowser.exchange(fake.github, "GET", "/api/v3/users/mona", headers, "")
                    .status())
            .isEqualTo(200);
      }

      Reply reply = FakeBrowser.exchange(fake.github, "GET", "/api/v3/users/mona", headers, "");
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.headers().first("x-ratelimit-remaining")).contains("0");

      fake.time.pass(Duration.ofHours(1));
      assertThat(
              FakeBrowser.exchange(fake.github, "GET", "/api/v3/users/mona", headers, "").status())
          .isEqualTo(200);
    }
  }

  @Test
  void isNotCountedWithoutHourlyLimits() {
    FakeGitHub own =
        FakeGitHub.of(
            SimulatorSettings.of(FakeGitHub.APP).with(Person.approving("octocat")).withoutLimits());
    String token = own.accessToken("repo");
    for (int i = 0; i < 5_000; i++) {
      own.get("/", token);
    }

    Reply reply = own.get("/user", token);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers().has("x-ratelimit-limit")).isFalse();

    own.github.faults().rateLimit(new RateLimit.Primary(429));
    assertThat(own.get("/user", token).headers().first("x-ratelimit-remaining")).contains("0");
  }

  private static List<String> names(Reply reply, String field) {
    JsonNode json = JsonMapper.shared().readTree(FakeBrowser.text(reply));
    return json.values().stream().map(item -> item.path(field).stringValue()).toList();
  }
}
