package dev.ostiary.authorization.store.memory;

import dev.ostiary.authorization.hash.CodeHash;
import dev.ostiary.authorization.hash.RefreshHash;
import dev.ostiary.authorization.store.AuthorizationCode;
import dev.ostiary.authorization.store.EndReason;
import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.store.GrantFilter;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.store.ListedGrant;
import dev.ostiary.authorization.store.RefreshToken;
import dev.ostiary.authorization.store.RotationPolicy;
import dev.ostiary.authorization.store.UpstreamTokenId;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Grants, their codes and their refresh tokens in maps. */
final class MemoryGrantStore implements GrantStore {
  private record Pair(Subject subject, ClientId client) {
    static Pair of(Grant grant) {
      return new Pair(grant.subject(), grant.client());
    }
  }

  private static final Comparator<Grant> LAST_LONGEST =
      Comparator.comparing(Grant::expiresAt).thenComparing(grant -> grant.id().value()).reversed();

  private final Object lock;
  private final MemoryRevocationFeed revocations;
  private final Map<CodeHash, MemoryFamily> codes = new HashMap<>();
  private final Map<GrantId, MemoryFamily> families = new HashMap<>();
  private final Map<RefreshHash, RefreshToken> refreshTokens = new HashMap<>();
  private final Map<Pair, List<MemoryFamily>> byPair = new HashMap<>();

  MemoryGrantStore(Object lock, MemoryRevocationFeed revocations) {
    this.lock = lock;
    this.revocations = revocations;
  }

  @Override
  public void add(AuthorizationCode code) {
    MemoryFamily family = new MemoryFamily(code);
    synchronized (lock) {
      if (codes.containsKey(code.hash())) {
        throw new IllegalStateException("there is one already: " + code.hash());
      }
      Added.to(families, family.id(), family);
      codes.put(code.hash(), family);
      byPair.computeIfAbsent(Pair.of(family.grant()), _ -> new ArrayList<>()).add(family);
    }
  }

  @Override
  public Optional<AuthorizationCode> find(CodeHash code) {
    synchronized (lock) {
      return Optional.ofNullable(codes.get(code)).map(family -> family.code);
    }
  }

  @Override
  public Redemption redeem(CodeHash code, RefreshHash first, Duration idle, Instant now) {
    synchronized (lock) {
      MemoryFamily family = codes.get(code);
      if (family == null || family.hasEnded()) {
        return new Redemption.Unknown();
      }
      if (family.isRedeemed()) {
        return new Redemption.Replayed(family.grant());
      }
      if (!family.waitsForItsCode(now)) {
        return new Redemption.Unknown();
      }
      Added.to(
          refreshTokens, first, new RefreshToken(first, family.grant(), 1, true, now.plus(idle)));
      family.redeem(idle, now);
      return new Redemption.Won(family.grant());
    }
  }

  @Override
  public Optional<RefreshToken> find(RefreshHash token, Instant now) {
    synchronized (lock) {
      return Optional.ofNullable(refreshTokens.get(token))
          .filter(found -> family(found).isInForce(now) && !family(found).hasExpired(found, now))
          .map(found -> family(found).isNewest(found) ? found : found.replaced());
    }
  }

  @Override
  public Rotation rotate(
      RefreshHash presented, RefreshHash successor, RotationPolicy policy, Instant now) {
    synchronized (lock) {
      RefreshToken token = refreshTokens.get(presented);
      if (token == null) {
        return new Rotation.Unknown();
      }
      Rotation rotation = family(token).present(token, policy.grace(), now);
      if (rotation instanceof Rotation.Won(Grant grant)) {
        Added.to(
            refreshTokens,
            successor,
            new RefreshToken(
                successor, grant, token.generation() + 1, true, now.plus(policy.idle())));
        family(token).advance(policy.idle(), now);
      }
      return rotation;
    }
  }

  @Override
  public Optional<Grant> find(GrantId id, Instant now) {
    synchronized (lock) {
      return Optional.ofNullable(families.get(id))
          .filter(family -> family.isInForce(now))
          .map(MemoryFamily::grant);
    }
  }

  @Override
  public Optional<Grant> findFor(GrantId id, String jti, Instant now) {
    synchronized (lock) {
      return revocations.isRevoked(jti) ? Optional.empty() : find(id, now);
    }
  }

  @Override
  public List<ListedGrant> list(GrantFilter filter, @Nullable Grant after, int most, Instant now) {
    synchronized (lock) {
      return alive(now)
          .filter(family -> filter.matches(family.grant()))
          .filter(family -> after == null || LAST_LONGEST.compare(family.grant(), after) > 0)
          .sorted(Comparator.comparing(MemoryFamily::grant, LAST_LONGEST))
          .limit(most)
          .map(family -> new ListedGrant(family.grant(), family.usedAt()))
          .toList();
    }
  }

  @Override
  public List<Grant> inForce(Subject subject, ClientId client, Resource resource, Instant now) {
    synchronized (lock) {
      return byPair.getOrDefault(new Pair(subject, client), List.of()).stream()
          .filter(family -> family.isInForce(now))
          .map(MemoryFamily::grant)
          .filter(grant -> grant.resource().equals(resource))
          .sorted(Comparator.comparing(Grant::createdAt).reversed())
          .limit(MOST_LISTED)
          .toList();
    }
  }

  @Override
  public List<GrantId> endAll(List<GrantId> grants, EndReason reason, Instant now) {
    synchronized (lock) {
      return grants.stream().filter(grant -> endOne(grant, reason, now)).toList();
    }
  }

  private boolean endOne(GrantId grant, EndReason reason, Instant now) {
    MemoryFamily family = families.get(grant);
    if (family == null || family.hasEnded()) {
      return false;
    }
    family.end(reason);
    revocations.ended(grant, now);
    return true;
  }

  List<Grant> on(UpstreamTokenId id, Instant now) {
    return families.values().stream()
        .filter(family -> id.equals(family.grant().upstreamToken()) && family.isInForce(now))
        .map(MemoryFamily::grant)
        .toList();
  }

  /** The upstream tokens that grants rest on which are in force or wait for their codes. */
  Set<UpstreamTokenId> needed(Instant now) {
    return families.values().stream()
        .filter(family -> family.isUsable(now) || family.waitsForItsCode(now))
        .flatMap(family -> Stream.ofNullable(family.grant().upstreamToken()))
        .collect(Collectors.toSet());
  }

  /** The clients that have a grant in force or waiting. */
  Set<ClientId> clients(Instant now) {
    return alive(now).map(family -> family.grant().client()).collect(Collectors.toSet());
  }

  void purge(Instant now) {
    synchronized (lock) {
      refreshTokens.values().removeIf(token -> family(token).isForgettable(now));
      codes.values().removeIf(family -> family.isForgettable(now));
      families.values().removeIf(family -> family.isForgettable(now));
      byPair.values().forEach(each -> each.removeIf(family -> family.isForgettable(now)));
      byPair.values().removeIf(List::isEmpty);
    }
  }

  private Stream<MemoryFamily> alive(Instant now) {
    return families.values().stream()
        .filter(family -> family.isUsable(now) || family.waitsForItsCode(now));
  }

  private MemoryFamily family(RefreshToken token) {
    MemoryFamily family = families.get(token.grant().id());
    if (family == null) {
      throw new AssertionError("a refresh token outlives its grant");
    }
    return family;
  }
}
