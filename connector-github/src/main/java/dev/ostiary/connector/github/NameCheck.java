package dev.ostiary.connector.github;

import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.authorization.store.UpstreamNameStore.Kind;
import dev.ostiary.connector.AllowRule;
import dev.ostiary.connector.github.GitHubApi.Answer;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Looks up every name on the allow lists when the server starts, in the application's own name: one
 * that GitHub does not know is said, and the others stand for their accounts from then on.
 */
final class NameCheck {
  private static final System.Logger LOG = System.getLogger(NameCheck.class.getName());
  private static final String ORGANIZATION = "Organization";

  private final GitHubApi api;
  private final String credentials;
  private final AllowedNames names;

  /**
   * @param credentials of the application, for an {@code Authorization} header
   */
  NameCheck(GitHubApi api, String credentials, AllowedNames names) {
    this.api = api;
    this.credentials = credentials;
    this.names = names;
  }

  /** Checks. Blocks; ends early if GitHub cannot be asked. */
  void run(List<AllowRule> lists) {
    try {
      if (!isAsked(lists)) {
        LOG.log(
            System.Logger.Level.WARNING,
            "GitHub could not be asked whether the names on the allow lists exist");
      }
    } catch (StoreUnavailable trouble) {
      LOG.log(
          System.Logger.Level.WARNING, "the names on the allow lists are not looked up", trouble);
    }
  }

  private boolean isAsked(List<AllowRule> lists) {
    return lists.stream()
            .flatMap(list -> list.users().stream())
            .distinct()
            .filter(user -> GitHubNames.id(user).isEmpty())
            .allMatch(user -> check(Kind.USER, user))
        && lists.stream()
            .flatMap(GitHubNames::organizations)
            .distinct()
            .allMatch(name -> check(Kind.ORGANIZATION, name));
  }

  /** Whether GitHub could be asked. */
  private boolean check(Kind kind, String name) {
    return switch (api.find("/users/" + GitHubOAuth.encode(name), credentials)) {
      case Answer.Found(var account, var _) when Account.isId(account.path("id")) -> {
        found(kind, name, account);
        yield true;
      }
      case Answer.NotFound _ -> {
        unknown(kind, name);
        yield true;
      }
      case Answer.TokenRefused _ -> {
        LOG.log(
            System.Logger.Level.WARNING,
            "GitHub does not accept sign-in.github.client-id and sign-in.github.client-secret");
        yield false;
      }
      default -> false;
    };
  }

  private void found(Kind kind, String name, JsonNode account) {
    boolean organization = account.path("type").asString("").equals(ORGANIZATION);
    if (organization == (kind == Kind.ORGANIZATION)) {
      names.means(kind, name, account.path("id").asLong());
    } else {
      LOG.log(
          System.Logger.Level.WARNING,
          "allow names {0} among the {1}, and at GitHub it is {2}: nobody gets in by it",
          name,
          kind == Kind.USER ? "users" : "organizations",
          organization ? "an organization" : "a user");
    }
  }

  private static void unknown(Kind kind, String name) {
    LOG.log(
        System.Logger.Level.WARNING,
        "allow names the {0} {1}, and GitHub knows none of this name: nobody gets in by it",
        kind == Kind.USER ? "user" : "organization",
        name);
  }
}
