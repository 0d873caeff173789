package dev.ostiary.server.metrics;

import dev.ostiary.http.Access;
import dev.ostiary.http.Body;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Route;
import java.util.function.UnaryOperator;

/** The metrics, in Prometheus' own text format or, for those who accept it, in OpenMetrics. */
final class MetricsEndpoint implements Endpoint {
  private static final String OPEN_METRICS = "application/openmetrics-text";
  private static final String OPEN_METRICS_TEXT = OPEN_METRICS + "; version=1.0.0; charset=utf-8";
  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final UnaryOperator<String> scrape;

  /**
   * @param scrape what there is, in the format of this media type
   */
  MetricsEndpoint(UnaryOperator<String> scrape) {
    this.scrape = scrape;
  }

  @Override
  public Route route() {
    return Route.get("/metrics");
  }

  @Override
  public Access access() {
    return Access.ANYBODY;
  }

  @Override
  public Reply handle(Request request) {
    boolean open =
        request.headers().all("Accept").stream().anyMatch(accept -> accept.contains(OPEN_METRICS));
    String format = open ? OPEN_METRICS_TEXT : PROMETHEUS_TEXT;
    return new Reply(200, Headers.of("Content-Type", format), Body.utf8(scrape.apply(format)))
        .noStore();
  }
}
