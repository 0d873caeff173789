package dev.ostiary.embed.config.foreign;

import dev.ostiary.config.Entry;
import dev.ostiary.config.Form;
import dev.ostiary.config.Key;
import dev.ostiary.config.Node;
import dev.ostiary.config.Place;
import dev.ostiary.config.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Parameters of requests: a table of texts by name. */
final class ParametersShape implements Shape<Map<String, String>> {
  private static final String EXAMPLE = "Write audience: api://mcp below it.";

  @Override
  public Optional<Map<String, String>> read(
      Node node, Place place, @Nullable Map<String, String> usual) {
    if (!(node instanceof Node.Table(Map<String, Node> values, int _)) || values.isEmpty()) {
      place.wrong(null, "must have values by the names of parameters", EXAMPLE);
      return Optional.empty();
    }
    Map<String, String> table = new LinkedHashMap<>();
    values.forEach(
        (name, one) ->
            Form.TEXT
                .read(one, place.in(name, one), null)
                .ifPresent(value -> table.put(name, value)));
    return Optional.of(table);
  }

  @Override
  public Stream<Entry> entries(
      String path, Key<Map<String, String>> key, @Nullable Map<String, String> usual) {
    return Stream.of(key.entry(path, "texts by name", "none"));
  }
}
