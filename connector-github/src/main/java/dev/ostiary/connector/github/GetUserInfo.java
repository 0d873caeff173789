package dev.ostiary.connector.github;

import dev.ostiary.connector.github.GitHubApi.Answer;
import dev.ostiary.connector.github.UserApi.Trouble;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.mcp.server.Tool;
import dev.ostiary.mcp.server.ToolDefinition;
import dev.ostiary.protocol.Result;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code get_user_info}: who is signed in; the private e-mail address only where granted. */
final class GetUserInfo implements Tool<Caller> {
  private static final ToolDefinition DEFINITION =
      new ToolDefinition(
          "get_user_info",
          "Who am I",
          "The GitHub user who is signed in: login, name, public profile, and the primary e-mail"
              + " address if access to it was granted (scope user:email).",
          Schemas.parse(
              """
              {"type": "object", "properties": {}, "additionalProperties": false}
              """),
          Schemas.parse(
              """
              {
                "type": "object",
                "properties": {
                  "login": {"type": "string"},
                  "id": {"type": "integer"},
                  "name": {"type": ["string", "null"]},
                  "email": {"type": ["string", "null"]},
                  "bio": {"type": ["string", "null"]},
                  "company": {"type": ["string", "null"]},
                  "location": {"type": ["string", "null"]},
                  "html_url": {"type": "string"},
                  "avatar_url": {"type": "string"},
                  "public_repos": {"type": "integer"},
                  "followers": {"type": "integer"},
                  "created_at": {"type": "string"}
                },
                "required": ["login", "id", "name", "email", "html_url"]
              }
              """),
          true,
          true);

  private static final List<String> PROFILE =
      List.of(
          "bio",
          "company",
          "location",
          "html_url",
          "avatar_url",
          "public_repos",
          "followers",
          "created_at");

  private final UserApi api;

  GetUserInfo(UserApi api) {
    this.api = api;
  }

  @Override
  public ToolDefinition definition() {
    return DEFINITION;
  }

  @Override
  public Outcome call(ObjectNode arguments, Caller caller) {
    return switch (api.find(caller.grant(), "/user")) {
      case Result.Ok(Answer.Found(JsonNode user, var _)) -> withEmail(user, caller);
      case Result.Refused(Trouble trouble) -> Troubles.outcome(trouble);
    };
  }

  private Outcome withEmail(JsonNode user, Caller caller) {
    if (!GitHubScopes.withImplied(caller.scopes()).contains(GitHubScopes.USER_EMAIL)) {
      return done(user, user.path("email"));
    }
    return switch (api.find(caller.grant(), "/user/emails")) {
      case Result.Ok(Answer.Found(JsonNode emails, var _)) -> done(user, primary(emails, user));
      case Result.Refused(Trouble.SignInAgain again) -> Troubles.outcome(again);
      case Result.Refused(Trouble _) -> done(user, user.path("email"));
    };
  }

  private static JsonNode primary(JsonNode emails, JsonNode user) {
    for (JsonNode email : emails) {
      if (email.path("primary").asBoolean() && email.path("verified").asBoolean()) {
        return email.path("email");
      }
    }
    return user.path("email");
  }

  private static Outcome done(JsonNode user, JsonNode email) {
    ObjectNode info = JsonNodeFactory.instance.objectNode();
    info.set("login", user.path("login"));
    info.set("id", user.path("id"));
    info.put("name", textOrNull(user.path("name")));
    info.put("email", textOrNull(email));
    for (String member : PROFILE) {
      if (user.has(member)) {
        info.set(member, user.path(member));
      }
    }
    return new Outcome.Done(info.toPrettyString(), info);
  }

  private static @Nullable String textOrNull(JsonNode node) {
    return node.isString() ? node.asString() : null;
  }
}
