package dev.ostiary.server.metrics;

import dev.ostiary.gateway.observe.BackendFailure;
import dev.ostiary.gateway.observe.CallOutcome;
import dev.ostiary.gateway.observe.GatewayObserver;
import dev.ostiary.gateway.observe.RefusalReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/** Counts and times what the gateway does. After the first of a kind, that is one look-up each. */
final class GatewayMetrics implements GatewayObserver {
  private final MeterRegistry registry;
  private final ConcurrentMap<String, ServerMeters> servers = new ConcurrentHashMap<>();
  private final Counter knownTokens;
  private final Counter otherTokens;

  /**
   * @param names of the servers that are there from the start
   */
  GatewayMetrics(MeterRegistry registry, Collection<String> names) {
    this.registry = registry;
    this.knownTokens = lookUps("hit");
    this.otherTokens = lookUps("miss");
    names.forEach(this::server);
  }

  private Counter lookUps(String result) {
    return Counter.builder("ostiary.token.cache.lookups")
        .description("Access tokens that came: known to be good, or verified anew")
        .tag("result", result)
        .register(registry);
  }

  private ServerMeters server(String name) {
    return servers.computeIfAbsent(name, each -> new ServerMeters(registry, each));
  }

  @Override
  public void callEnded(
      String server, String method, String tool, CallOutcome outcome, long nanoseconds) {
    ServerMeters meters = server(server);
    meters.calls(method, tool, outcome).increment();
    meters.durations(method).record(nanoseconds, TimeUnit.NANOSECONDS);
  }

  @Override
  public void refused(String server, RefusalReason reason, String requestId) {
    server(server).refusals(reason).increment();
  }

  @Override
  public void streamOpened(String server) {
    server(server).streamOpened();
  }

  @Override
  public void streamClosed(String server) {
    server(server).streamClosed();
  }

  @Override
  public void backendFailed(String server, BackendFailure failure) {
    server(server).failures(failure).increment();
  }

  @Override
  public void circuitOpened(String server) {
    server(server).circuitOpen(true);
  }

  @Override
  public void circuitClosed(String server) {
    server(server).circuitOpen(false);
  }

  @Override
  public void childStarted(String server) {
    server(server).childStarted();
  }

  @Override
  public void childEnded(String server) {
    server(server).childEnded();
  }

  @Override
  public void tokenLookedUp(boolean known) {
    (known ? knownTokens : otherTokens).increment();
  }
}
