package dev.ostiary.gateway.stdio;

import dev.ostiary.protocol.Secret;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The declared variables of a child, whose values may have placeholders in them. */
public final class EnvironmentTemplate {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)}");

  private final Map<String, Secret> declared;
  private final Set<Placeholder> placeholders;

  /** Names and values. A reference that is no placeholder is left as it is. */
  public EnvironmentTemplate(Map<String, Secret> declared) {
    this.declared = Map.copyOf(declared);
    this.placeholders =
        declared.values().stream()
            .flatMap(value -> REFERENCE.matcher(value.reveal()).results())
            .flatMap(found -> Placeholder.of(found.group(1)).stream())
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Placeholder.class)));
  }

  /** Those that are in use. */
  public Set<Placeholder> placeholders() {
    return Set.copyOf(placeholders);
  }

  /** The variables with these values put in. Values are not searched for placeholders. */
  Map<String, String> with(Map<Placeholder, String> values) {
    Map<String, String> variables = new HashMap<>();
    declared.forEach((name, value) -> variables.put(name, filled(value.reveal(), values)));
    return variables;
  }

  private static String filled(String text, Map<Placeholder, String> values) {
    return REFERENCE
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(value(found, values)));
  }

  private static String value(MatchResult found, Map<Placeholder, String> values) {
    return Placeholder.of(found.group(1)).map(values::get).orElse(found.group());
  }
}
