package dev.ostiary.authorization.operate;

import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.client.registration.ConfiguredClient;
import dev.ostiary.authorization.grant.Grants;
import dev.ostiary.authorization.key.KeyRotation;
import dev.ostiary.authorization.key.SecretSource;
import dev.ostiary.authorization.store.Store;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator does: adds, lists and removes clients, lists and revokes grants, lists and
 * rotates keys. Every change takes effect at once and is in the audit stream.
 */
public final class Operator {
  /** The request in whose course something happens that no request brought about. */
  static final String NO_REQUEST = "-";

  private final ClientOperations clients;
  private final GrantOperations grants;
  private final KeyOperations keys;

  private Operator(
      List<ConfiguredClient> configured,
      Store store,
      Grants grants,
      @Nullable KeyRotation rotation,
      SecretSource secrets,
      AuditLog audit,
      InstantSource time) {
    KnownClients known = new KnownClients(configured, store.clients());
    this.clients = new ClientOperations(known, store.clients(), grants, secrets, audit, time);
    this.grants = new GrantOperations(known, store.grants(), grants, time);
    this.keys = new KeyOperations(store, rotation, audit, time);
  }

  /** Operates an authorization server that runs. */
  public static Operator of(
      List<ConfiguredClient> configured,
      Store store,
      Grants grants,
      KeyRotation rotation,
      SecretSource secrets,
      AuditLog audit,
      InstantSource time) {
    return new Operator(configured, store, grants, rotation, secrets, audit, time);
  }

  /**
   * Operates on the store of an authorization server that does not run. Its configured clients are
   * not known then, and upstream tokens that no grant rests on any more are given back when it
   * starts. Keys can be listed and not rotated.
   */
  public static Operator withoutServer(Store store, AuditLog audit, InstantSource time) {
    return withoutServer(store, null, audit, time);
  }

  /** Does the same, with what rotates keys. */
  public static Operator withoutServer(
      Store store, @Nullable KeyRotation rotation, AuditLog audit, InstantSource time) {
    Grants grants =
        Grants.of(store.grants(), store.approvals(), audit, List.of(), _ -> {}, Runnable::run);
    return new Operator(List.of(), store, grants, rotation, new SecretSource(), audit, time);
  }

  public ClientOperations clients() {
    return clients;
  }

  public GrantOperations grants() {
    return grants;
  }

  public KeyOperations keys() {
    return keys;
  }
}
