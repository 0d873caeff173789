package dev.ostiary.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.ostiary.http.Reply;
import dev.ostiary.simulator.OpenApiDescription.Payload;
import dev.ostiary.simulator.settings.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the simulated GitHub answers is what GitHub's OpenAPI description says. */
@TestInstance(Lifecycle.PER_CLASS)
final class OpenApiTest {
  private static final List<String> VERSIONS = List.of("2022-11-28", "2026-03-10");

  private final FakeGitHub fake = FakeGitHub.approving();

  @BeforeAll
  void needsNode() {
    if (!OpenApiDescription.isAvailable()) {
      String reason = "the OpenAPI description is read with Node.js, and there is no `node` here";
      if ("true".equals(System.getenv("CI"))) {
        fail(reason);
      }
      abort(reason);
    }
  }

  @Test
  void everyAnswerIsAsDescribed() {
    List<Payload> payloads = new ArrayList<>();
    for (String version : VERSIONS) {
      for (String login : List.of("octocat", "hubot", "mona")) {
        payloads.addAll(payloads(login, version));
      }
    }

    Map<String, List<String>> verdicts = OpenApiDescription.install().validate(payloads);

    assertThat(verdicts).hasSize(payloads.size()).hasSize(2 * 3 * 14);
    assertThat(verdicts).allSatisfy((name, errors) -> assertThat(errors).as(name).isEmpty());
  }

  @Test
  void aBrokenAnswerIsNoticed() {
    List<Payload> broken = payloads("octocat", "2022-11-28").stream().map(this::broken).toList();

    Map<String, List<String>> verdicts = OpenApiDescription.install().validate(broken);

    assertThat(verdicts).hasSize(broken.size());
    assertThat(verdicts).allSatisfy((name, errors) -> assertThat(errors).as(name).isNotEmpty());
  }

  @Test
  void whatALaterVersionDroppedIsNoLongerAskedFor() {
    String token = tokenOf("octocat", "repo");
    JsonNode later = get("/user/repos", token, "2026-03-10");

    Map<String, List<String>> verdicts =
        OpenApiDescription.install()
            .validate(
                List.of(
                    new Payload("then", "GET", "/user/repos", "2026-03-10", later),
                    new Payload("before", "GET", "/user/repos", "2022-11-28", later)));

    assertThat(verdicts.get("then")).isEmpty();
    assertThat(verdicts.get("before")).anySatisfy(e -> assertThat(e).contains("has_downloads"));
  }

  private List<Payload> payloads(String login, String version) {
    String wide = tokenOf(login, "repo user read:org");
    String narrow = tokenOf(login, "repo");
    String expiring = tokenOf(login, "gist offline_access");
    Collector all = new Collector(login, version);
    all.get("/", "/", wide);
    all.get("/user", "/user", wide);
    all.get("/user", "/user", narrow);
    all.get("/user/emails", "/user/emails", wide);
    all.get("/user/repos", "/user/repos", wide);
    all.get("/user/orgs", "/user/orgs", tokenOf("octocat", "read:org"));
    all.get("/user/memberships/orgs/{org}", "/user/memberships/orgs/acme", wide);
    all.get(
        "/orgs/{org}/teams/{team_slug}/memberships/{username}",
        "/orgs/acme/teams/design/memberships/octocat",
        tokenOf("octocat", "read:org"));
    all.get("/users/{username}", "/users/" + login, wide);
    all.get("/users/{username}", "/users/acme", wide);
    all.get("/repos/{owner}/{repo}", "/repos/octocat/Hello-World", wide);
    all.manage("POST", wide);
    all.manage("POST", expiring);
    all.manage("PATCH", expiring);
    return all.payloads;
  }

  /** The first object of the answer, without its first field and with a field of the wrong type. */
  private Payload broken(Payload payload) {
    JsonNode copy = payload.json().deepCopy();
    ObjectNode victim = (ObjectNode) (copy.isArray() ? copy.path(0) : copy);
    victim.remove(victim.propertyNames().iterator().next());
    victim.put(victim.propertyNames().iterator().next(), true);
    return new Payload(payload.name(), payload.method(), payload.path(), payload.version(), copy);
  }

  private String tokenOf(String login, String scope) {
    fake.github.person(Person.approving(login));
    return fake.accessToken(scope);
  }

  private JsonNode get(String path, String token, String version) {
    Reply reply = fake.get(path, token, "X-GitHub-Api-Version", version);
    assertThat(reply.status()).as(path).isEqualTo(200);
    return JsonMapper.shared().readTree(FakeBrowser.text(reply));
  }

  /** Gathers answers to one person. */
  private final class Collector {
    private final String login;
    private final String version;
    private final List<Payload> payloads = new ArrayList<>();

    Collector(String login, String version) {
      this.login = login;
      this.version = version;
    }

    void get(String described, String path, String token) {
      add("GET", described, OpenApiTest.this.get(path, token, version));
    }

    void manage(String method, String token) {
      Reply reply = fake.manage(method, "/token", token);
      assertThat(reply.status()).isEqualTo(200);
      add(method, "/applications/{client_id}/token", FakeGitHub.json(reply));
    }

    private void add(String method, String described, JsonNode json) {
      String name = payloads.size() + " " + method + " " + described + " " + login + " " + version;
      payloads.add(new Payload(name, method, described, version, json));
    }
  }
}
