package dev.ostiary.connector.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.upstream.UpstreamCredentials;
import dev.ostiary.authorization.upstream.UpstreamTokenResponse;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.mcp.server.ResourceTemplate;
import dev.ostiary.mcp.server.Tool.Outcome;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import dev.ostiary.protocol.Subject;
import dev.ostiary.requirements.Requirement;
import dev.ostiary.simulator.settings.RateLimit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ToolsTest {
  private static final JsonMapper JSON = new JsonMapper();

  private final Octocat octocat = Octocat.atTheBrowser();

  @Nested
  class GetUserInfo {
    @Test
    void tellsWhoIsSignedIn() {
      ObjectNode info = done(call("get_user_info", "{}", "read:user"));

      assertThat(info.path("login").asString()).isEqualTo("octocat");
      assertThat(info.path("id").asLong()).isEqualTo(583231);
      assertThat(info.path("name").asString()).isEqualTo("The Octocat");
    }

    @Test
    void tellsThePrimaryAddressOnlyWhereGranted() {
      ObjectNode granted = done(call("get_user_info", "{}", "read:user", "user:email"));
      assertThat(granted.path("email").asString()).isEqualTo("octocat@github.com");
      assertThat(octocat.github.journal().requests("GET", "/api/v3/user/emails")).hasSize(1);

      octocat.github.journal().clear();
      done(call("get_user_info", "{}", "read:user"));
      assertThat(octocat.github.journal().requests("GET", "/api/v3/user/emails")).isEmpty();
    }

    @Test
    @Requirement("A-79")
    void renewsTheTokenOnceWhenGitHubRefusesIt() {
      UpstreamTokenResponse good = octocat.signedIn("read:user").tokens();
      UpstreamTokenResponse bad =
          new UpstreamTokenResponse(new Secret("gho_dead"), null, null, good.scopes());
      Renewing credentials = new Renewing(bad, good);

      Outcome outcome = call(credentials, "get_user_info", "{}", "read:user");

      assertThat(done(outcome).path("login").asString()).isEqualTo("octocat");
      assertThat(credentials.refused).containsExactly(bad);
    }

    @Test
    @Requirement("A-79")
    void makesTheUserSignInAgainWhenThereIsNoOtherToken() {
      UpstreamTokenResponse bad =
          new UpstreamTokenResponse(new Secret("gho_dead"), null, null, Scopes.of("read:user"));

      assertThat(call(new Renewing(bad), "get_user_info", "{}", "read:user"))
          .isEqualTo(new Outcome.SignInAgain());
    }
  }

  @Nested
  class GetGithubRepos {
    @Test
    @Requirement("A-21")
    void asksWithTheTokenThatGitHubGave() {
      UpstreamTokenResponse tokens = octocat.signedIn("read:user").tokens();
      octocat.github.journal().clear();

      done(call(new Renewing(tokens), "get_github_repos", "{}", "read:user"));

      assertThat(octocat.github.journal().requests())
          .allSatisfy(
              received ->
                  assertThat(received.headers().all("Authorization"))
                      .containsExactly("Bearer " + tokens.accessToken().reveal()));
    }

    @Test
    void leavesPrivateOnesOutWithoutTheScope() {
      UpstreamTokenResponse wide = octocat.signedIn("read:user", "repo").tokens();
      Outcome outcome = call(new Renewing(wide), "get_github_repos", "{}", "read:user");

      assertThat(done(outcome).path("private_included").asBoolean()).isFalse();
      assertThat(done(outcome).path("repositories"))
          .isNotEmpty()
          .allSatisfy(repository -> assertThat(repository.path("private").asBoolean()).isFalse());
    }

    @Test
    void includesPrivateOnesWithTheScope() {
      Outcome outcome = call("get_github_repos", "{}", "read:user", "repo");

      assertThat(done(outcome).path("repositories"))
          .anySatisfy(repository -> assertThat(repository.path("private").asBoolean()).isTrue());
    }

    @Test
    void givesNoMoreThanAskedFor() {
      Outcome outcome = call("get_github_repos", "{\"limit\":2}", "read:user");

      assertThat(done(outcome).path("repositories")).hasSize(2);
    }

    @Test
    void followsPagesAtTheApiOnly() {
      Headers foreign =
          Headers.of(
              "Content-Type", "application/json",
              "Link", "<https://evil.example/user/repos?page=2>; rel=\"next\"");
      UpstreamTokenResponse tokens = octocat.signedIn("read:user").tokens();
      octocat
          .github
          .faults()
          .nextApiReply(new Reply(200, foreign, dev.ostiary.http.Body.utf8("[]")));

      Outcome outcome = call(new Renewing(tokens), "get_github_repos", "{}", "read:user");

      assertThat(done(outcome).path("repositories")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 429})
    @Requirement("G-9")
    void tellsARateLimitFromARefusal(int status) {
      UpstreamTokenResponse tokens = octocat.signedIn("read:user").tokens();
      octocat.github.faults().rateLimit(new RateLimit.Primary(status));

      assertThat(failed(call(new Renewing(tokens), "get_github_repos", "{}", "read:user")))
          .contains("rate limit")
          .contains("Try again after 2026-11-21T");
    }

    @Test
    @Requirement("G-9")
    void tellsASecondaryRateLimitByItsMessageAlone() {
      UpstreamTokenResponse tokens = octocat.signedIn("read:user").tokens();
      octocat.github.faults().rateLimit(new RateLimit.Secondary(403, null));

      assertThat(failed(call(new Renewing(tokens), "get_github_repos", "{}", "read:user")))
          .contains("rate limit");
    }

    @Test
    @Requirement("G-9")
    void passesOnTheAddressOfASingleSignOn() {
      UpstreamTokenResponse tokens = octocat.signedIn("read:user").tokens();
      Headers headers =
          Headers.of("X-GitHub-SSO", "required; url=https://github.example/orgs/acme/sso?x=1");
      octocat
          .github
          .faults()
          .nextApiReply(new Reply(403, headers, dev.ostiary.http.Body.utf8("{}")));

      assertThat(failed(call(new Renewing(tokens), "get_github_repos", "{}", "read:user")))
          .contains("https://github.example/orgs/acme/sso?x=1");
    }
  }

  @Nested
  class Calculate {
    @ParameterizedTest
    @CsvSource({
      "add, 2, 3, 5",
      "subtract, 2, 3, -1",
      "multiply, 2.5, 4, 10",
      "divide, 7, 2, 3.5",
      "power, 2, 10, 1024",
      "power, 2, -1, 0.5",
      "add, 1e300, 1, 1E+300"
    })
    void calculates(String operation, String a, String b, String text) {
      Outcome outcome = calculate(operation, a, b);

      assertThat(outcome).isInstanceOf(Outcome.Done.class);
      assertThat(((Outcome.Done) outcome).text()).isEqualTo(text);
      assertThat(done(outcome).path("result").asDouble()).isEqualTo(Double.parseDouble(text));
    }

    @ParameterizedTest
    @CsvSource({"divide, 1, 0", "divide, 0, -0.0", "power, -8, 0.5", "power, 10, 400"})
    void failsWhereThereIsNoResult(String operation, String a, String b) {
      assertThat(calculate(operation, a, b)).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void saysWhatIsWrongWithADivisionByZero() {
      assertThat(failed(calculate("divide", "1", "0"))).contains("Division by zero");
    }

    private Outcome calculate(String operation, String a, String b) {
      return call(
          new Renewing(),
          "calculate",
          "{\"operation\":\"" + operation + "\",\"a\":" + a + ",\"b\":" + b + "}");
    }
  }

  @Nested
  class UserResource {
    @Test
    void isTheProfileOfAnybody() {
      assertThat(read("github://user/mona"))
          .isInstanceOfSatisfying(
              ResourceTemplate.Outcome.Found.class,
              found ->
                  assertThat(JSON.readTree(found.text()).path("login").asString())
                      .isEqualTo("mona"));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "github://user/nobody-of-this-name",
          "github://user/",
          "github://user/../repos",
          "github://user/a%2Fb",
          "github://users/mona",
          "file:///etc/passwd"
        })
    @Requirement({"T-38", "T-64"})
    void isNotFoundElsewhere(String uri) {
      assertThat(read(uri)).isEqualTo(new ResourceTemplate.Outcome.NotFound());
    }

    private ResourceTemplate.Outcome read(String uri) {
      return octocat
          .connector
          .tools(new Renewing(octocat.signedIn("read:user").tokens()))
          .orElseThrow()
          .resources()
          .getFirst()
          .read(uri, caller("read:user"));
    }
  }

  private Outcome call(String tool, String arguments, String... scopes) {
    return call(new Renewing(octocat.signedIn(scopes).tokens()), tool, arguments, scopes);
  }

  private Outcome call(
      UpstreamCredentials credentials, String name, String arguments, String... scopes) {
    return octocat.connector.tools(credentials).orElseThrow().tools().stream()
        .filter(tool -> tool.definition().name().equals(name))
        .findFirst()
        .orElseThrow()
        .call((ObjectNode) JSON.readTree(arguments), caller(scopes));
  }

  private static Caller caller(String... scopes) {
    return new Caller(
        new Subject("github:583231"),
        new ClientId("sample"),
        new GrantId("sample"),
        Scopes.of(scopes));
  }

  private static ObjectNode done(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    ObjectNode structured = ((Outcome.Done) outcome).structured();
    JsonNode text = JSON.readTree(((Outcome.Done) outcome).text());
    assertThat(text.isNumber() ? structured : text).isEqualTo(structured);
    return structured;
  }

  private static String failed(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    return ((Outcome.Failed) outcome).text();
  }

  /** Hands out these tokens, one after the other as GitHub refuses them. */
  private static final class Renewing implements UpstreamCredentials {
    final Deque<UpstreamTokenResponse> refused = new ArrayDeque<>();
    private final Deque<UpstreamTokenResponse> tokens;

    Renewing(UpstreamTokenResponse... tokens) {
      this.tokens = new ArrayDeque<>(List.of(tokens));
    }

    @Override
    public Result<UpstreamTokenResponse, Refusal> find(GrantId grant) {
      UpstreamTokenResponse first = tokens.peekFirst();
      return first == null ? Result.refused(new Refusal.SignInAgain()) : Result.ok(first);
    }

    @Override
    public Result<UpstreamTokenResponse, Refusal> reconsider(GrantId grant, Secret refused) {
      return find(grant);
    }

    @Override
    public Result<UpstreamTokenResponse, Refusal> renew(GrantId grant, UpstreamTokenResponse old) {
      refused.add(old);
      tokens.removeFirst();
      return find(grant);
    }
  }
}
