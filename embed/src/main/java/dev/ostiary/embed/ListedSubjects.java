package dev.ostiary.embed;

import dev.ostiary.connector.AllowRule;
import dev.ostiary.gateway.call.AllowedUsers;
import dev.ostiary.gateway.token.Caller;
import java.util.HashSet;
import java.util.Set;

/**
 * The users of a server that takes access tokens of a foreign authorization server: those whose
 * {@code sub} is on its list, byte for byte.
 */
final class ListedSubjects implements AllowedUsers {
  private final Set<String> subjects = new HashSet<>();

  ListedSubjects(AllowRule list) {
    subjects.addAll(list.users());
    subjects.addAll(list.subjects());
  }

  @Override
  public Verdict known(Caller caller) {
    return ask(caller);
  }

  @Override
  public Verdict ask(Caller caller) {
    return subjects.contains(caller.subject().value()) ? Verdict.ALLOWED : Verdict.NOT_ALLOWED;
  }
}
