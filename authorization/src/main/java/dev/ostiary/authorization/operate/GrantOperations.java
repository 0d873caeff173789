package dev.ostiary.authorization.operate;

import dev.ostiary.authorization.grant.Grants;
import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.GrantFilter;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.store.ListedGrant;
import dev.ostiary.protocol.ClientId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an operator does with grants. */
public final class GrantOperations {
  private final KnownClients clients;
  private final GrantStore store;
  private final Grants grants;
  private final InstantSource time;

  GrantOperations(KnownClients clients, GrantStore store, Grants grants, InstantSource time) {
    this.clients = clients;
    this.store = store;
    this.grants = grants;
    this.time = time;
  }

  /**
   * The grants that are in force or wait for their code: those first that last longest. Read page
   * by page as the stream is; blocks.
   */
  public Stream<KnownGrant> list(GrantFilter filter) {
    Instant now = time.instant();
    return PageTokens.of(
        last -> store.list(filter, grantOf(last), PageTokens.SIZE, now), this::known);
  }

  /**
   * Ends every grant that is meant, with all of its tokens, here at once and on every other node
   * within a second. Blocks.
   *
   * @return how many this call ended
   */
  public int revoke(GrantFilter filter) {
    return revoke(filter, _ -> {});
  }

  /**
   * Does the same.
   *
   * @param progress is told now and then how many have been ended so far; what it throws ends the
   *     work
   */
  public int revoke(GrantFilter filter, IntConsumer progress) {
    return grants.endAll(filter, EndReason.OPERATOR, Operator.NO_REQUEST, time.instant(), progress);
  }

  private static @Nullable Grant grantOf(@Nullable ListedGrant listed) {
    return listed == null ? null : listed.grant();
  }

  private List<KnownGrant> known(List<ListedGrant> page) {
    Map<ClientId, Optional<String>> names = new HashMap<>();
    return page.stream()
        .map(
            listed ->
                new KnownGrant(
                    listed.grant(),
                    names.computeIfAbsent(listed.grant().client(), clients::name).orElse(null),
                    listed.usedAt()))
        .toList();
  }
}
