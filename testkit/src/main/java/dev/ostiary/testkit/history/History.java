package dev.ostiary.testkit.history;

import dev.ostiary.authorization.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Has several clients call several stores at once, and writes down what they were told. */
final class History {
  private History() {}

  /**
   * Runs the calls of each client, one after the other, all clients at once.
   *
   * @param nodes which the clients use in turn
   */
  static <S> List<Event<S>> of(List<Store> nodes, List<List<Verb<S>>> clients)
      throws InterruptedException, ExecutionException {
    CountDownLatch ready = new CountDownLatch(clients.size());
    CountDownLatch start = new CountDownLatch(1);
    List<Future<List<Event<S>>>> running = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int client = 0; client < clients.size(); client++) {
        Store node = nodes.get(client % nodes.size());
        List<Verb<S>> calls = clients.get(client);
        running.add(
            threads.submit(
                () -> {
                  ready.countDown();
                  start.await();
                  return calls.stream().map(call -> record(node, call)).toList();
                }));
      }
      ready.await();
      start.countDown();
      List<Event<S>> events = new ArrayList<>();
      for (Future<List<Event<S>>> client : running) {
        events.addAll(client.get());
      }
      return events;
    }
  }

  private static <S> Event<S> record(Store node, Verb<S> verb) {
    long invoked = System.nanoTime();
    Object answer = verb.run(node);
    return new Event<>(verb, answer, invoked, System.nanoTime());
  }
}
