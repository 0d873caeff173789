package dev.ostiary.connector.github;

import dev.ostiary.connector.github.GitHubApi.Answer;
import dev.ostiary.connector.github.UserApi.Trouble;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.mcp.server.Tool;
import dev.ostiary.mcp.server.ToolDefinition;
import dev.ostiary.protocol.Result;
import java.net.URI;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code get_github_repos}: the repositories of the signed-in user, the latest changed first.
 * Private ones are there only if our token has the scope {@code repo}, whatever GitHub's token
 * could do.
 */
final class GetGithubRepos implements Tool<Caller> {
  private static final int DEFAULT_LIMIT = 30;
  private static final int PAGE = 100;

  private static final ToolDefinition DEFINITION =
      new ToolDefinition(
          "get_github_repos",
          "My repositories",
          "The repositories of the signed-in GitHub user, the latest changed first. Private ones"
              + " are included only if access to them was granted (scope repo).",
          Schemas.parse(
              """
              {
                "type": "object",
                "properties": {
                  "limit": {
                    "type": "integer",
                    "minimum": 1,
                    "maximum": 300,
                    "default": 30,
                    "description": "How many at most"
                  }
                },
                "additionalProperties": false
              }
              """),
          Schemas.parse(
              """
              {
                "type": "object",
                "properties": {
                  "repositories": {
                    "type": "array",
                    "items": {
                      "type": "object",
                      "properties": {
                        "full_name": {"type": "string"},
                        "description": {"type": ["string", "null"]},
                        "private": {"type": "boolean"},
                        "html_url": {"type": "string"},
                        "language": {"type": ["string", "null"]},
                        "default_branch": {"type": "string"},
                        "stargazers_count": {"type": "integer"},
                        "updated_at": {"type": ["string", "null"]}
                      },
                      "required": ["full_name", "description", "private", "html_url"]
                    }
                  },
                  "private_included": {"type": "boolean"}
                },
                "required": ["repositories", "private_included"]
              }
              """),
          true,
          true);

  private final UserApi api;
  private final GitHubApi plain;

  GetGithubRepos(UserApi api, GitHubApi plain) {
    this.api = api;
    this.plain = plain;
  }

  @Override
  public ToolDefinition definition() {
    return DEFINITION;
  }

  @Override
  public Outcome call(ObjectNode arguments, Caller caller) {
    int limit = arguments.path("limit").asInt(DEFAULT_LIMIT);
    boolean withPrivate = GitHubScopes.withImplied(caller.scopes()).contains(GitHubScopes.REPO);
    String path =
        "/user/repos?sort=updated&per_page="
            + Math.min(limit, PAGE)
            + (withPrivate ? "" : "&visibility=public");
    ArrayNode repositories = JsonNodeFactory.instance.arrayNode();
    Result<Answer.Found, Trouble> page = api.find(caller.grant(), path);
    while (true) {
      switch (page) {
        case Result.Refused(Trouble trouble) -> {
          return Troubles.outcome(trouble);
        }
        case Result.Ok(Answer.Found(JsonNode found, Optional<URI> next)) -> {
          take(found, withPrivate, limit, repositories);
          if (repositories.size() >= limit || next.isEmpty()) {
            return done(repositories, withPrivate);
          }
          page = api.find(caller.grant(), token -> plain.find(next.get(), token));
        }
      }
    }
  }

  private static void take(JsonNode found, boolean withPrivate, int limit, ArrayNode into) {
    for (JsonNode repository : found) {
      boolean visible = withPrivate || !repository.path("private").asBoolean(true);
      if (visible && into.size() < limit) {
        into.add(summary(repository));
      }
    }
  }

  private static ObjectNode summary(JsonNode repository) {
    ObjectNode summary = JsonNodeFactory.instance.objectNode();
    for (String member :
        new String[] {
          "full_name",
          "description",
          "private",
          "html_url",
          "language",
          "default_branch",
          "stargazers_count",
          "updated_at"
        }) {
      if (repository.has(member)) {
        summary.set(member, repository.path(member));
      }
    }
    return summary;
  }

  private static Outcome done(ArrayNode repositories, boolean withPrivate) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.set("repositories", repositories);
    result.put("private_included", withPrivate);
    return new Outcome.Done(result.toPrettyString(), result);
  }
}
