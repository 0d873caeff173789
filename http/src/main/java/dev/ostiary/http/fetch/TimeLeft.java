package dev.ostiary.http.fetch;

import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** How much of a fetch's time is left. */
final class TimeLeft {
  private final long deadline;

  TimeLeft(Duration whole) {
    deadline = System.nanoTime() + whole.toNanos();
  }

  /** Never negative. */
  long nanos() {
    return Math.max(0, deadline - System.nanoTime());
  }

  /** Never zero. */
  Duration duration() {
    return Duration.ofNanos(Math.max(1, nanos()));
  }

  /** Waits for a part of the fetch, and gives it up when the time is over. */
  <T> T await(CompletableFuture<T> coming) throws FetchFailure, InterruptedException {
    try {
      return coming.get(nanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      throw new FetchFailure(new FetchRefusal.TooLate());
    } catch (ExecutionException failed) {
      throw failure(failed.getCause());
    } finally {
      coming.cancel(true);
    }
  }

  private static FetchFailure failure(@Nullable Throwable cause) {
    if (cause instanceof FetchFailure known) {
      return known;
    }
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof SSLException) {
        return new FetchFailure(new FetchRefusal.NoTls());
      }
    }
    return new FetchFailure(
        switch (cause) {
          case HttpConnectTimeoutException _ -> new FetchRefusal.Unreachable();
          case HttpTimeoutException _ -> new FetchRefusal.TooLate();
          case ConnectException _ -> new FetchRefusal.Unreachable();
          case null, default -> new FetchRefusal.BrokenOff();
        });
  }
}
