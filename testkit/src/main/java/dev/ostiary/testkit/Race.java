package dev.ostiary.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Many threads that do one thing at the same moment. */
public final class Race {
  public static final int RUNNERS = 64;

  private Race() {}

  /** What each of {@link #RUNNERS} virtual threads got, all started by one latch. */
  public static <T> List<T> of(Callable<T> run) throws InterruptedException, ExecutionException {
    CountDownLatch ready = new CountDownLatch(RUNNERS);
    CountDownLatch start = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> results =
          IntStream.range(0, RUNNERS)
              .mapToObj(
                  _ ->
                      threads.submit(
                          () -> {
                            ready.countDown();
                            start.await();
                            return run.call();
                          }))
              .toList();
      ready.await();
      start.countDown();
      return collect(results);
    }
  }

  private static <T> List<T> collect(List<Future<T>> results)
      throws InterruptedException, ExecutionException {
    List<T> collected = new ArrayList<>(results.size());
    for (Future<T> result : results) {
      collected.add(result.get());
    }
    return collected;
  }
}
