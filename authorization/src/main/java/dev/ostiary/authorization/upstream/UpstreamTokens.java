package dev.ostiary.authorization.upstream;

import dev.ostiary.authorization.key.Sealer;
import dev.ostiary.authorization.store.Sealed;
import dev.ostiary.authorization.store.UpstreamToken;
import dev.ostiary.authorization.store.UpstreamTokenId;
import dev.ostiary.authorization.store.UpstreamTokenStore;
import dev.ostiary.authorization.upstream.UpstreamCredentials.Refusal;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps upstream tokens for as long as a grant rests on them, sealed, and gives them back to the
 * upstream when they are not needed any more.
 */
public final class UpstreamTokens {
  private static final int RESEAL_ATTEMPTS = 10;

  private final UpstreamTokenStore store;
  private final Upstreams upstreams;
  private final Sealer sealer;
  private final Executor background;

  private UpstreamTokens(
      UpstreamTokenStore store, Upstreams upstreams, Sealer sealer, Executor background) {
    this.store = store;
    this.upstreams = upstreams;
    this.sealer = sealer;
    this.background = background;
  }

  /**
   * @param background where tokens are revoked that a sign-in has made superfluous, so that no
   *     request waits for it
   */
  public static UpstreamTokens of(
      UpstreamTokenStore store, Upstreams upstreams, Sealer sealer, Executor background) {
    return new UpstreamTokens(store, upstreams, sealer, background);
  }

  UpstreamTokenStore store() {
    return store;
  }

  Upstreams upstreams() {
    return upstreams;
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
            upstream, user, fresh.scopes(), seal(fresh, upstream, user), fresh.expiresAt(), now);
    Sealed replaced = kept.replaced();
    if (replaced != null) {
      Scopes scopes = fresh.scopes();
      open(replaced, upstream, user, scopes, null)
          .filter(old -> !old.accessToken().equals(fresh.accessToken()))
          .ifPresent(old -> discard(upstreams.named(upstream), old));
    }
    return kept.token().id();
  }

  /** Gives back tokens that are not kept. */
  public void discard(Upstream upstream, UpstreamTokenResponse tokens) {
    background.execute(() -> upstream.discard(tokens));
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
      unseal(token).ifPresent(tokens -> upstreams.named(token.upstream()).revoke(tokens));
    }
  }

  /** The tokens as they are kept, fresh or not. */
  public Optional<UpstreamTokenResponse> find(UpstreamTokenId id) {
    return store.find(id).flatMap(this::unseal);
  }

  /** The tokens; nothing can be done with those that another master key has sealed. */
  Result<UpstreamTokenResponse, Refusal> open(UpstreamToken token) {
    return unseal(token)
        .<Result<UpstreamTokenResponse, Refusal>>map(Result::ok)
        .orElseGet(() -> Result.refused(new Refusal.SignInAgain()));
  }

  private Optional<UpstreamTokenResponse> unseal(UpstreamToken token) {
    return open(token.tokens(), token.upstream(), token.user(), token.scopes(), token.expiresAt());
  }

  /**
   * The tokens as a form, sealed to the upstream and user they belong to, so that a row copied to
   * another user does not open.
   */
  Sealed seal(UpstreamTokenResponse tokens, String upstream, String user) {
    String text =
        "access_token="
            + encode(tokens.accessToken())
            + field("refresh_token", tokens.refreshToken())
            + field("id_token", tokens.idToken());
    return sealer.seal(text, context(upstream, user));
  }

  /**
   * Seals anew what is not sealed with the newest key, in the page of tokens that follows one. What
   * no key opens any more stays as it is. Blocks.
   *
   * @param last null to begin
   * @param current whether the newest key has sealed something
   * @return the last tokens of the page; empty if there are no more
   */
  public Optional<String> reseal(@Nullable String last, Predicate<Sealed> current) {
    List<UpstreamToken> page = store.after(last == null ? null : new UpstreamTokenId(last));
    page.forEach(token -> reseal(token, current));
    return page.isEmpty() ? Optional.empty() : Optional.of(page.getLast().id().value());
  }

  /** What a refresh or a sign-in changes meanwhile may be sealed with an old key still. */
  private void reseal(UpstreamToken token, Predicate<Sealed> current) {
    for (int attempt = 0; attempt < RESEAL_ATTEMPTS; attempt++) {
      String context = context(token.upstream(), token.user());
      Optional<String> plain =
          current.test(token.tokens()) ? Optional.empty() : sealer.open(token.tokens(), context);
      if (plain.isEmpty()
          || store.reseal(token.id(), token.tokens(), sealer.seal(plain.get(), context))) {
        return;
      }
      Optional<UpstreamToken> changed = store.find(token.id());
      if (changed.isEmpty()) {
        return;
      }
      token = changed.get();
    }
    throw new IllegalStateException("upstream token " + token.id() + " changes all the time");
  }

  private static String field(String name, @Nullable Secret value) {
    return value == null ? "" : "&" + name + "=" + encode(value);
  }

  private Optional<UpstreamTokenResponse> open(
      Sealed text, String upstream, String user, Scopes scopes, @Nullable Instant expiresAt) {
    return sealer
        .open(text, context(upstream, user))
        .map(UpstreamTokens::parse)
        .map(
            form ->
                new UpstreamTokenResponse(
                    new Secret(form.first("access_token").orElseThrow()),
                    form.first("refresh_token").map(Secret::new).orElse(null),
                    expiresAt,
                    scopes,
                    form.first("id_token").map(Secret::new).orElse(null)));
  }

  private static Parameters parse(String text) {
    if (Parameters.parse(text) instanceof Result.Ok<Parameters, ?>(Parameters form)) {
      return form;
    }
    throw new IllegalStateException("what we sealed cannot be read");
  }

  private static String context(String upstream, String user) {
    return "tokens of user " + user + " at upstream " + upstream;
  }

  private static String encode(Secret secret) {
    return URLEncoder.encode(secret.reveal(), StandardCharsets.UTF_8);
  }
}
