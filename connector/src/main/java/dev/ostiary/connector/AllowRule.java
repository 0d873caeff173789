package dev.ostiary.connector;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who may sign in, or use a server: every user who is on one of these lists; everybody with an
 * account, if all are empty. What the names mean is the connector's, which knows some kinds of
 * lists and admits no user by the others.
 *
 * @param users by their names, or ids
 * @param organizations whose members are meant
 * @param teams of organizations, such as {@code acme/platform}
 * @param groups as the identity provider names them
 * @param emailDomains of verified e-mail addresses
 * @param subjects ids that the identity provider gives users, which never change
 */
public record AllowRule(
    List<String> users,
    List<String> organizations,
    List<String> teams,
    List<String> groups,
    List<String> emailDomains,
    List<String> subjects) {
  public static final AllowRule ANYBODY = new AllowRule(List.of(), List.of());

  public AllowRule {
    users = List.copyOf(users);
    organizations = List.copyOf(organizations);
    teams = List.copyOf(teams);
    groups = List.copyOf(groups);
    emailDomains = List.copyOf(emailDomains);
    subjects = List.copyOf(subjects);
  }

  /** Users and members of organizations. */
  public AllowRule(List<String> users, List<String> organizations) {
    this(users, organizations, List.of(), List.of(), List.of(), List.of());
  }

  /** The lists that are not empty, by their keys in a configuration. */
  public Map<String, List<String>> lists() {
    Map<String, List<String>> lists = new TreeMap<>();
    lists.put("users", users);
    lists.put("organizations", organizations);
    lists.put("teams", teams);
    lists.put("groups", groups);
    lists.put("email-domains", emailDomains);
    lists.put("subjects", subjects);
    lists.values().removeIf(List::isEmpty);
    return lists;
  }

  /** Whether it is empty, so that all users are allowed. */
  public boolean isOpen() {
    return lists().isEmpty();
  }
}
