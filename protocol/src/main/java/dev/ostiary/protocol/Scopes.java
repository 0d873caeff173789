package dev.ostiary.protocol;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A set of scopes, kept in the order they were named. Two are equal when they hold the same. */
public final class Scopes implements Iterable<Scope> {
  private static final Scopes NONE = new Scopes(new LinkedHashSet<>());

  /** {@code offline_access} alone, which no protected resource defines. */
  public static final Scopes OFFLINE_ACCESS = of(List.of(Scope.OFFLINE_ACCESS));

  private final Set<Scope> scopes;

  private Scopes(Set<Scope> scopes) {
    this.scopes = scopes;
  }

  public static Scopes none() {
    return NONE;
  }

  public static Scopes of(String... values) {
    return of(Stream.of(values).map(Scope::new).toList());
  }

  public static Scopes of(Collection<Scope> scopes) {
    return new Scopes(new LinkedHashSet<>(scopes));
  }

  /**
   * Reads a {@code scope} parameter: tokens with spaces between (RFC 6749 §3.3). One that has
   * nothing but spaces names none.
   */
  public static Optional<Scopes> parse(String text) {
    if (text.chars().allMatch(character -> character == ' ')) {
      return Optional.of(NONE);
    }
    List<Scope> scopes = new ArrayList<>();
    for (String value : text.strip().split(" +", -1)) {
      if (!Scope.isScope(value)) {
        return Optional.empty();
      }
      scopes.add(new Scope(value));
    }
    return Optional.of(of(scopes));
  }

  public boolean isEmpty() {
    return scopes.isEmpty();
  }

  public boolean contains(Scope scope) {
    return scopes.contains(scope);
  }

  public boolean containsAll(Scopes others) {
    return scopes.containsAll(others.scopes);
  }

  /** What is in both, in this order. */
  public Scopes intersect(Scopes others) {
    return of(stream().filter(others::contains).toList());
  }

  /** What is in either, these first. */
  public Scopes union(Scopes others) {
    return of(Stream.concat(stream(), others.stream()).toList());
  }

  /** What is here and not there. */
  public Scopes minus(Scopes others) {
    return of(stream().filter(scope -> !others.contains(scope)).toList());
  }

  public Stream<Scope> stream() {
    return scopes.stream();
  }

  @Override
  public Iterator<Scope> iterator() {
    return List.copyOf(scopes).iterator();
  }

  /** The {@code scope} parameter. */
  public String toWire() {
    return stream().map(Scope::value).collect(Collectors.joining(" "));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Scopes that && that.scopes.equals(scopes);
  }

  @Override
  public int hashCode() {
    return scopes.hashCode();
  }

  @Override
  public String toString() {
    return toWire();
  }
}
