package dev.ostiary.embed.config;

import dev.ostiary.config.Entry;
import dev.ostiary.config.Key;
import dev.ostiary.config.Node;
import dev.ostiary.config.Place;
import dev.ostiary.config.Problem;
import dev.ostiary.config.Reading;
import dev.ostiary.config.Shape;
import dev.ostiary.connector.ConnectorType;
import dev.ostiary.connector.ConnectorTypes;
import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.gateway.policy.PolicyReader;
import dev.ostiary.protocol.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The policy of a server: ready-made, written in place, or in a file of its own. */
final class PolicyShape implements Shape<Policy> {
  private static final String FILE = "file:";

  private static String remedy() {
    return "Write the name of a ready policy ("
        + String.join(", ", ready().keySet())
        + "), file:PATH, or the policy itself, indented below the key.";
  }

  @Override
  public Optional<Policy> read(Node node, Place place, @Nullable Policy usual) {
    return switch (node) {
      case Node.Table table -> inPlace(table, place);
      case Node.Value(String text, _, _) when text.startsWith(FILE) ->
          fromFile(text.substring(FILE.length()), place);
      case Node.Value(String name, _, _) -> ready(name, place);
      case Node.Items _, Node.Nothing _ -> wrong(place, null, "does not say who may do what");
    };
  }

  /** What connectors bring along, by their names. */
  private static Map<String, Policy> ready() {
    Map<String, Policy> ready = new TreeMap<>();
    ConnectorTypes.all()
        .forEach(type -> type.policy().ifPresent(policy -> ready.put(type.name(), policy)));
    return ready;
  }

  private static Optional<Policy> ready(String name, Place place) {
    Optional<Policy> policy = ConnectorTypes.named(name).flatMap(ConnectorType::policy);
    return policy.isPresent() ? policy : wrong(place, name, "is not a policy that Ostiary has");
  }

  private static Optional<Policy> inPlace(Node.Table table, Place place) {
    return switch (policy(table)) {
      case Result.Ok<Policy, List<Problem>>(Policy policy) -> Optional.of(policy);
      case Result.Refused<Policy, List<Problem>>(List<Problem> all) -> {
        for (Problem each : all) {
          new Place(place.reading(), full(place, each), "", each.line())
              .wrong(each.value(), each.what(), each.remedy());
        }
        yield Optional.empty();
      }
    };
  }

  private static String full(Place place, Problem problem) {
    return problem.key().isEmpty() ? place.path() : place.path() + "." + problem.key();
  }

  private static Optional<Policy> fromFile(String name, Place place) {
    Reading reading = place.reading();
    if (!(reading.environment().files().read(name)
        instanceof Result.Ok<String, String>(var text))) {
      return wrong(place, FILE + name, "names a file that cannot be read");
    }
    List<Problem> flaws = new ArrayList<>();
    Node.Table table = reading.environment().parser().parse(text, flaws);
    if (flaws.isEmpty()) {
      switch (policy(table)) {
        case Result.Ok<Policy, List<Problem>>(Policy policy) -> {
          return Optional.of(policy);
        }
        case Result.Refused<Policy, List<Problem>>(List<Problem> all) -> flaws.addAll(all);
      }
    }
    flaws.forEach(flaw -> inFile(name, flaw, place));
    return Optional.empty();
  }

  /** A problem of the other file, at the line that names it. */
  private static void inFile(String file, Problem problem, Place place) {
    String where = place.path() + " (" + file + ", line " + problem.line() + ")";
    new Place(
            place.reading(),
            problem.key().isEmpty() ? where : where + ": " + problem.key(),
            "",
            place.line())
        .wrong(problem.value(), problem.what(), problem.remedy());
  }

  private static Result<Policy, List<Problem>> policy(Node.Table table) {
    return PolicyReader.read(table, ready());
  }

  private static Optional<Policy> wrong(Place place, @Nullable String value, String what) {
    place.wrong(value, what, remedy());
    return Optional.empty();
  }

  @Override
  public Stream<Entry> entries(String path, Key<Policy> key, @Nullable Policy usual) {
    return Stream.of(key.entry(path, "policy", "none"));
  }
}
