package dev.ostiary.server.metrics;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.gateway.observe.GatewayObserver;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Router;
import dev.ostiary.http.Service;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Everything that is counted and measured, and the service that shows it. */
public final class Metrics implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final GatewayMetrics gateway;
  private final AuditMetrics audit;
  private final ProcessMetrics process;

  /**
   * Begins at zero.
   *
   * @param servers their names, as in the configuration
   * @param version of this release
   */
  public Metrics(Collection<String> servers, String version) {
    this.gateway = new GatewayMetrics(registry, servers);
    this.audit = new AuditMetrics(registry);
    this.process = new ProcessMetrics(registry, version);
  }

  /** Counts calls. */
  public GatewayObserver gateway() {
    return gateway;
  }

  /** Counts what is recorded, and passes it on. */
  public AuditLog counting(AuditLog next) {
    return new AuditLog() {
      @Override
      public void record(AuditEvent event) {
        next.record(event);
        audit.record(event);
      }

      @Override
      public Optional<String> trouble() {
        return next.trouble();
      }
    };
  }

  /**
   * What only an operator may see.
   *
   * @param probes that are there as well
   * @param knownTokens how many access tokens are known to be good
   */
  public Service service(List<Endpoint> probes, Supplier<Number> knownTokens) {
    Gauge.builder("ostiary.token.cache.size", knownTokens)
        .description("Access tokens that are known to be good")
        .register(registry);
    List<Endpoint> endpoints = new ArrayList<>(probes);
    endpoints.add(new MetricsEndpoint(registry::scrape));
    return new Router(endpoints, Map.of(), threads);
  }

  @Override
  public void close() {
    process.close();
    registry.close();
    threads.shutdown();
  }
}
