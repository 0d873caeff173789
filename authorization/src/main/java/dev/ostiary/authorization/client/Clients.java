package dev.ostiary.authorization.client;

import dev.ostiary.authorization.client.document.ClientDocuments;
import dev.ostiary.authorization.client.document.DocumentRefusal;
import dev.ostiary.authorization.client.redirect.PrivateUseSchemes;
import dev.ostiary.authorization.client.registration.ConfiguredClient;
import dev.ostiary.authorization.store.ClientKind;
import dev.ostiary.authorization.store.ClientStore;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.ClientIdUrl;
import dev.ostiary.protocol.Result;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The clients that this authorization server knows, however it came to know them: what the
 * configuration says of a client goes before what is stored.
 */
public final class Clients {
  /** Why a person cannot sign in to a client. */
  public sealed interface Refusal {
    /** No such client here. */
    record Unknown() implements Refusal {}

    /** The client is named by a URL, and no documents are read here. */
    record DocumentsOff() implements Refusal {}

    /** The client is named by a URL, and the document there is not used. */
    record DocumentUnusable(DocumentRefusal refusal) implements Refusal {}
  }

  private final Map<ClientId, RegisteredClient> configured;
  private final ClientStore registered;
  private final @Nullable ClientDocuments documents;
  private final PrivateUseSchemes schemes;

  private Clients(
      Map<ClientId, RegisteredClient> configured,
      ClientStore registered,
      @Nullable ClientDocuments documents,
      PrivateUseSchemes schemes) {
    this.configured = Map.copyOf(configured);
    this.registered = registered;
    this.documents = documents;
    this.schemes = schemes;
  }

  /** Those that are stored. */
  public static Clients of(ClientStore registered) {
    return of(List.of(), registered);
  }

  /**
   * Those that are configured, and those that are stored.
   *
   * @throws IllegalArgumentException if two of the configured have the same id
   */
  public static Clients of(List<ConfiguredClient> configured, ClientStore registered) {
    return of(configured, registered, null, PrivateUseSchemes.DEFAULTS);
  }

  /**
   * Those that are configured, those that are stored, and those that are named by a URL.
   *
   * @param documents null if none is
   * @param schemes that clients can be redirected to which the operator did not configure
   * @throws IllegalArgumentException if two of the configured have the same id
   */
  public static Clients of(
      List<ConfiguredClient> configured,
      ClientStore registered,
      @Nullable ClientDocuments documents,
      PrivateUseSchemes schemes) {
    Map<ClientId, RegisteredClient> byId = new HashMap<>();
    for (ConfiguredClient client : configured) {
      if (byId.put(client.id(), client.registered()) != null) {
        throw new IllegalArgumentException("two clients are called " + client.id());
      }
    }
    return new Clients(byId, registered, documents, schemes);
  }

  /**
   * The client of this id, if it is known already; one that is named by a URL, if a user has agreed
   * to it before. Blocks.
   */
  public Optional<RegisteredClient> find(ClientId id) {
    RegisteredClient client = configured.get(id);
    return client == null
        ? registered.find(id).flatMap(this::current).map(this::inForce)
        : Optional.of(client);
  }

  private Optional<RegisteredClient> current(RegisteredClient stored) {
    return documents == null || !isDocument(stored)
        ? Optional.of(stored)
        : documents.current(stored);
  }

  /**
   * The client of this id, for a person who signs in. Blocks, also to fetch what a URL names.
   *
   * @param request the id of the request it happens in
   */
  public Result<RegisteredClient, Refusal> look(ClientId id, String request) {
    Optional<RegisteredClient> named =
        Optional.ofNullable(configured.get(id))
            .or(() -> registered.find(id))
            .filter(client -> !isDocument(client));
    if (named.isPresent()) {
      return Result.ok(inForce(named.get()));
    }
    if (!ClientIdUrl.isMeantBy(id)) {
      return Result.refused(new Refusal.Unknown());
    }
    if (documents == null) {
      return Result.refused(new Refusal.DocumentsOff());
    }
    return switch (documents.look(id, request)) {
      case Result.Ok(RegisteredClient client) -> Result.ok(inForce(client));
      case Result.Refused(DocumentRefusal refusal) ->
          Result.refused(new Refusal.DocumentUnusable(refusal));
    };
  }

  private RegisteredClient inForce(RegisteredClient client) {
    return client.kind() == ClientKind.CONFIGURED ? client : schemes.inForce(client);
  }

  private static boolean isDocument(RegisteredClient client) {
    return client.kind() == ClientKind.DOCUMENT;
  }

  /** To be told when a person agrees to a client, before anything depends on that. Blocks. */
  public void agreed(RegisteredClient client, String request) {
    if (documents != null && isDocument(client)) {
      documents.keep(client, request);
    }
  }

  /** To be told when a client does something that it needs to be registered for. Blocks. */
  public void used(RegisteredClient client, Instant now) {
    if (!configured.containsKey(client.id())) {
      registered.used(client.id(), now);
    }
  }
}
