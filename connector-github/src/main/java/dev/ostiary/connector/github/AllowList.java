package dev.ostiary.connector.github;

import dev.ostiary.authorization.store.UpstreamNameStore.Kind;
import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.connector.AllowRule;
import dev.ostiary.connector.github.GitHubApi.Answer;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Who may sign in, or use a server. What counts is the id of an account, not its name. */
final class AllowList {
  private final AllowRule allow;
  private final GitHubApi api;
  private final AllowedNames names;

  AllowList(AllowRule allow, GitHubApi api, AllowedNames names) {
    this.allow = allow;
    this.api = api;
    this.names = names;
  }

  boolean needsOrganizations() {
    return needsOrganizations(allow);
  }

  /** Whether GitHub has to be asked for organizations to judge by this list. */
  static boolean needsOrganizations(AllowRule allow) {
    return !allow.organizations().isEmpty() || !allow.teams().isEmpty();
  }

  /**
   * Why a user may not come in: {@link UpstreamRefusal.NotAllowed}, or another refusal if it cannot
   * be found out; empty if they may. Asks with the user's own token.
   */
  Optional<UpstreamRefusal> refusal(Account user, Secret token) {
    if (allow.isOpen() || allow.users().stream().anyMatch(entry -> isUser(entry, user))) {
      return Optional.empty();
    }
    return organizations(user, token);
  }

  /** As {@link #refusal(Account, Secret)}, of a user of whom only the id is known. */
  Optional<UpstreamRefusal> refusal(long userId, Secret token) {
    if (allow.isOpen() || allow.users().stream().anyMatch(entry -> is(entry, userId))) {
      return Optional.empty();
    }
    boolean allSeen =
        allow.users().stream()
            .allMatch(entry -> id(entry).isPresent() || names.find(Kind.USER, entry).isPresent());
    return allSeen && allow.teams().isEmpty()
        ? organizations(new Account(userId, ""), token)
        : switch (Account.of(api.find("/user", token))) {
          case Result.Ok(Account user) when user.id() == userId -> refusal(user, token);
          case Result.Ok(Account _) ->
              Optional.of(new UpstreamRefusal.Rejected("token_of_another_user"));
          case Result.Refused(UpstreamRefusal refusal) -> Optional.of(refusal);
        };
  }

  private static OptionalLong id(String entry) {
    return GitHubNames.id(entry);
  }

  private boolean is(String entry, long userId) {
    OptionalLong id = id(entry);
    OptionalLong meant = id.isPresent() ? id : names.find(Kind.USER, entry);
    return meant.isPresent() && meant.getAsLong() == userId;
  }

  /** A user who has a listed login, or had it when it was first seen. */
  private boolean isUser(String entry, Account user) {
    return entry.equalsIgnoreCase(user.login())
        ? names.means(Kind.USER, entry, user.id())
        : is(entry, user.id());
  }

  private Optional<UpstreamRefusal> organizations(Account user, Secret token) {
    List<String> lacks = new ArrayList<>();
    if (!allow.users().isEmpty()) {
      lacks.add("is not one of the users");
    }
    for (Membership way : memberships(user, token)) {
      switch (way.lack()) {
        case Result.Ok<Optional<String>, UpstreamRefusal>(Optional<String> lack) -> {
          if (lack.isEmpty()) {
            return Optional.empty();
          }
          lacks.add(lack.get());
        }
        case Result.Refused<Optional<String>, UpstreamRefusal>(UpstreamRefusal refusal) -> {
          return Optional.of(refusal);
        }
      }
    }
    return Optional.of(
        new UpstreamRefusal.NotAllowed(Long.toString(user.id()), user.login(), lacks));
  }

  /** A question about a user: what they lack to be a member; nothing if they are one. */
  @FunctionalInterface
  private interface Membership {
    Result<Optional<String>, UpstreamRefusal> lack();
  }

  private List<Membership> memberships(Account user, Secret token) {
    return Stream.concat(
            allow.organizations().stream().<Membership>map(name -> () -> lack(name, token)),
            allow.teams().stream().<Membership>map(team -> () -> teamLack(team, user, token)))
        .toList();
  }

  /** What a user lacks to be a member of an organization. */
  private Result<Optional<String>, UpstreamRefusal> lack(String organization, Secret token) {
    String path = "/user/memberships/orgs/" + GitHubOAuth.encode(organization);
    return switch (api.find(path, token)) {
      case Answer.Found(var membership, var _)
          when !membership.path("state").asString("").equals("active") ->
          lacks("has not accepted the invitation to organization " + organization);
      case Answer.Found(var membership, var _) ->
          same(organization, membership.path("organization").path("id"));
      case Answer.NotFound _ -> lacks("is not a member of organization " + organization);
      case Answer.Forbidden _ ->
          lacks(
              "is not shown to be a member of organization "
                  + organization
                  + ", which may have to approve this application at GitHub");
      case Answer.SingleSignOn _ ->
          lacks("has no single sign-on session with organization " + organization);
      case Answer other -> Result.refused(Account.unavailable(other));
    };
  }

  /** What a user lacks to be in a team: first of its organization, which is the one first seen. */
  private Result<Optional<String>, UpstreamRefusal> teamLack(
      String team, Account user, Secret token) {
    String organization = GitHubNames.organization(team);
    return lack(organization, token)
        .then(
            lack ->
                lack.isPresent()
                    ? Result.ok(lack)
                    : teamLack(
                        team,
                        "/orgs/"
                            + GitHubOAuth.encode(organization)
                            + "/teams/"
                            + GitHubOAuth.encode(team.substring(organization.length() + 1))
                            + "/memberships/"
                            + GitHubOAuth.encode(user.login()),
                        token));
  }

  private Result<Optional<String>, UpstreamRefusal> teamLack(
      String team, String path, Secret token) {
    return switch (api.find(path, token)) {
      case Answer.Found(var membership, var _)
          when membership.path("state").asString("").equals("active") ->
          Result.ok(Optional.empty());
      case Answer.Found _ -> lacks("has not accepted the invitation to team " + team);
      case Answer.NotFound _ -> lacks("is not a member of team " + team);
      case Answer.Forbidden _ -> lacks("is not shown to be a member of team " + team);
      case Answer other -> Result.refused(Account.unavailable(other));
    };
  }

  private Result<Optional<String>, UpstreamRefusal> same(String organization, JsonNode id) {
    if (!Account.isId(id)) {
      return Result.refused(
          new UpstreamRefusal.Unavailable("GitHub does not say which organization it is"));
    }
    return names.means(Kind.ORGANIZATION, organization, id.asLong())
        ? Result.ok(Optional.empty())
        : lacks(
            "is a member of organization "
                + organization
                + ", which is not the one that first had this name");
  }

  private static Result<Optional<String>, UpstreamRefusal> lacks(String what) {
    return Result.ok(Optional.of(what));
  }
}
