package dev.ostiary.embed.config;

import dev.ostiary.config.Entry;
import dev.ostiary.config.Key;
import dev.ostiary.config.Node;
import dev.ostiary.config.Place;
import dev.ostiary.config.Section;
import dev.ostiary.config.Shape;
import dev.ostiary.connector.ConnectorSettings;
import dev.ostiary.connector.ConnectorType;
import dev.ostiary.connector.ConnectorTypes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where users sign in: an entry for each kind of connector, or several under names of their own
 * where a kind can be there more than once.
 */
final class SignInShape implements Shape<Map<String, ConnectorSettings>> {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  @Override
  public Optional<Map<String, ConnectorSettings>> read(
      Node node, Place place, @Nullable Map<String, ConnectorSettings> usual) {
    if (!(node instanceof Node.Table table)) {
      place.wrong(null, "must have keys of its own", "Indent them below it. " + kinds());
      return Optional.empty();
    }
    Map<String, ConnectorSettings> entries = new LinkedHashMap<>();
    table.values().forEach((kind, one) -> kind(one, place.in(kind, one), entries));
    if (table.values().isEmpty()) {
      usual().ifPresent(type -> read(type, table, place.in(type.name(), null), entries));
    }
    return entries.isEmpty() ? Optional.empty() : Optional.of(entries);
  }

  /** The type that is meant where nothing is written. */
  static Optional<ConnectorType> usual() {
    return ConnectorTypes.all().stream().filter(ConnectorType::isUsual).findFirst();
  }

  private static void kind(Node node, Place place, Map<String, ConnectorSettings> entries) {
    Optional<ConnectorType> type = ConnectorTypes.named(place.name());
    if (type.isEmpty()) {
      place.wrong(null, "is not a kind of sign-in", kinds());
    } else if (!type.get().isNamed()) {
      read(type.get(), node, place, entries);
    } else if (node instanceof Node.Table table && !table.values().isEmpty()) {
      table.values().forEach((name, one) -> named(type.get(), one, place.in(name, one), entries));
    } else {
      place.wrong(
          null,
          "must have entries under names of their own",
          "Indent a name below it, such as acme, and the keys below that.");
    }
  }

  /** One of several: its name is part of every subject, so no other entry may have it. */
  private static void named(
      ConnectorType type, Node node, Place place, Map<String, ConnectorSettings> entries) {
    String name = place.name();
    if (!NAME.matcher(name).matches()) {
      place.wrong(
          null,
          "must be named with at most 40 lower-case letters, digits and hyphens",
          "The name is part of the callback and of every user's id: write acme, or acme-staff.");
    } else if (ConnectorTypes.named(name).isPresent()) {
      place.wrong(null, "has the name of a kind of sign-in", "Take another name.");
    } else {
      read(type, node, place, entries);
    }
  }

  private static String kinds() {
    return "There are: "
        + ConnectorTypes.all().stream().map(ConnectorType::name).collect(Collectors.joining(", "))
        + ".";
  }

  private static void read(
      ConnectorType type, Node node, Place place, Map<String, ConnectorSettings> entries) {
    settings(type.keys(), node, place).ifPresent(settings -> entries.put(place.name(), settings));
  }

  private static <T extends Record> Optional<ConnectorSettings> settings(
      Section<T> section, Node node, Place place) {
    return section.read(node, place, null).map(ConnectorSettings.class::cast);
  }

  @Override
  public Stream<Entry> entries(
      String path,
      Key<Map<String, ConnectorSettings>> key,
      @Nullable Map<String, ConnectorSettings> usual) {
    return ConnectorTypes.all().stream()
        .flatMap(
            type ->
                type.keys().entries(path + "." + type.name() + (type.isNamed() ? ".*" : ""), null));
  }
}
