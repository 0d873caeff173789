package dev.ostiary.simulator.token;

import dev.ostiary.simulator.world.Account;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which scopes a person has ever granted to an application: the union over all sign-ins. */
public final class Approvals {
  private record Pair(String clientId, long accountId) {
    static Pair of(App app, Account account) {
      return new Pair(app.clientId(), account.id());
    }
  }

  private final Map<Pair, Scopes> approved = new HashMap<>();

  public synchronized Optional<Scopes> find(App app, Account account) {
    return Optional.ofNullable(approved.get(Pair.of(app, account)));
  }

  public synchronized void add(App app, Account account, Scopes scopes) {
    approved.merge(Pair.of(app, account), scopes, Scopes::union);
  }

  synchronized void remove(App app, Account account) {
    approved.remove(Pair.of(app, account));
  }
}
