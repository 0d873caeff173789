package dev.ostiary.authorization.operate;

import dev.ostiary.authorization.audit.Actor;
import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.client.registration.ClientSecrets;
import dev.ostiary.authorization.client.registration.ConfiguredClient;
import dev.ostiary.authorization.grant.ClientRemoval;
import dev.ostiary.authorization.grant.Grants;
import dev.ostiary.authorization.hash.SecretHash;
import dev.ostiary.authorization.key.SecretSource;
import dev.ostiary.authorization.store.ClientKind;
import dev.ostiary.authorization.store.ClientStore;
import dev.ostiary.authorization.store.ListedClient;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an operator does with clients. */
public final class ClientOperations {
  private final KnownClients known;
  private final ClientStore store;
  private final ClientRemoval removal;
  private final ClientSecrets secrets;
  private final AuditLog audit;
  private final InstantSource time;

  ClientOperations(
      KnownClients known,
      ClientStore store,
      Grants grants,
      SecretSource secrets,
      AuditLog audit,
      InstantSource time) {
    this.known = known;
    this.store = store;
    this.removal = ClientRemoval.of(store, grants, audit);
    this.secrets = new ClientSecrets(secrets);
    this.audit = audit;
    this.time = time;
  }

  /**
   * Adds a client. It is known until it is removed, however long it is not used, and only the
   * operator can change it: it has no registration access token. Blocks.
   */
  public Result<AddedClient, ClientProblem> add(NewClient client) {
    return Addition.decide(client).then(decided -> add(client, decided));
  }

  private Result<AddedClient, ClientProblem> add(NewClient client, Addition decided) {
    ClientId id = client.id() == null ? secrets.clientId() : new ClientId(client.id());
    if (known.isKnown(id)) {
      return Result.refused(new ClientProblem.IdTaken(id));
    }
    @Nullable Secret secret = client.confidential() ? secrets.clientSecret() : null;
    Instant now = time.instant();
    try {
      store.add(
          new RegisteredClient(
              id,
              ClientKind.CONFIGURED,
              secret == null ? null : SecretHash.of(secret.reveal()),
              null,
              decided.metadata(),
              now));
    } catch (IllegalStateException anotherWasFaster) {
      return Result.refused(new ClientProblem.IdTaken(id));
    }
    audit.record(new AuditEvent.ClientAdded(now, Operator.NO_REQUEST, id, client.name()));
    return Result.ok(new AddedClient(id, secret));
  }

  /**
   * Every client that is known here: those of the configuration first, then those that are stored,
   * both in the order of their ids. Read page by page as the stream is; blocks.
   */
  public Stream<KnownClient> list() {
    return Stream.concat(
        known.configured().stream().map(ClientOperations::known),
        PageTokens.<ListedClient>of(
                last -> store.list(last == null ? null : last.client().id(), PageTokens.SIZE))
            .filter(listed -> !known.isConfigured(listed.client().id()))
            .map(ClientOperations::known));
  }

  /** Removes a client and ends all of its grants. Blocks. */
  public Result<ClientId, ClientProblem> remove(ClientId id) {
    return remove(id, _ -> {});
  }

  /**
   * Does the same.
   *
   * @param progress is told now and then how many grants have been ended so far; what it throws
   *     ends the work
   */
  public Result<ClientId, ClientProblem> remove(ClientId id, IntConsumer progress) {
    if (known.isConfigured(id)) {
      return Result.refused(new ClientProblem.Configured(id));
    }
    return removal.remove(id, Actor.OPERATOR, Operator.NO_REQUEST, time.instant(), progress)
        ? Result.ok(id)
        : Result.refused(new ClientProblem.Unknown(id));
  }

  private static KnownClient known(ConfiguredClient client) {
    return new KnownClient(client.id(), ClientOrigin.CONFIGURATION, client.metadata(), null, null);
  }

  private static KnownClient known(ListedClient listed) {
    RegisteredClient client = listed.client();
    ClientOrigin origin =
        client.kind() == ClientKind.CONFIGURED ? ClientOrigin.OPERATOR : ClientOrigin.ITSELF;
    return new KnownClient(
        client.id(), origin, client.metadata(), client.registeredAt(), listed.usedAt());
  }
}
