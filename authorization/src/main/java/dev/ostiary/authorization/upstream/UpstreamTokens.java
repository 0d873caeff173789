package dev.ostiary.authorization.upstream;

import dev.ostiary.authorization.key.Sealer;
import dev.ostiary.authorization.store.Sealed;
import dev.ostiary.authorization.store.UpstreamToken;
import dev.ostiary.authorization.store.UpstreamTokenId;
import dev.ostiary.authorization.store.UpstreamTokenStore;
import dev.ostiary.protocol.Scopes;
import java.time.Instant;
import java.util.concurrent.Executor;

/**
 * Keeps upstream tokens for as long as a grant rests on them, sealed, and gives them back to the
 * upstream when they are not needed any more.
 */
public final class UpstreamTokens {
  private final UpstreamTokenStore store;
  private final Upstreams upstreams;
  private final UpstreamTokenCodec text;
  private final Executor background;

  private UpstreamTokens(
      UpstreamTokenStore store, Upstreams upstreams, UpstreamTokenCodec text, Executor background) {
    this.store = store;
    this.upstreams = upstreams;
    this.text = text;
    this.background = background;
  }

  /**
   * @param background where tokens are revoked that a sign-in has made superfluous, so that nobody
   *     waits for it
   */
  public static UpstreamTokens of(
      UpstreamTokenStore store, Upstreams upstreams, Sealer sealer, Executor background) {
    return new UpstreamTokens(store, upstreams, new UpstreamTokenCodec(sealer), background);
  }

  /**
   * Keeps what a sign-in brought. Older tokens of the same user and scopes make room, and are
   * revoked, since an upstream keeps only so many for one user.
   */
  public UpstreamTokenId keep(String upstream, UpstreamIdentity identity, Instant now) {
    UpstreamTokenResponse fresh = identity.tokens();
    String user = identity.userId();
    UpstreamTokenStore.Kept kept =
        store.keep(
            upstream,
            user,
            fresh.scopes(),
            text.seal(fresh, upstream, user),
            fresh.expiresAt(),
            now);
    Sealed replaced = kept.replaced();
    if (replaced != null) {
      Scopes scopes = fresh.scopes();
      text.open(replaced, upstream, user, scopes, null)
          .filter(old -> !old.accessToken().equals(fresh.accessToken()))
          .ifPresent(old -> discard(upstreams.named(upstream), old));
    }
    return kept.token().id();
  }

  /** Gives back tokens that are not kept. */
  public void discard(Upstream upstream, UpstreamTokenResponse tokens) {
    background.execute(() -> upstream.revoke(tokens));
  }

  /**
   * To be called when a grant has ended: revokes and removes the tokens it rested on, unless
   * another grant still rests on them, or a sign-in that brought them is just making one. Calls the
   * upstream.
   */
  public void release(UpstreamTokenId id, Instant now) {
    store.removeUnused(id, now).ifPresent(this::revoke);
  }

  private void revoke(UpstreamToken token) {
    if (upstreams.has(token.upstream())) {
      text.open(token).ifPresent(tokens -> upstreams.named(token.upstream()).revoke(tokens));
    }
  }
}
