package dev.ostiary.connector.github;

import dev.ostiary.connector.github.GitHubApi.Answer;
import dev.ostiary.connector.github.UserApi.Trouble;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.mcp.server.ResourceTemplate;
import dev.ostiary.mcp.server.ResourceTemplateDefinition;
import dev.ostiary.protocol.Result;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** {@code github://user/{login}}: the public profile of any user. */
final class UserResource implements ResourceTemplate<Caller> {
  private static final Pattern URI =
      Pattern.compile("github://user/([A-Za-z0-9][A-Za-z0-9_-]{0,99})");

  private static final ResourceTemplateDefinition DEFINITION =
      new ResourceTemplateDefinition(
          "github://user/{login}",
          "github_user",
          "GitHub user",
          "The public profile of a GitHub user",
          "application/json");

  private final UserApi api;

  UserResource(UserApi api) {
    this.api = api;
  }

  @Override
  public ResourceTemplateDefinition definition() {
    return DEFINITION;
  }

  @Override
  public Outcome read(String uri, Caller caller) {
    Matcher match = URI.matcher(uri);
    if (!match.matches()) {
      return new Outcome.NotFound();
    }
    return switch (api.find(caller.grant(), "/users/" + match.group(1))) {
      case Result.Ok(Answer.Found(JsonNode user, var _)) ->
          new Outcome.Found(user.toPrettyString());
      case Result.Refused(Trouble.NotFound _) -> new Outcome.NotFound();
      case Result.Refused(Trouble.SignInAgain _) -> new Outcome.SignInAgain();
      case Result.Refused(Trouble.Told(String text)) -> new Outcome.Failed(text);
    };
  }
}
