package dev.ostiary.authorization.store;

import dev.ostiary.protocol.Scopes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Upstream tokens in a map, with the leases on them. */
final class MemoryUpstreamTokenStore implements UpstreamTokenStore {
  /** What makes two sign-ins share their tokens. */
  private record Owner(String upstream, String user, Scopes scopes) {}

  private final Object lock;
  private final MemoryGrantStore grants;
  private final Map<Owner, UpstreamTokenId> ids = new HashMap<>();
  private final Map<UpstreamTokenId, UpstreamToken> tokens = new HashMap<>();
  private final Map<UpstreamTokenId, Instant> leases = new HashMap<>();

  MemoryUpstreamTokenStore(Object lock, MemoryGrantStore grants) {
    this.lock = lock;
    this.grants = grants;
  }

  @Override
  public Kept keep(
      String upstream, String user, Scopes scopes, Sealed sealed, @Nullable Instant expiresAt) {
    synchronized (lock) {
      UpstreamTokenId id =
          ids.computeIfAbsent(
              new Owner(upstream, user, scopes),
              _ -> new UpstreamTokenId(UUID.randomUUID().toString()));
      UpstreamToken before = tokens.get(id);
      long version = before == null ? 1 : before.version() + 1;
      UpstreamToken token =
          new UpstreamToken(id, upstream, user, scopes, sealed, expiresAt, version);
      put(token);
      return new Kept(token, before == null ? null : before.tokens());
    }
  }

  @Override
  public Optional<UpstreamToken> find(UpstreamTokenId id) {
    synchronized (lock) {
      return Optional.ofNullable(tokens.get(id));
    }
  }

  @Override
  public boolean lease(UpstreamTokenId id, long version, Duration time, Instant now) {
    synchronized (lock) {
      Instant leased = leases.get(id);
      if (version(id, version).isEmpty() || (leased != null && now.isBefore(leased))) {
        return false;
      }
      leases.put(id, now.plus(time));
      return true;
    }
  }

  @Override
  public boolean replace(
      UpstreamTokenId id, long version, Sealed sealed, @Nullable Instant expiresAt) {
    synchronized (lock) {
      Optional<UpstreamToken> before = version(id, version);
      before.ifPresent(
          token ->
              put(
                  new UpstreamToken(
                      id,
                      token.upstream(),
                      token.user(),
                      token.scopes(),
                      sealed,
                      expiresAt,
                      version + 1)));
      return before.isPresent();
    }
  }

  @Override
  public void release(UpstreamTokenId id, long version) {
    synchronized (lock) {
      if (version(id, version).isPresent()) {
        leases.remove(id);
      }
    }
  }

  @Override
  public Optional<UpstreamToken> removeUnused(UpstreamTokenId id, Instant now) {
    synchronized (lock) {
      UpstreamToken token = tokens.get(id);
      if (token == null || grants.needs(id, now)) {
        return Optional.empty();
      }
      ids.remove(new Owner(token.upstream(), token.user(), token.scopes()));
      leases.remove(id);
      tokens.remove(id);
      return Optional.of(token);
    }
  }

  @Override
  public List<Grant> grantsOn(UpstreamTokenId id, Instant now) {
    synchronized (lock) {
      return grants.on(id, now);
    }
  }

  private Optional<UpstreamToken> version(UpstreamTokenId id, long version) {
    return Optional.ofNullable(tokens.get(id)).filter(token -> token.version() == version);
  }

  private void put(UpstreamToken token) {
    tokens.put(token.id(), token);
    leases.remove(token.id());
  }
}
