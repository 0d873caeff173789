package dev.ostiary.gateway.policy;

import dev.ostiary.protocol.Scope;
import dev.ostiary.protocol.Scopes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who may do what at one server. Finding out what the server offers takes an access token, but no
 * scope in particular, so that a client can learn of a tool that it may then ask more scopes for.
 *
 * @param scopes what a client can be granted
 * @param tools by name
 * @param resources by URI
 * @param prompts by name
 * @param methods by name, but for those of tools, resources and prompts
 * @param otherwise what is needed where no rule holds
 * @param listed what of the server's lists is shown
 * @param readOnly whether only tools that change nothing may be called
 */
public record Policy(
    List<OfferedScope> scopes,
    Rules tools,
    Rules resources,
    Rules prompts,
    Rules methods,
    RequiredScopes otherwise,
    Listed listed,
    boolean readOnly) {
  /** Every signed-in user may make every call. */
  public static final Policy OPEN = builder().otherwise(RequiredScopes.NOTHING).build();

  /**
   * Checks that what is needed can be had, and that rules for resources can hold.
   *
   * @throws IllegalArgumentException if a rule needs a scope that is not offered, or is for no URI
   *     in the form that is accepted
   */
  public Policy {
    scopes = List.copyOf(scopes);
    Scopes offered = Scopes.of(scopes.stream().map(OfferedScope::scope).toList());
    for (Rules rules : List.of(tools, resources, prompts, methods)) {
      rules.written().forEach(rule -> requireOffered(rule.need(), offered, rule.name().text()));
    }
    requireOffered(otherwise, offered, "everything else");
    resources.written().forEach(rule -> requireCanonical(rule.name().text()));
  }

  /** Begins with no rules, and with everything denied. */
  public static PolicyBuilder builder() {
    return new PolicyBuilder();
  }

  /** The same scopes for every call. */
  public static Policy everyCall(Scopes needed) {
    PolicyBuilder builder = builder().otherwise(RequiredScopes.of(needed));
    needed.forEach(scope -> builder.scope(OfferedScope.of(scope.value(), "").asDefault()));
    return builder.build();
  }

  public Policy listed(Listed other) {
    return new Policy(scopes, tools, resources, prompts, methods, otherwise, other, readOnly);
  }

  public Policy readOnly(boolean only) {
    return new Policy(scopes, tools, resources, prompts, methods, otherwise, listed, only);
  }

  /** The minimal useful set: what a client without a token is told to ask for. */
  public Scopes defaultScopes() {
    return Scopes.of(
        scopes.stream().filter(OfferedScope::byDefault).map(OfferedScope::scope).toList());
  }

  /** Everything a client can be granted. */
  public Scopes offeredScopes() {
    return Scopes.of(scopes.stream().map(OfferedScope::scope).toList());
  }

  /** These scopes, and the narrower ones that they imply. */
  public Scopes withImplied(Scopes held) {
    Map<Scope, Scopes> implied = new HashMap<>();
    scopes.forEach(each -> implied.put(each.scope(), each.implies()));
    Set<Scope> all = new LinkedHashSet<>();
    Deque<Scope> open = new ArrayDeque<>(held.stream().toList());
    while (!open.isEmpty()) {
      Scope scope = open.removeFirst();
      if (all.add(scope)) {
        implied.getOrDefault(scope, Scopes.none()).forEach(open::add);
      }
    }
    return Scopes.of(all);
  }

  /** Those of the wanted scopes that can be had here and are not held yet. */
  public Scopes helpful(Scopes wanted, Scopes held) {
    return wanted.intersect(offeredScopes()).minus(withImplied(held));
  }

  /** Whether every caller sees the lists as they are, but for what read-only mode hides. */
  boolean hidesNothing() {
    return switch (listed) {
      case ALL -> true;
      case REACHABLE -> needs().noneMatch(need -> need instanceof RequiredScopes.Denied);
      case USABLE -> needs().allMatch(RequiredScopes.NOTHING::equals);
    };
  }

  private Stream<RequiredScopes> needs() {
    return Stream.concat(
        Stream.of(otherwise),
        Stream.of(tools, resources, prompts)
            .flatMap(rules -> rules.written().stream())
            .map(Rule::need));
  }

  private static void requireCanonical(String pattern) {
    ResourceUri.patternFlaw(pattern)
        .ifPresent(
            flaw -> {
              throw new IllegalArgumentException(pattern + " fits no URI: " + flaw);
            });
  }

  private static void requireOffered(RequiredScopes need, Scopes offered, String what) {
    if (need instanceof RequiredScopes.AnyOf(List<Scopes> alternatives)) {
      for (Scopes each : alternatives) {
        if (!offered.containsAll(each)) {
          throw new IllegalArgumentException(
              what + " needs " + each.minus(offered) + ", which is not offered");
        }
      }
    }
  }
}
