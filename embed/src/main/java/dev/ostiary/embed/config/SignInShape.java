package dev.ostiary.embed.config;

import static dev.ostiary.config.Key.key;

import dev.ostiary.config.Entry;
import dev.ostiary.config.Form;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where users sign in: entries, each with the keys of its type. */
final class SignInShape implements Shape<Map<String, ConnectorSettings>> {
  private static final String TYPE = "type";

  private static final Form<ConnectorType> FORM =
      Form.choice(ConnectorTypes.all(), ConnectorType::name);

  private static final Key<ConnectorType> KEY =
      key(TYPE, FORM, "What kind of sign-in it is.").otherwise("the name of the entry");

  @Override
  public Optional<Map<String, ConnectorSettings>> read(
      Node node, Place place, @Nullable Map<String, ConnectorSettings> usual) {
    if (!(node instanceof Node.Table table)) {
      place.wrong(null, "must have keys of its own", "Indent them below it: one for each name.");
      return Optional.empty();
    }
    Map<String, ConnectorSettings> entries = new LinkedHashMap<>();
    table.values().forEach((name, one) -> entry(one, place.in(name, one), entries));
    if (table.values().isEmpty()) {
      usual().ifPresent(type -> read(type, table, place.in(type.name(), null), entries));
    }
    return entries.isEmpty() ? Optional.empty() : Optional.of(entries);
  }

  /** The type that is meant where nothing is written. */
  static Optional<ConnectorType> usual() {
    return ConnectorTypes.all().stream().filter(ConnectorType::isUsual).findFirst();
  }

  private static void entry(Node node, Place place, Map<String, ConnectorSettings> entries) {
    if (node instanceof Node.Table table && KEY.isIn(table)) {
      ConnectorType type = KEY.read(table, place, null);
      Map<String, Node> others = new LinkedHashMap<>(table.values());
      others.remove(TYPE);
      if (type != null) {
        read(type, new Node.Table(others, table.line()), place, entries);
      }
      return;
    }
    Optional<ConnectorType> type = ConnectorTypes.named(place.name());
    if (type.isPresent()) {
      read(type.get(), node, place, entries);
    } else {
      place.wrong(null, "does not say what kind of sign-in it is", "Below it: " + FORM.remedy());
    }
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
    return Stream.concat(
        KEY.entries(path + ".*", null),
        ConnectorTypes.all().stream()
            .flatMap(type -> type.keys().entries(path + "." + type.name(), null)));
  }
}
