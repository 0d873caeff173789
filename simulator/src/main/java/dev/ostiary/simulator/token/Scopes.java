package dev.ostiary.simulator.token;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A normalized set of scopes: what another one includes is left out ({@code user,gist,user:email}
 * is {@code user,gist}), unknown names too. The order is that of the request.
 */
public record Scopes(List<ScopeName> names) {
  public static final Scopes NONE = new Scopes(List.of());

  public Scopes {
    names = normalize(names);
  }

  /** Reads the {@code scope} of an authorization request: separated by spaces or commas. */
  public static Scopes parse(String text) {
    return named(List.of(text.split("[ ,]+", -1)));
  }

  public static Scopes named(Collection<String> wires) {
    List<ScopeName> names = new ArrayList<>();
    wires.forEach(wire -> ScopeName.named(wire).ifPresent(names::add));
    return new Scopes(names);
  }

  private static List<ScopeName> normalize(List<ScopeName> names) {
    Set<ScopeName> all = new LinkedHashSet<>(names);
    return all.stream()
        .filter(name -> all.stream().noneMatch(other -> other != name && other.covers(name)))
        .toList();
  }

  public boolean covers(ScopeName wanted) {
    return names.stream().anyMatch(name -> name.covers(wanted));
  }

  public boolean covers(Scopes wanted) {
    return wanted.names.stream().allMatch(this::covers);
  }

  Scopes union(Scopes more) {
    List<ScopeName> all = new ArrayList<>(names);
    all.addAll(more.names);
    return new Scopes(all);
  }

  /** These scopes, less those that are not among the names. */
  public Scopes only(Collection<String> wires) {
    return new Scopes(names.stream().filter(name -> wires.contains(name.wire())).toList());
  }

  boolean isSameAs(Scopes other) {
    return Set.copyOf(names).equals(Set.copyOf(other.names));
  }

  public List<String> wires() {
    return names.stream().map(ScopeName::wire).toList();
  }

  public String joined(String separator) {
    return names.stream().map(ScopeName::wire).collect(Collectors.joining(separator));
  }
}
