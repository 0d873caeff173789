package dev.ostiary.embed.config.foreign;

import dev.ostiary.config.Entry;
import dev.ostiary.config.Form;
import dev.ostiary.config.Key;
import dev.ostiary.config.Node;
import dev.ostiary.config.Place;
import dev.ostiary.config.Shape;
import dev.ostiary.protocol.Scopes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A table of scopes of the policy by foreign names, which may be any text. */
final class ScopeTableShape implements Shape<Map<String, Scopes>> {
  private static final String EXAMPLE = "Write \"Files.Read\": \"files:read\" below it.";

  private static final Form<Scopes> SCOPES =
      Form.of("scopes", ScopeTableShape::scopes, Scopes::toWire, EXAMPLE);

  private static Scopes scopes(String text) {
    return Scopes.parse(text)
        .filter(scopes -> !scopes.isEmpty())
        .orElseThrow(() -> new IllegalArgumentException("must be scopes with spaces between them"));
  }

  @Override
  public Optional<Map<String, Scopes>> read(
      Node node, Place place, @Nullable Map<String, Scopes> usual) {
    if (!(node instanceof Node.Table(Map<String, Node> values, int _)) || values.isEmpty()) {
      place.wrong(null, "must have scopes by foreign names", EXAMPLE);
      return Optional.empty();
    }
    Map<String, Scopes> table = new LinkedHashMap<>();
    values.forEach(
        (name, one) ->
            SCOPES
                .read(one, place.in(name, one), null)
                .ifPresent(scopes -> table.put(name, scopes)));
    return Optional.of(table);
  }

  @Override
  public Stream<Entry> entries(
      String path, Key<Map<String, Scopes>> key, @Nullable Map<String, Scopes> usual) {
    return Stream.of(key.entry(path, "scopes by name", "none"));
  }
}
