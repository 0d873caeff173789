package dev.ostiary.connector.github;

import dev.ostiary.config.Problems;
import dev.ostiary.connector.AllowRule;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How users, organizations and teams are named on a list: by login names, by {@code id:} and a
 * number, and as {@code acme/platform}.
 */
final class GitHubNames {
  private static final String ID_PREFIX = "id:";
  private static final Pattern ID = Pattern.compile(ID_PREFIX + "[1-9][0-9]{0,17}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");

  private static final Pattern TEAM = Pattern.compile(NAME.pattern() + "/[a-z0-9][a-z0-9_-]*");

  private GitHubNames() {}

  /** The id that an entry of the users gives, if it is not a login name. */
  static OptionalLong id(String user) {
    return ID.matcher(user).matches()
        ? OptionalLong.of(Long.parseLong(user.substring(ID_PREFIX.length())))
        : OptionalLong.empty();
  }

  /** The organization of a team. */
  static String organization(String team) {
    return team.substring(0, team.indexOf('/'));
  }

  /** Every organization of which someone is let in, as a member or through a team. */
  static Stream<String> organizations(AllowRule rule) {
    return Stream.concat(
        rule.organizations().stream(), rule.teams().stream().map(GitHubNames::organization));
  }

  static void check(AllowRule rule, Problems problems) {
    rule.users().stream()
        .filter(user -> !ID.matcher(user).matches() && !NAME.matcher(user).matches())
        .forEach(user -> wrong(user, ", or id:583231", problems.in("users")));
    rule.organizations().stream()
        .filter(name -> !NAME.matcher(name).matches())
        .forEach(name -> wrong(name, "", problems.in("organizations")));
    rule.teams().stream()
        .filter(team -> !TEAM.matcher(team).matches())
        .forEach(
            team ->
                problems
                    .in("teams")
                    .add(
                        team,
                        "must be teams of organizations at GitHub",
                        "Write acme/platform for https://github.com/orgs/acme/teams/platform."));
  }

  private static void wrong(String name, String alternative, Problems problems) {
    problems.add(
        name,
        "must be GitHub login names",
        "Write the name as in https://github.com/NAME, without an @" + alternative + ".");
  }
}
