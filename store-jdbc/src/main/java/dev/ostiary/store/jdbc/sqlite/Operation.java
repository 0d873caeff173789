package dev.ostiary.store.jdbc.sqlite;

import dev.ostiary.store.jdbc.sql.Failures;
import dev.ostiary.store.jdbc.sql.Statements;
import dev.ostiary.store.jdbc.sql.Work;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Work that waits to be committed, and its caller with it. */
final class Operation<T> {
  private final Work<T> work;
  private final CompletableFuture<T> outcome = new CompletableFuture<>();
  private @Nullable Runnable acknowledgement;

  Operation(Work<T> work) {
    this.work = work;
  }

  void run(Statements statements) throws SQLException {
    T result = work.run(statements);
    acknowledgement = () -> outcome.complete(result);
  }

  /** Wakes the caller: what has been run is durable. */
  void acknowledge() {
    if (acknowledgement == null) {
      throw new IllegalStateException("it has not been run");
    }
    acknowledgement.run();
  }

  void fail(Throwable failure) {
    outcome.completeExceptionally(failure);
  }

  /** Waits, however long it takes, since the work will take place or fail. */
  T await() {
    try {
      return outcome.join();
    } catch (CompletionException failure) {
      Throwable cause = failure.getCause();
      throw Failures.of(cause == null ? failure : cause);
    }
  }
}
