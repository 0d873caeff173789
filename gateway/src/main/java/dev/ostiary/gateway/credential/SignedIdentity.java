package dev.ostiary.gateway.credential;

import dev.ostiary.gateway.token.Caller;
import dev.ostiary.http.Headers;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import dev.ostiary.protocol.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * A signed statement of who calls, as {@code Authorization: Bearer}, for one backend alone. Each is
 * shown for half of its life, so that few calls cost a signature and none arrives about to expire.
 */
public final class SignedIdentity implements BackendCredential {
  private final Signer signer;
  private final Duration lifetime;
  private final Executor executor;
  private final InstantSource time;
  private final ExpiringCache<Who> remembered = new ExpiringCache<>();

  /** Signs a statement. Blocks. */
  @FunctionalInterface
  public interface Signer {
    Secret sign(Caller caller, Instant now);
  }

  private record Who(Subject subject, ClientId client, Scopes scopes) {}

  /**
   * @param lifetime of a statement
   * @param executor for work that blocks
   */
  public SignedIdentity(Signer signer, Duration lifetime, Executor executor, InstantSource time) {
    this.signer = signer;
    this.lifetime = lifetime;
    this.executor = executor;
    this.time = time;
  }

  @Override
  public CompletionStage<Answer> fields(Caller caller) {
    Who who = new Who(caller.subject(), caller.client(), caller.scopes());
    Fields known = remembered.find(who, time.instant());
    if (known != null) {
      return CompletableFuture.completedStage(known);
    }
    try {
      return CompletableFuture.supplyAsync(() -> sign(caller, who), executor);
    } catch (RejectedExecutionException ending) {
      return CompletableFuture.completedStage(new Unavailable());
    }
  }

  private Answer sign(Caller caller, Who who) {
    Instant now = time.instant();
    Secret statement = signer.sign(caller, now);
    Fields fields = new Fields(Headers.of("Authorization", "Bearer " + statement.reveal()));
    remembered.put(who, fields, now.plus(lifetime.dividedBy(2)), now);
    return fields;
  }

  @Override
  public boolean isPersonal() {
    return true;
  }

  @Override
  public CompletionStage<Answer> renewed(Caller caller, Headers refused) {
    return CompletableFuture.completedStage(new NoOther());
  }
}
