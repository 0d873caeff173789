package dev.ostiary.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.gateway.observe.BackendFailure;
import dev.ostiary.gateway.observe.RefusalReason;
import dev.ostiary.http.Reply;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MetricsTest {
  @Test
  void saysExactlyWhatHappened() {
    Exposition said = Exposition.parse(SampleMetrics.text(scrape()));

    assertThat(said.nonZero("ostiary_gateway_calls_total"))
        .isEqualTo(
            Map.of(
                "ostiary_gateway_calls_total"
                    + "{method=tools/call, outcome=answered, server=github, tool=calculate}",
                2.0,
                "ostiary_gateway_calls_total"
                    + "{method=tools/list, outcome=failed, server=docs, tool=}",
                1.0));
    assertThat(said.nonZero("ostiary_gateway_refusals_total"))
        .isEqualTo(Map.of("ostiary_gateway_refusals_total{reason=no_token, server=docs}", 1.0));
    assertThat(said.nonZero("ostiary_gateway_backend_failures_total"))
        .isEqualTo(Map.of("ostiary_gateway_backend_failures_total{kind=late, server=docs}", 1.0));
    assertThat(said.value("ostiary_gateway_streams{server=docs}")).isEqualTo(1);
    assertThat(said.value("ostiary_gateway_streams{server=github}")).isZero();
    assertThat(said.value("ostiary_gateway_streams_opened_total{server=docs}")).isEqualTo(2);
    assertThat(said.nonZero("ostiary_gateway_circuit_open"))
        .isEqualTo(Map.of("ostiary_gateway_circuit_open{server=docs}", 1.0));
    assertThat(said.nonZero("ostiary_token_cache"))
        .isEqualTo(
            Map.of(
                "ostiary_token_cache_lookups_total{result=hit}", 2.0,
                "ostiary_token_cache_lookups_total{result=miss}", 1.0,
                "ostiary_token_cache_size{}", 3.0));
    assertThat(said.nonZero("ostiary_authorization"))
        .isEqualTo(
            Map.of(
                "ostiary_authorization_events_total{event=refresh.rotated}", 1.0,
                "ostiary_authorization_events_total{event=grant.ended}", 1.0,
                "ostiary_authorization_events_total{event=token.refused}", 2.0,
                "ostiary_authorization_grants_ended_total{reason=refresh_reused}", 1.0,
                "ostiary_authorization_refusals_total{endpoint=token, reason=code-unknown}", 1.0,
                "ostiary_authorization_refusals_total{endpoint=token, reason=other}", 1.0));
  }

  @Test
  void timesCallsInFixedBuckets() {
    Exposition said = Exposition.parse(SampleMetrics.text(scrape()));

    String bucket = "ostiary_gateway_call_duration_seconds_bucket";
    String labels = "method=tools/call, server=github}";
    assertThat(said.value(bucket + "{le=0.001, " + labels)).isZero();
    assertThat(said.value(bucket + "{le=0.005, " + labels)).isEqualTo(1);
    assertThat(said.value(bucket + "{le=0.05, " + labels)).isEqualTo(2);
    assertThat(said.value(bucket + "{le=+Inf, method=tools/list, server=docs}")).isEqualTo(1);
    assertThat(said.value(bucket + "{le=60.0, method=tools/list, server=docs}")).isZero();
    assertThat(said.value("ostiary_gateway_call_duration_seconds_sum{" + labels)).isEqualTo(0.042);
  }

  @Test
  void beginsEveryReasonAtZero() {
    Metrics fresh = new Metrics(List.of("github"), "1.0");
    Exposition said = Exposition.parse(SampleMetrics.text(SampleMetrics.scrape(fresh)));

    assertThat(said.nonZero("ostiary_gateway")).isEmpty();
    for (RefusalReason reason : RefusalReason.values()) {
      said.value("ostiary_gateway_refusals_total{reason=" + reason.label() + ", server=github}");
    }
    for (BackendFailure failure : BackendFailure.values()) {
      String word = failure.name().toLowerCase(Locale.ROOT);
      said.value("ostiary_gateway_backend_failures_total{kind=" + word + ", server=github}");
    }
  }

  @Test
  void answersInTheFormatThatIsAskedFor() {
    Reply text = scrape();
    assertThat(text.status()).isEqualTo(200);
    assertThat(text.headers().first("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    assertThat(text.headers().first("Cache-Control")).hasValue("no-store");

    Reply open =
        scrape("Accept", "application/openmetrics-text;version=1.0.0;q=0.6,text/plain;q=0.5");
    assertThat(open.headers().first("Content-Type"))
        .hasValue("application/openmetrics-text; version=1.0.0; charset=utf-8");
    assertThat(SampleMetrics.text(open))
        .contains("# TYPE ostiary_gateway_calls counter\n", "# TYPE ostiary_build info\n")
        .endsWith("# EOF\n");
  }

  @Test
  void namesNobody() {
    assertThat(SampleMetrics.text(scrape())).doesNotContain("secret");
  }

  @Test
  void tellsOnlySoManyReasonsApart() {
    Metrics metrics = SampleMetrics.used();
    var audit = metrics.counting(_ -> {});
    for (int i = 0; i < 10_000; i++) {
      audit.record(new AuditEvent.TokenRefused(Instant.EPOCH, "r", "secret", "reason-" + i));
    }

    Exposition said = Exposition.parse(SampleMetrics.text(SampleMetrics.scrape(metrics)));
    assertThat(said.nonZero("ostiary_authorization_refusals_total")).hasSize(101);
    assertThat(said.value("ostiary_authorization_refusals_total{endpoint=token, reason=other}"))
        .isEqualTo(1 + 10_000 - 99);
  }

  private static Reply scrape(String... headers) {
    return SampleMetrics.scrape(SampleMetrics.used(), headers);
  }
}
