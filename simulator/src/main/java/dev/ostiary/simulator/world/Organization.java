package dev.ostiary.simulator.world;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An organization and its members. */
public record Organization(
    long id, String login, String name, String description, Instant since, List<Member> members) {

  /**
   * One member.
   *
   * @param active false while the invitation is not yet accepted
   */
  public record Member(String login, boolean admin, boolean active) {}

  public Organization {
    members = List.copyOf(members);
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
