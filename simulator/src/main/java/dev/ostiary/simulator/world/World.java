package dev.ostiary.simulator.world;

import java.util.List;
import java.util.Optional;

/** Everybody and everything that the simulated GitHub knows of. */
public record World(
    List<Account> accounts, List<Organization> organizations, List<Repository> repositories) {

  public World {
    accounts = List.copyOf(accounts);
    organizations = List.copyOf(organizations);
    repositories = List.copyOf(repositories);
  }

  public Optional<Account> account(String login) {
    return accounts.stream().filter(account -> account.isCalled(login)).findFirst();
  }

  public Optional<Organization> organization(String login) {
    return organizations.stream().filter(o -> o.isCalled(login)).findFirst();
  }

  public Optional<Repository> repository(String owner, String name) {
    return repositories.stream()
        .filter(r -> r.owner().equalsIgnoreCase(owner) && r.name().equalsIgnoreCase(name))
        .findFirst();
  }

  /** Those the person owns, works on, or has through an organization. */
  public List<Repository> repositoriesOf(Account account) {
    return repositories.stream().filter(repository -> reaches(account, repository)).toList();
  }

  public boolean reaches(Account account, Repository repository) {
    return repository.isOwnedBy(account)
        || repository.isWorkedOnBy(account)
        || isThroughOrganization(account, repository);
  }

  public boolean isThroughOrganization(Account account, Repository repository) {
    return organization(repository.owner()).filter(o -> o.hasActive(account)).isPresent();
  }
}
