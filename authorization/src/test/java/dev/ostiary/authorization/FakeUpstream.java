package dev.ostiary.authorization;

import dev.ostiary.authorization.upstream.Upstream;
import dev.ostiary.authorization.upstream.UpstreamCallback;
import dev.ostiary.authorization.upstream.UpstreamIdentity;
import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.authorization.upstream.UpstreamRequest;
import dev.ostiary.authorization.upstream.UpstreamTokenResponse;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scope;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An upstream that does as a test says, and remembers what it was asked. */
public final class FakeUpstream implements Upstream {
  public final List<UpstreamRequest> requests = new CopyOnWriteArrayList<>();
  public final List<UpstreamCallback> callbacks = new CopyOnWriteArrayList<>();
  public final List<String> revoked = new CopyOnWriteArrayList<>();
  public final AtomicInteger checks = new AtomicInteger();
  public final AtomicInteger refreshes = new AtomicInteger();

  private final String name;
  private final Map<String, String> challenges = new ConcurrentHashMap<>();
  private final AtomicInteger tokens = new AtomicInteger();

  public volatile String userId = "583231";
  public volatile String userName = "octocat";
  public volatile @Nullable Scopes granted;
  public volatile @Nullable Instant expiresAt;
  public volatile boolean refreshable;
  public volatile @Nullable UpstreamRefusal unreachable;
  public volatile @Nullable UpstreamRefusal refusal;
  public volatile @Nullable UpstreamRefusal checkRefusal;
  public volatile @Nullable Secret idToken;
  public final List<String> signedOut = new CopyOnWriteArrayList<>();
  public volatile Runnable duringCheck = () -> {};
  public volatile Runnable duringRefresh = () -> {};

  public FakeUpstream(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String callbackPath() {
    return name.equals("github") ? "/callback" : Upstream.super.callbackPath();
  }

  @Override
  public String title() {
    return name.equals("github") ? "GitHub" : "Corporate";
  }

  @Override
  public Scopes scopesFor(Scopes scopes) {
    return scopes.minus(Scopes.of(List.of(Scope.OFFLINE_ACCESS))).union(Scopes.of("read:org"));
  }

  @Override
  public Result<URI, UpstreamRefusal> authorizationUri(UpstreamRequest request) {
    UpstreamRefusal no = unreachable;
    if (no != null) {
      return Result.refused(no);
    }
    requests.add(request);
    challenges.put(request.state().reveal(), request.codeChallenge().value());
    return Result.ok(
        URI.create("https://" + name + ".example/authorize?state=" + request.state().reveal()));
  }

  /** Like the real ones: the code is worth nothing without the verifier of its challenge. */
  @Override
  public Result<UpstreamIdentity, UpstreamRefusal> complete(UpstreamCallback callback) {
    callbacks.add(callback);
    UpstreamRefusal no = refusal;
    if (no != null) {
      return Result.refused(no);
    }
    String state = callback.parameters().first("state").orElseThrow();
    if (!callback.verifier().challenge().value().equals(challenges.get(state))) {
      return Result.refused(new UpstreamRefusal.Rejected("bad_verifier"));
    }
    return Result.ok(new UpstreamIdentity(userId, userName, fresh()));
  }

  @Override
  public Result<UpstreamIdentity, UpstreamRefusal> check(UpstreamTokenResponse asked) {
    checks.incrementAndGet();
    duringCheck.run();
    UpstreamRefusal no = checkRefusal;
    return no == null
        ? Result.ok(new UpstreamIdentity(userId, userName, asked))
        : Result.refused(no);
  }

  @Override
  public Result<UpstreamTokenResponse, UpstreamRefusal> refresh(UpstreamTokenResponse old) {
    refreshes.incrementAndGet();
    duringRefresh.run();
    UpstreamRefusal no = refusal;
    return no == null ? Result.ok(fresh()) : Result.refused(no);
  }

  @Override
  public void revoke(UpstreamTokenResponse old) {
    revoked.add(old.accessToken().reveal());
  }

  /** Only where it gives ID tokens. */
  @Override
  public Optional<URI> signOut(@Nullable Secret hint, URI returnTo) {
    signedOut.add(hint == null ? "" : hint.reveal());
    return idToken == null
        ? Optional.empty()
        : Optional.of(URI.create("https://" + name + ".example/sign-out?to=" + returnTo));
  }

  private UpstreamTokenResponse fresh() {
    int number = tokens.incrementAndGet();
    Scopes scopes = granted;
    return new UpstreamTokenResponse(
        new Secret("upstream-access-" + number),
        refreshable ? new Secret("upstream-refresh-" + number) : null,
        expiresAt,
        scopes == null ? Scopes.of("read:user", "user:email", "repo", "read:org") : scopes,
        idToken);
  }
}
