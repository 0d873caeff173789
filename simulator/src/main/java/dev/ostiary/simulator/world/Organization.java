package dev.ostiary.simulator.world;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An organization, its members and its teams. */
public record Organization(
    long id,
    String login,
    String name,
    String description,
    Instant since,
    List<Member> members,
    List<Team> teams) {

  /**
   * One member.
   *
   * @param active false while the invitation is not yet accepted
   */
  public record Member(String login, boolean admin, boolean active) {}

  /** A team, by the name in its address, and the logins of its members. */
  public record Team(String slug, List<String> members) {
    public Team {
      members = List.copyOf(members);
    }

    public boolean has(Account account) {
      return members.stream().anyMatch(account::isCalled);
    }
  }

  public Organization {
    members = List.copyOf(members);
    teams = List.copyOf(teams);
  }

  public Optional<Team> team(String slug) {
    return teams.stream().filter(team -> team.slug().equals(slug)).findFirst();
  }

  public Optional<Member> member(Account account) {
    return members.stream().filter(member -> account.isCalled(member.login())).findFirst();
  }

  public boolean hasActive(Account account) {
    return member(account).filter(Member::active).isPresent();
  }

  boolean isCalled(String someLogin) {
    return login.equalsIgnoreCase(someLogin);
  }
}
