package dev.ostiary.authorization.store.memory;

import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.Sealed;
import dev.ostiary.authorization.store.UpstreamToken;
import dev.ostiary.authorization.store.UpstreamTokenId;
import dev.ostiary.authorization.store.UpstreamTokenStore;
import dev.ostiary.protocol.Scopes;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Upstream tokens in a map, with the leases on them. */
final class MemoryUpstreamTokenStore implements UpstreamTokenStore {
  /** What makes two sign-ins share their tokens. */
  private record Owner(String upstream, String user, Scopes scopes) {}

  /** Tokens, and when a sign-in brought them last. */
  private record Held(UpstreamToken token, Instant keptAt) {
    boolean hasSettled(Instant now) {
      return !now.isBefore(keptAt.plus(SETTLING));
    }
  }

  private record Leased(Lease lease, Instant until) {}

  private final Object lock;
  private final MemoryGrantStore grants;
  private final Map<Owner, UpstreamTokenId> ids = new HashMap<>();
  private final Map<UpstreamTokenId, Held> tokens = new HashMap<>();
  private final Map<UpstreamTokenId, Leased> leases = new HashMap<>();

  MemoryUpstreamTokenStore(Object lock, MemoryGrantStore grants) {
    this.lock = lock;
    this.grants = grants;
  }

  @Override
  public Kept keep(
      String upstream,
      String user,
      Scopes scopes,
      Sealed sealed,
      @Nullable Instant expiresAt,
      Instant now) {
    synchronized (lock) {
      UpstreamTokenId id =
          ids.computeIfAbsent(
              new Owner(upstream, user, scopes),
              _ -> new UpstreamTokenId(UUID.randomUUID().toString()));
      UpstreamToken before = find(id).orElse(null);
      long version = before == null ? 1 : before.version() + 1;
      UpstreamToken token =
          new UpstreamToken(id, upstream, user, scopes, sealed, expiresAt, version, now);
      put(new Held(token, now));
      return new Kept(token, before == null ? null : before.tokens());
    }
  }

  @Override
  public Optional<UpstreamToken> find(UpstreamTokenId id) {
    synchronized (lock) {
      return Optional.ofNullable(tokens.get(id)).map(Held::token);
    }
  }

  @Override
  public Optional<Lease> lease(UpstreamTokenId id, long version, Duration time, Instant now) {
    synchronized (lock) {
      Leased other = leases.get(id);
      if (version(id, version).isEmpty() || (other != null && now.isBefore(other.until()))) {
        return Optional.empty();
      }
      Lease lease = new Lease(id, version, UUID.randomUUID().toString());
      leases.put(id, new Leased(lease, now.plus(time)));
      return Optional.of(lease);
    }
  }

  @Override
  public boolean replace(Lease lease, Sealed sealed, @Nullable Instant expiresAt) {
    synchronized (lock) {
      Optional<Held> before = version(lease.token(), lease.version());
      before.ifPresent(held -> put(new Held(next(held.token(), sealed, expiresAt), held.keptAt())));
      return before.isPresent();
    }
  }

  @Override
  public void confirm(UpstreamTokenId id, Instant at) {
    synchronized (lock) {
      tokens.computeIfPresent(
          id, (_, held) -> new Held(confirmed(held.token(), at), held.keptAt()));
    }
  }

  private static UpstreamToken confirmed(UpstreamToken token, Instant at) {
    return at.isAfter(token.confirmedAt())
        ? new UpstreamToken(
            token.id(),
            token.upstream(),
            token.user(),
            token.scopes(),
            token.tokens(),
            token.expiresAt(),
            token.version(),
            at)
        : token;
  }

  @Override
  public void release(Lease lease) {
    synchronized (lock) {
      Leased leased = leases.get(lease.token());
      if (leased != null && leased.lease().equals(lease)) {
        leases.remove(lease.token());
      }
    }
  }

  @Override
  public Optional<UpstreamToken> removeUnused(UpstreamTokenId id, Instant now) {
    synchronized (lock) {
      Held held = tokens.get(id);
      if (held == null || !held.hasSettled(now) || grants.needed(now).contains(id)) {
        return Optional.empty();
      }
      UpstreamToken token = held.token();
      ids.remove(new Owner(token.upstream(), token.user(), token.scopes()));
      leases.remove(id);
      tokens.remove(id);
      return Optional.of(token);
    }
  }

  @Override
  public List<UpstreamTokenId> unused(Instant now) {
    synchronized (lock) {
      Set<UpstreamTokenId> needed = grants.needed(now);
      return tokens.values().stream()
          .filter(held -> held.hasSettled(now))
          .map(held -> held.token().id())
          .filter(id -> !needed.contains(id))
          .limit(UNUSED_LISTED)
          .toList();
    }
  }

  @Override
  public List<UpstreamToken> after(@Nullable UpstreamTokenId last) {
    synchronized (lock) {
      return tokens.values().stream()
          .map(Held::token)
          .filter(token -> last == null || token.id().value().compareTo(last.value()) > 0)
          .sorted(Comparator.comparing(token -> token.id().value()))
          .limit(PAGE)
          .toList();
    }
  }

  @Override
  public boolean reseal(UpstreamTokenId id, Sealed old, Sealed fresh) {
    synchronized (lock) {
      Held held = tokens.get(id);
      if (held == null || !held.token().tokens().equals(old)) {
        return false;
      }
      tokens.put(id, new Held(resealed(held.token(), fresh), held.keptAt()));
      return true;
    }
  }

  private static UpstreamToken resealed(UpstreamToken token, Sealed fresh) {
    return new UpstreamToken(
        token.id(),
        token.upstream(),
        token.user(),
        token.scopes(),
        fresh,
        token.expiresAt(),
        token.version(),
        token.confirmedAt());
  }

  @Override
  public List<Grant> grantsOn(UpstreamTokenId id, Instant now) {
    synchronized (lock) {
      return grants.on(id, now);
    }
  }

  private static UpstreamToken next(
      UpstreamToken token, Sealed sealed, @Nullable Instant expiresAt) {
    return new UpstreamToken(
        token.id(),
        token.upstream(),
        token.user(),
        token.scopes(),
        sealed,
        expiresAt,
        token.version() + 1,
        token.confirmedAt());
  }

  private Optional<Held> version(UpstreamTokenId id, long version) {
    return Optional.ofNullable(tokens.get(id)).filter(held -> held.token().version() == version);
  }

  private void put(Held held) {
    tokens.put(held.token().id(), held);
    leases.remove(held.token().id());
  }
}
