package dev.ostiary.simulator.settings;

import dev.ostiary.simulator.token.Scopes;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A user who decides without a page: signs in, and approves or refuses at once.
 *
 * @param ceiling the scopes the person is willing to grant; null for all that are asked for
 */
public record Person(String login, @Nullable Set<String> ceiling, boolean refuses) {
  public Person {
    ceiling = ceiling == null ? null : Set.copyOf(ceiling);
  }

  /** Grants whatever is asked for. */
  public static Person approving(String login) {
    return new Person(login, null, false);
  }

  /** Grants these scopes at most. */
  public static Person granting(String login, String... scopes) {
    return new Person(login, Set.of(scopes), false);
  }

  /** Presses "Cancel". */
  public static Person refusing(String login) {
    return new Person(login, Set.of(), true);
  }

  public Scopes grants(Scopes asked) {
    return ceiling == null ? asked : asked.only(new TreeSet<>(ceiling));
  }
}
