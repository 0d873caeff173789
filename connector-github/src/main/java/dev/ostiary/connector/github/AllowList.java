package dev.ostiary.connector.github;

import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.connector.github.GitHubApi.Answer;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who may sign in. A login name may pass to another person, so each is resolved to its user id
 * once, and from then on only the id counts.
 */
final class AllowList {
  private final GitHubSettings.Allow allow;
  private final GitHubApi api;
  private final Map<String, Long> userIds = new ConcurrentHashMap<>();

  AllowList(GitHubSettings.Allow allow, GitHubApi api) {
    this.allow = allow;
    this.api = api;
  }

  boolean needsOrganizations() {
    return !allow.organizations().isEmpty();
  }

  /** Asks with the user's own fresh token. Not being able to ask is not a no. */
  Result<Boolean, UpstreamRefusal> allows(long userId, Secret token) {
    if (allow.anybody()) {
      return Result.ok(true);
    }
    for (String login : allow.users()) {
      Result<Boolean, UpstreamRefusal> same = isUser(login, userId, token);
      if (decides(same)) {
        return same;
      }
    }
    for (String organization : allow.organizations()) {
      Result<Boolean, UpstreamRefusal> member = isMember(organization, token);
      if (decides(member)) {
        return member;
      }
    }
    return Result.ok(false);
  }

  private static boolean decides(Result<Boolean, UpstreamRefusal> answer) {
    return !(answer instanceof Result.Ok<Boolean, UpstreamRefusal>(Boolean yes)) || yes;
  }

  private Result<Boolean, UpstreamRefusal> isUser(String login, long userId, Secret token) {
    Long known = userIds.get(key(login));
    if (known != null) {
      return Result.ok(known == userId);
    }
    return switch (api.find("/users/" + GitHubOAuth.encode(login), token)) {
      case Answer.Found(var user, var _) when user.path("id").canConvertToLong() -> {
        long id = user.path("id").asLong();
        userIds.putIfAbsent(key(login), id);
        yield Result.ok(id == userId);
      }
      case Answer.NotFound _, Answer.Forbidden _ -> Result.ok(false);
      case Answer other -> Result.refused(unavailable(other));
    };
  }

  private Result<Boolean, UpstreamRefusal> isMember(String organization, Secret token) {
    String path = "/user/memberships/orgs/" + GitHubOAuth.encode(organization);
    return switch (api.find(path, token)) {
      case Answer.Found(var membership, var _) ->
          Result.ok(membership.path("state").asString("").equals("active"));
      case Answer.NotFound _, Answer.Forbidden _, Answer.SingleSignOn _ -> Result.ok(false);
      case Answer other -> Result.refused(unavailable(other));
    };
  }

  private static UpstreamRefusal unavailable(Answer answer) {
    return switch (answer) {
      case Answer.TokenRefused _ -> new UpstreamRefusal.Rejected("token_refused");
      case Answer.RateLimited _ -> new UpstreamRefusal.Unavailable("rate limit");
      case Answer.Unavailable(String what) -> new UpstreamRefusal.Unavailable(what);
      default -> new UpstreamRefusal.Unavailable("GitHub refused to tell");
    };
  }

  private static String key(String login) {
    return login.toLowerCase(Locale.ROOT);
  }
}
