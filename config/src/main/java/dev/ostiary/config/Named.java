package dev.ostiary.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Several tables with the same keys, each under a name that the writer chooses. */
record Named<T extends Record>(Section<T> section) implements Shape<Map<String, T>> {
  @Override
  public Optional<Map<String, T>> read(Node node, Place place, @Nullable Map<String, T> usual) {
    if (!(node instanceof Node.Table table)) {
      place.wrong(null, "must have keys of its own", "Indent them below it: one for each name.");
      return Optional.empty();
    }
    Map<String, T> all = new LinkedHashMap<>();
    table
        .values()
        .forEach(
            (name, one) ->
                section
                    .read(one, place.in(name, one), null)
                    .ifPresent(value -> all.put(name, value)));
    return all.isEmpty() ? Optional.empty() : Optional.of(all);
  }

  @Override
  public void check(Map<String, T> all, Problems problems) {
    all.forEach((name, value) -> section.check(value, problems.in(name)));
  }

  @Override
  public Stream<Entry> entries(
      String path, Key<Map<String, T>> key, @Nullable Map<String, T> usual) {
    return section.entries(path + ".*", null);
  }
}
