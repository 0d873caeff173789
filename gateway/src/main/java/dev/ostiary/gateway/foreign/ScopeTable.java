package dev.ostiary.gateway.foreign;

import dev.ostiary.protocol.Scope;
import dev.ostiary.protocol.Scopes;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What scopes and roles of a foreign authorization server are called in the policy. An empty table
 * changes no name; any other one lets nothing through that it does not have.
 */
public final class ScopeTable {
  private static final String SCHEME = "://";

  private final Map<String, Scopes> table;
  private final Map<String, Scopes> byClaim = new HashMap<>();

  /**
   * @param table scopes of the policy by the foreign name. One with a scheme is what clients ask
   *     for; in tokens it may also be what follows its last slash, where tokens leave the resource
   *     out.
   */
  public ScopeTable(Map<String, Scopes> table) {
    this.table = new LinkedHashMap<>(table);
    this.table.forEach(
        (name, scopes) -> {
          byClaim.merge(name, scopes, Scopes::union);
          if (name.contains(SCHEME)) {
            byClaim.merge(name.substring(name.lastIndexOf('/') + 1), scopes, Scopes::union);
          }
        });
  }

  /** The scopes of the policy that these names of a token stand for. */
  Scopes held(Collection<String> names) {
    if (table.isEmpty()) {
      List<Scope> same = names.stream().filter(Scope::isScope).map(Scope::new).toList();
      return Scopes.of(same).minus(Scopes.OFFLINE_ACCESS);
    }
    return names.stream()
        .map(name -> byClaim.getOrDefault(name, Scopes.none()))
        .reduce(Scopes.none(), Scopes::union);
  }

  /** What a client asks for to get these scopes of the policy. */
  public Scopes wire(Scopes scopes) {
    return Scopes.of(scopes.stream().map(scope -> foreign(scope).orElse(scope)).toList());
  }

  private Optional<Scope> foreign(Scope scope) {
    return table.entrySet().stream()
        .filter(entry -> entry.getValue().contains(scope) && Scope.isScope(entry.getKey()))
        .map(entry -> new Scope(entry.getKey()))
        .findFirst();
  }
}
