package dev.ostiary.gateway.credential;

import dev.ostiary.gateway.credential.UserTokens.Found;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.http.Headers;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The user's own token at the upstream, as {@code Authorization: Bearer}: the backend sees them as
 * if they had come by themselves. What it refuses is looked up again, and renewed if need be.
 */
public final class UpstreamToken implements BackendCredential {
  private static final String BEARER = "Bearer ";

  /**
   * How long a token is cached. A newer one is fetched at once when the backend refuses this one.
   */
  private static final Duration KEPT = Duration.ofSeconds(30);

  /** A token is not shown so shortly before its end. */
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private final UserTokens tokens;
  private final Executor executor;
  private final InstantSource time;
  private final ExpiringCache<GrantId> remembered = new ExpiringCache<>();

  /**
   * @param executor for work that blocks
   */
  public UpstreamToken(UserTokens tokens, Executor executor, InstantSource time) {
    this.tokens = tokens;
    this.executor = executor;
    this.time = time;
  }

  @Override
  public CompletionStage<Answer> fields(Caller caller) {
    GrantId grant = caller.grant();
    Fields known = remembered.find(grant, time.instant());
    return known == null
        ? later(() -> answer(grant, tokens.find(grant), null))
        : CompletableFuture.completedStage(known);
  }

  @Override
  public boolean isPersonal() {
    return true;
  }

  @Override
  public CompletionStage<Answer> renewed(Caller caller, Headers refused) {
    GrantId grant = caller.grant();
    Secret shown =
        new Secret(refused.first("Authorization").orElse(BEARER).substring(BEARER.length()));
    remembered.forget(grant);
    return later(() -> answer(grant, tokens.reconsider(grant, shown), shown));
  }

  private CompletionStage<Answer> later(Supplier<Answer> work) {
    try {
      return CompletableFuture.supplyAsync(work, executor);
    } catch (RejectedExecutionException ending) {
      return CompletableFuture.completedStage(new Unavailable());
    }
  }

  /**
   * @param refused what the backend did not take; null if it was shown nothing yet
   */
  private Answer answer(GrantId grant, Found found, @Nullable Secret refused) {
    return switch (found) {
      case UserTokens.Token(Secret value, var _) when refused != null && refused.equals(value) ->
          new NoOther();
      case UserTokens.Token(Secret value, Instant expiresAt) -> {
        Fields fields = new Fields(Headers.of("Authorization", BEARER + value.reveal()));
        remember(grant, fields, expiresAt);
        yield fields;
      }
      case UserTokens.SignInAgain _ -> new SignInAgain();
      case UserTokens.Unavailable _ -> new Unavailable();
    };
  }

  private void remember(GrantId grant, Fields fields, @Nullable Instant expiresAt) {
    Instant now = time.instant();
    Instant until = now.plus(KEPT);
    if (expiresAt != null && expiresAt.minus(MARGIN).isBefore(until)) {
      until = expiresAt.minus(MARGIN);
    }
    remembered.put(grant, fields, until, now);
  }
}
