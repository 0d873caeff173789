package dev.ostiary.authorization.client.document;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.client.registration.DocumentRegistration;
import dev.ostiary.authorization.store.ClientStore;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.ClientIdUrl;
import dev.ostiary.protocol.Result;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The clients that are named by URLs. A document is fetched when a user signs in and there is no
 * fresh one; everybody who waits for the same document waits for the same fetch. What is wrong is
 * never kept. A client that no user has agreed to is not stored, and nothing but a sign-in has its
 * document fetched.
 */
public final class ClientDocuments {
  /** The request id of a document that is read again in the background. */
  private static final String NO_REQUEST = "-";

  private final DocumentPolicy policy;
  private final DocumentReader reader;
  private final ClientStore store;
  private final AuditLog audit;
  private final Executor background;
  private final InstantSource time;
  private final DocumentCache cache = new DocumentCache();
  private final Map<ClientId, CompletableFuture<Result<KnownDocument, DocumentRefusal>>> running =
      new ConcurrentHashMap<>();

  private ClientDocuments(
      DocumentPolicy policy,
      DocumentReader reader,
      ClientStore store,
      AuditLog audit,
      Executor background,
      InstantSource time) {
    this.policy = policy;
    this.reader = reader;
    this.store = store;
    this.audit = audit;
    this.background = background;
    this.time = time;
  }

  /**
   * @param rules what a document comes to
   * @param store where those are kept that a user has agreed to
   * @param background reads documents again that no request waits for
   */
  public static ClientDocuments of(
      DocumentPolicy policy,
      DocumentFetch fetch,
      DocumentRegistration rules,
      ClientStore store,
      AuditLog audit,
      Executor background,
      InstantSource time) {
    return new ClientDocuments(
        policy, new DocumentReader(fetch, rules, time), store, audit, background, time);
  }

  /**
   * The client of this URL, for a sign-in. Blocks while its document is fetched.
   *
   * @param request the id of the request it happens in
   */
  public Result<RegisteredClient, DocumentRefusal> look(ClientId id, String request) {
    return switch (ClientIdUrl.parse(id)) {
      case Result.Refused(ClientIdUrl.Refusal refusal) ->
          Result.refused(new DocumentRefusal.UrlMalformed(refusal));
      case Result.Ok(ClientIdUrl url) when !policy.trusts(url.host()) -> {
        DocumentRefusal refusal = new DocumentRefusal.DomainNotTrusted();
        audit.record(refused(url, request, refusal));
        yield Result.refused(refusal);
      }
      case Result.Ok(ClientIdUrl url) -> newest(url, request).map(KnownDocument::client);
    };
  }

  /**
   * What is known at present of a client that a user has agreed to. A public one never waits for
   * its document, which is read again behind its back; one that proves itself with keys waits,
   * since they may have changed.
   *
   * @return empty if the document is there no longer, or no longer good, and its keys with it
   */
  public Optional<RegisteredClient> current(RegisteredClient stored) {
    Instant now = time.instant();
    KnownDocument known = later(cache.find(stored.id()), stored);
    if (known.rests(now)
        || !(ClientIdUrl.parse(stored.id()) instanceof Result.Ok(ClientIdUrl url))
        || !policy.trusts(url.host())) {
      return Optional.of(known.client());
    }
    if (known.client().metadata().isPublic()) {
      readAgain(url, known, now);
      return Optional.of(known.client());
    }
    return switch (newest(url, NO_REQUEST)) {
      case Result.Ok(KnownDocument document) -> Optional.of(document.client());
      case Result.Refused(DocumentRefusal refusal) ->
          refusal.passing() ? Optional.of(known.client()) : Optional.empty();
    };
  }

  /** At most once a minute, whatever comes of it. */
  private void readAgain(ClientIdUrl url, KnownDocument known, Instant now) {
    cache.keep(known.tried(now));
    try {
      background.execute(() -> read(url, known, NO_REQUEST));
    } catch (RejectedExecutionException closing) {
      cache.keep(known);
    }
  }

