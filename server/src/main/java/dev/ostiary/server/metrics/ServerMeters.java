package dev.ostiary.server.metrics;

import dev.ostiary.gateway.observe.BackendFailure;
import dev.ostiary.gateway.observe.CallOutcome;
import dev.ostiary.gateway.observe.RefusalReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The meters of one server. Those whose labels are few are there from the start, at zero. */
final class ServerMeters {
  /** From what a connector answers from memory to what a slow tool takes. */
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofSeconds(60)
  };

  /** What calls are counted by. */
  private record Ended(String method, String tool, CallOutcome outcome) {}

  private final MeterRegistry registry;
  private final String server;
  private final ConcurrentMap<Ended, Counter> calls = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Timer> durations = new ConcurrentHashMap<>();
  private final Map<RefusalReason, Counter> refusals = new EnumMap<>(RefusalReason.class);
  private final Map<BackendFailure, Counter> failures = new EnumMap<>(BackendFailure.class);
  private final AtomicInteger streams = new AtomicInteger();
  private final AtomicInteger children = new AtomicInteger();
  private final AtomicInteger openCircuits = new AtomicInteger();
  private final Counter streamsOpened;

  ServerMeters(MeterRegistry registry, String server) {
    this.registry = registry;
    this.server = server;
    for (RefusalReason reason : RefusalReason.values()) {
      refusals.put(
          reason,
          counter("ostiary.gateway.refusals", "Requests that the gateway refused, by reason")
              .tag("reason", reason.label())
              .register(registry));
    }
    for (BackendFailure failure : BackendFailure.values()) {
      failures.put(
          failure,
          counter("ostiary.gateway.backend.failures", "What was wrong with the server behind")
              .tag("kind", word(failure))
              .register(registry));
    }
    this.streamsOpened =
        counter("ostiary.gateway.streams.opened", "Streams of events that have begun")
            .register(registry);
    gauge("ostiary.gateway.streams", "Streams of events that go on", streams);
    gauge("ostiary.gateway.children", "Programs that run for the server", children);
    gauge(
        "ostiary.gateway.circuit.open",
        "1 while the circuit breaker is open after too many failures in a row, else 0",
        openCircuits);
  }

  Counter calls(String method, String tool, CallOutcome outcome) {
    return calls.computeIfAbsent(
        new Ended(method, tool, outcome),
        ended ->
            counter("ostiary.gateway.calls", "Calls that were admitted and are over")
                .tags("method", ended.method(), "tool", ended.tool())
                .tag("outcome", word(ended.outcome()))
                .register(registry));
  }

  Timer durations(String method) {
    return durations.computeIfAbsent(
        method,
        each ->
            Timer.builder("ostiary.gateway.call.duration")
                .description("From the admission of a call to the end of its answer")
                .tags("server", server, "method", each)
                .serviceLevelObjectives(BUCKETS)
                .register(registry));
  }

  Counter refusals(RefusalReason reason) {
    return Objects.requireNonNull(refusals.get(reason));
  }

  Counter failures(BackendFailure failure) {
    return Objects.requireNonNull(failures.get(failure));
  }

  void streamOpened() {
    streams.incrementAndGet();
    streamsOpened.increment();
  }

  void streamClosed() {
    streams.decrementAndGet();
  }

  void childStarted() {
    children.incrementAndGet();
  }

  void childEnded() {
    children.decrementAndGet();
  }

  void circuitOpen(boolean open) {
    openCircuits.set(open ? 1 : 0);
  }

  private Counter.Builder counter(String name, String meaning) {
    return Counter.builder(name).description(meaning).tag("server", server);
  }

  private void gauge(String name, String meaning, AtomicInteger value) {
    Gauge.builder(name, value, AtomicInteger::get)
        .description(meaning)
        .tag("server", server)
        .register(registry);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
