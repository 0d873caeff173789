package dev.ostiary.embed.config;

import dev.ostiary.config.Entry;
import dev.ostiary.config.Form;
import dev.ostiary.config.Key;
import dev.ostiary.config.Node;
import dev.ostiary.config.Place;
import dev.ostiary.config.Problems;
import dev.ostiary.config.Shape;
import dev.ostiary.gateway.stdio.Placeholder;
import dev.ostiary.protocol.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Variables of the environment of a program, which may name the user. */
final class EnvironmentShape implements Shape<Map<String, Secret>> {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final String EXAMPLE = "Write LOG_LEVEL: debug below it.";

  private static final Form<Secret> VALUE =
      new Form<>(
          "text",
          Secret::new,
          Secret::toString,
          "Write a text, a variable, \"${NAME}\", or a placeholder, \"${upstream-token}\".",
          true,
          Placeholder.words());

  @Override
  public Optional<Map<String, Secret>> read(
      Node node, Place place, @Nullable Map<String, Secret> usual) {
    if (!(node instanceof Node.Table(Map<String, Node> values, int _)) || values.isEmpty()) {
      place.wrong(null, "must have values by the names of variables", EXAMPLE);
      return Optional.empty();
    }
    Map<String, Secret> variables = new LinkedHashMap<>();
    values.forEach(
        (name, one) ->
            VALUE
                .read(one, place.in(name, one), null)
                .ifPresent(value -> variables.put(name, value)));
    return Optional.of(variables);
  }

  @Override
  public void check(Map<String, Secret> variables, Problems problems) {
    variables.forEach(
        (name, value) -> {
          if (!NAME.matcher(name).matches()) {
            problems.add(
                name,
                null,
                "is no name of a variable",
                "Use letters, digits and underscores, such as LOG_LEVEL.");
          }
          if (value.reveal().indexOf('\0') >= 0) {
            problems.add(name, null, "has a character that no variable can have", "Leave it out.");
          }
        });
  }

  @Override
  public Stream<Entry> entries(
      String path, Key<Map<String, Secret>> key, @Nullable Map<String, Secret> usual) {
    return Stream.of(key.entry(path, "texts by name", "none"));
  }
}