  /** Remembers a client that a user agrees to, unless a node has read it since. Blocks. */
  public void keep(RegisteredClient client, String request) {
    Optional<RegisteredClient> before = store.find(client.id());
    if (before.isEmpty()
        || (!before.get().metadata().equals(client.metadata())
            && !before.get().registeredAt().isAfter(client.registeredAt()))) {
      replace(client, request);
    }
  }

  private Result<KnownDocument, DocumentRefusal> newest(ClientIdUrl url, String request) {
    return latest(url.id())
        .filter(document -> document.isFresh(time.instant()))
        .<Result<KnownDocument, DocumentRefusal>>map(Result::ok)
        .orElseGet(() -> together(url, request));
  }

  /** What this node has read, or another one since, if the client is stored. */
  private Optional<KnownDocument> latest(ClientId id) {
    Optional<KnownDocument> cached = cache.find(id);
    return store.find(id).map(stored -> later(cached, stored)).or(() -> cached);
  }

  private static KnownDocument later(Optional<KnownDocument> cached, RegisteredClient stored) {
    return cached
        .map(document -> document.orLater(stored))
        .orElseGet(() -> KnownDocument.of(stored));
  }

  /** One fetch, for everybody who comes while it lasts. */
  private Result<KnownDocument, DocumentRefusal> together(ClientIdUrl url, String request) {
    CompletableFuture<Result<KnownDocument, DocumentRefusal>> mine = new CompletableFuture<>();
    var others = running.putIfAbsent(url.id(), mine);
    if (others != null) {
      return theirs(others);
    }
    try {
      Optional<KnownDocument> known = latest(url.id());
      Result<KnownDocument, DocumentRefusal> result =
          known
              .filter(document -> document.isFresh(time.instant()))
              .<Result<KnownDocument, DocumentRefusal>>map(Result::ok)
              .orElseGet(() -> read(url, known.orElse(null), request));
      mine.complete(result);
      return result;
    } catch (RuntimeException | Error failure) {
      mine.completeExceptionally(failure);
      throw failure;
    } finally {
      running.remove(url.id(), mine);
    }
  }

  private static <T> T theirs(CompletableFuture<T> others) {
    try {
      return others.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException same ? same : failed;
    }
  }

  private Result<KnownDocument, DocumentRefusal> read(
      ClientIdUrl url, @Nullable KnownDocument known, String request) {
    Result<KnownDocument, DocumentRefusal> result = reader.read(url, known);
    switch (result) {
      case Result.Ok(KnownDocument document) -> {
        cache.keep(document);
        notice(document.client(), request);
      }
      case Result.Refused(DocumentRefusal refusal) -> {
        audit.record(refused(url, request, refusal));
        if (!refusal.passing() || known == null) {
          cache.drop(url.id());
          return result;
        }
        Instant now = time.instant();
        cache.keep(known.tried(now));
        return known.standsIn(policy.staleFor(), now) ? Result.ok(known) : result;
      }
    }
    return result;
  }

  /**
   * A change counts as soon as anybody sees it, also for those who agreed to what was before; and
   * other nodes learn when a document was read.
   */
  private void notice(RegisteredClient client, String request) {
    store
        .find(client.id())
        .filter(before -> before.registeredAt().isBefore(client.registeredAt()))
        .ifPresent(_ -> replace(client, request));
  }

  private void replace(RegisteredClient client, String request) {
    store
        .keep(client)
        .map(before -> DocumentChange.between(before.metadata(), client.metadata()))
        .filter(change -> !change.isEmpty())
        .ifPresent(
            change ->
                audit.record(
                    new AuditEvent.DocumentChanged(
                        time.instant(), request, client.id(), change.members())));
  }

  private AuditEvent refused(ClientIdUrl url, String request, DocumentRefusal refusal) {
    return new AuditEvent.DocumentRefused(time.instant(), request, url.id(), refusal.reason());
  }
}
