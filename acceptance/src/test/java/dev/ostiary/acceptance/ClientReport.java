package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a real client saw on its journey, as its script reported it. */
record ClientReport(JsonNode json) {
  /** Everything that every client must have seen. */
  void isAWholeJourney() {
    assertThat(json.at("/token/type").asString()).isEqualToIgnoringCase("Bearer");
    assertThat(json.at("/token/expiresIn").asInt()).isBetween(1, 3600);
    assertThat(texts("/tools")).containsExactly("calculate", "get_github_repos", "get_user_info");
    assertThat(json.at("/outputSchemas").asBoolean()).isTrue();
    assertThat(json.at("/user/login").asString()).isEqualTo("octocat");
    assertThat(json.at("/repositories/repositories").size()).isBetween(1, 2);
    assertThat(json.at("/repositories/repositories/0/full_name").asString()).contains("octocat/");
    assertThat(json.at("/sum/result").asInt()).isEqualTo(42);
    assertThat(json.at("/divisionByZero/isError").asBoolean()).isTrue();
    assertThat(texts("/templates")).containsExactly("github://user/{login}");
    assertThat(json.at("/resource/uri").asString()).isEqualTo("github://user/octocat");
    assertThat(json.at("/resource/text").asString()).contains("octocat");
    assertThat(json.at("/refreshed/product/result").asInt()).isEqualTo(42);
    assertThat(json.at("/refreshed/accessTokenChanged").asBoolean()).isTrue();
    assertThat(json.at("/refreshed/refreshTokenChanged").asBoolean()).isTrue();
  }

  /** What a client that shows its requests saw before it was signed in. */
  void startedWithAChallenge(Program program) {
    assertThat(json.at("/challenge").asString())
        .startsWith("Bearer ")
        .contains(
            "resource_metadata=\""
                + program.origin()
                + "/.well-known/oauth-protected-resource/mcp\"")
        .contains("scope=\"");
    assertThat(json.at("/iss").asString()).isEqualTo(program.origin().toString());
    assertThat(json.at("/pages")).as("consent pages").hasSize(1);
  }

  List<String> texts(String pointer) {
    return json.at(pointer).valueStream().map(JsonNode::asString).toList();
  }
}
