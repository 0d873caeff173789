package dev.ostiary.authorization;

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
import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Subject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A store whose storage does not answer. */
public final class BrokenGrantStore implements GrantStore {
  @Override
  public void add(AuthorizationCode code) {
    throw broken();
  }

  @Override
  public Optional<AuthorizationCode> find(CodeHash code) {
    throw broken();
  }

  @Override
  public Redemption redeem(CodeHash code, RefreshHash first, Duration idle, Instant now) {
    throw broken();
  }

  @Override
  public Optional<RefreshToken> find(RefreshHash token, Instant now) {
    throw broken();
  }

  @Override
  public Rotation rotate(
      RefreshHash presented, RefreshHash successor, RotationPolicy policy, Instant now) {
    throw broken();
  }

  @Override
  public Optional<Grant> find(GrantId id, Instant now) {
    throw broken();
  }

  @Override
  public Optional<Grant> findFor(GrantId id, String jti, Instant now) {
    throw broken();
  }

  @Override
  public List<ListedGrant> list(GrantFilter filter, @Nullable Grant after, int most, Instant now) {
    throw broken();
  }

  @Override
  public List<Grant> inForce(Subject subject, ClientId client, Resource resource, Instant now) {
    throw broken();
  }

  @Override
  public List<GrantId> endAll(List<GrantId> grants, EndReason reason, Instant now) {
    throw broken();
  }

  private static StoreUnavailable broken() {
    return new StoreUnavailable("broken", new IOException("broken"));
  }
}
