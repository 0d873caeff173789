package dev.ostiary.simulator.api;

import dev.ostiary.simulator.http.Json;
import dev.ostiary.simulator.http.Origin;
import dev.ostiary.simulator.http.Parameters;
import dev.ostiary.simulator.token.AccessToken;
import dev.ostiary.simulator.token.ScopeName;
import dev.ostiary.simulator.world.Account;
import dev.ostiary.simulator.world.Repository;
import dev.ostiary.simulator.world.World;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;

/** {@code /user/repos} and {@code /repos/{owner}/{repo}}. */
final class RepositoryResources {
  private static final Set<String> VISIBILITIES = Set.of("all", "public", "private");
  private static final Set<String> TYPES = Set.of("all", "owner", "public", "private", "member");
  private static final Set<String> SORTS = Set.of("created", "updated", "pushed", "full_name");
  private static final Set<String> DIRECTIONS = Set.of("asc", "desc");

  private final World world;
  private final Origin origin;
  private final RepositoryJson repositories;

  RepositoryResources(World world, Origin origin, RepositoryJson repositories) {
    this.world = world;
    this.origin = origin;
    this.repositories = repositories;
  }

  /** The person's repositories, private ones only with {@code repo}. */
  Answer mine(Call call) {
    Optional<String> wrong = wrongParameter(call.query());
    if (wrong.isPresent()) {
      return Answer.invalid("Repository", wrong.get(), "invalid");
    }
    List<Repository> found =
        world.repositoriesOf(call.account()).stream()
            .filter(repository -> isSeen(repository, call.caller()))
            .filter(visibility(call.query()))
            .filter(affiliation(call.account(), call.query()))
            .filter(type(call.account(), call.query()))
            .sorted(order(call.query()))
            .toList();
    var slice = Slice.of(found, call.query(), origin.api(call.path()));
    ArrayNode json = Json.array();
    slice.items().forEach(r -> json.add(repositories.item(r, call.account(), call.version())));
    return slice.onto(Answer.ok(json));
  }

  Answer one(Call call) {
    return world
        .repository(call.segment("{owner}"), call.segment("{repo}"))
        .filter(repository -> isSeen(repository, call.caller()))
        .map(
            repository ->
                Answer.ok(
                    repositories.whole(
                        repository,
                        call.caller().accessToken().map(AccessToken::account).orElse(null),
                        call.version())))
        .orElseGet(Answer::notFound);
  }

  private boolean isSeen(Repository repository, Caller caller) {
    return !repository.hidden()
        || caller
            .accessToken()
            .filter(token -> token.covers(ScopeName.REPO))
            .filter(token -> world.reaches(token.account(), repository))
            .isPresent();
  }

  private static Optional<String> wrongParameter(Parameters query) {
    if (!VISIBILITIES.contains(query.find("visibility").orElse("all"))) {
      return Optional.of("visibility");
    }
    if (!SORTS.contains(query.find("sort").orElse("full_name"))) {
      return Optional.of("sort");
    }
    if (!DIRECTIONS.contains(query.find("direction").orElse("asc"))) {
      return Optional.of("direction");
    }
    boolean twice = query.find("visibility").or(() -> query.find("affiliation")).isPresent();
    boolean known = TYPES.contains(query.find("type").orElse("all"));
    return query.find("type").isPresent() && (twice || !known)
        ? Optional.of("type")
        : Optional.empty();
  }

  private static Predicate<Repository> visibility(Parameters query) {
    String asked = query.find("visibility").orElse("all");
    return repository -> asked.equals("all") || repository.hidden() == asked.equals("private");
  }

  private Predicate<Repository> affiliation(Account account, Parameters query) {
    List<String> asked =
        List.of(
            query
                .find("affiliation")
                .orElse("owner,collaborator,organization_member")
                .split(",", -1));
    return repository ->
        (asked.contains("owner") && repository.isOwnedBy(account))
            || (asked.contains("collaborator") && repository.isWorkedOnBy(account))
            || (asked.contains("organization_member")
                && world.isThroughOrganization(account, repository));
  }

  private static Predicate<Repository> type(Account account, Parameters query) {
    return switch (query.find("type").orElse("all")) {
      case "owner" -> repository -> repository.isOwnedBy(account);
      case "member" -> repository -> !repository.isOwnedBy(account);
      case "public" -> repository -> !repository.hidden();
      case "private" -> Repository::hidden;
      default -> _ -> true;
    };
  }

  /** By name upwards, by time downwards, unless a direction is given. */
  private static Comparator<Repository> order(Parameters query) {
    String sort = query.find("sort").orElse("full_name");
    Comparator<Repository> upwards =
        switch (sort) {
          case "created" -> Comparator.comparing(repository -> repository.times().created());
          case "updated" -> Comparator.comparing(repository -> repository.times().updated());
          case "pushed" -> Comparator.comparing(repository -> repository.times().pushed());
          default -> Comparator.comparing(Repository::fullName, String.CASE_INSENSITIVE_ORDER);
        };
    String usual = sort.equals("full_name") ? "asc" : "desc";
    return query.find("direction").orElse(usual).equals("asc") ? upwards : upwards.reversed();
  }
}
