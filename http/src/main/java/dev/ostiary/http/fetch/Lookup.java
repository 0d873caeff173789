package dev.ostiary.http.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Resolves names on a few threads of its own: a resolver that hangs holds up no other work, and
 * look-ups of client-chosen names never hold more than these.
 */
final class Lookup implements AutoCloseable {
  private static final int THREADS = 4;
  private static final int WAITING = 64;

  private final NameResolver resolver;
  private final ExecutorService threads;

  Lookup(NameResolver resolver) {
    this.resolver = resolver;
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            Thread.ofPlatform().daemon().name("ostiary-lookup-", 0).factory());
    pool.allowCoreThreadTimeOut(true);
    this.threads = pool;
  }

  List<InetAddress> find(String name, TimeLeft time) throws FetchFailure, InterruptedException {
    CompletableFuture<List<InetAddress>> addresses = new CompletableFuture<>();
    try {
      threads.execute(() -> resolve(name, addresses));
      return addresses.get(time.nanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException tooMany) {
      throw new FetchFailure(new FetchRefusal.Busy());
    } catch (TimeoutException late) {
      addresses.cancel(false);
      throw new FetchFailure(new FetchRefusal.TooLate());
    } catch (ExecutionException unknown) {
      throw new FetchFailure(new FetchRefusal.NameUnknown());
    }
  }

  private void resolve(String name, CompletableFuture<List<InetAddress>> addresses) {
    if (addresses.isDone()) {
      return;
    }
    try {
      List<InetAddress> found = resolver.resolve(name);
      if (found.isEmpty()) {
        throw new UnknownHostException();
      }
      addresses.complete(found);
    } catch (UnknownHostException | RuntimeException unknown) {
      addresses.completeExceptionally(unknown);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
