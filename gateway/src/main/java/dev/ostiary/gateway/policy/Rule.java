package dev.ostiary.gateway.policy;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What calls of some tools need, or prompts, resources or methods.
 *
 * @param when all of this must be so of the arguments; otherwise the rule is not about the call
 * @param readOnly whether the tool changes nothing; null to go by what its server says
 */
public record Rule(
    NamePattern name, List<Condition> when, RequiredScopes need, @Nullable Boolean readOnly) {
  public Rule {
    when = List.copyOf(when);
  }

  /** For every call of what has such a name. */
  public static Rule of(String name, RequiredScopes need) {
    return new Rule(new NamePattern(name), List.of(), need, null);
  }

  /** For those calls only whose arguments meet this condition too. */
  public Rule when(Condition condition) {
    return new Rule(
        name, Stream.concat(when.stream(), Stream.of(condition)).toList(), need, readOnly);
  }

  /** Says whether the tool changes nothing. */
  public Rule readOnly(boolean only) {
    return new Rule(name, when, need, only);
  }
}
