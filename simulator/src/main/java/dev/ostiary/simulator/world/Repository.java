package dev.ostiary.simulator.world;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A repository.
 *
 * @param owner the login of a person or an organization
 * @param hidden a private repository
 * @param collaborators logins of those who work on it without owning it
 */
public record Repository(
    long id,
    String owner,
    String name,
    boolean hidden,
    @Nullable String description,
    @Nullable String language,
    List<String> topics,
    Figures figures,
    Times times,
    List<String> collaborators) {

  /** What is counted about it; {@code size} is in KiB. */
  public record Figures(int stars, int forks, int openIssues, int size) {}

  /** When it was made, described and worked on. */
  public record Times(Instant created, Instant updated, Instant pushed) {}

  public Repository {
    topics = List.copyOf(topics);
    collaborators = List.copyOf(collaborators);
  }

  public String fullName() {
    return owner + "/" + name;
  }

  public boolean isOwnedBy(Account account) {
    return account.isCalled(owner);
  }

  public boolean isWorkedOnBy(Account account) {
    return collaborators.stream().anyMatch(account::isCalled);
  }
}
