package dev.ostiary.connector.github;

import dev.ostiary.connector.github.UserApi.Trouble;
import dev.ostiary.mcp.server.Tool;

/** How tools tell of trouble. */
final class Troubles {
  private Troubles() {}

  static Tool.Outcome outcome(Trouble trouble) {
    return switch (trouble) {
      case Trouble.NotFound _ ->
          new Tool.Outcome.Failed(
              "GitHub knows no such thing, or the signed-in user has no access to it.");
      case Trouble.SignInAgain _ -> new Tool.Outcome.SignInAgain();
      case Trouble.Told(String text) -> new Tool.Outcome.Failed(text);
    };
  }
}
