package dev.ostiary.authorization.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.FakeBrowser;
import dev.ostiary.authorization.FakeTime;
import dev.ostiary.authorization.client.ErrorReply;
import dev.ostiary.authorization.model.Limit;
import dev.ostiary.authorization.model.Limits;
import dev.ostiary.authorization.page.Language;
import dev.ostiary.authorization.page.Pages;
import dev.ostiary.authorization.page.Problem;
import dev.ostiary.http.Access;
import dev.ostiary.http.Body;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Route;
import dev.ostiary.protocol.Issuer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
  private static final Limit THREE = new Limit(1, Duration.ofMillis(2500), 3);
  private static final Pages PAGES = Pages.of(new Issuer("https://mcp.example.com"));

  private final FakeTime time = new FakeTime();
  private final RateLimits limits =
      RateLimits.of(new Limits(THREE, THREE, THREE, THREE, THREE, THREE), time);
  private final Endpoint register =
      limits.registration(List.of(new Fine()), ErrorReply::of).getFirst();
  private final Endpoint authorize =
      limits.authorization(
          new Fine(),
          (request, tooMany) ->
              PAGES.problem(
                  Language.of(request.headers()),
                  new Problem.TooManyRequests(tooMany.retryAfter()),
                  request.id()));

  @Test
  void tellAClientWhenToRegisterAgain() {
    use(register, "192.0.2.7");

    Reply reply = register.handle(SampleRequest.from("192.0.2.7"));

    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.headers().all("Retry-After")).containsExactly("3");
    assertThat(reply.headers().first("Cache-Control")).contains("no-store");
    assertThat(reply.headers().first("Content-Type")).contains("application/json");
    assertThat(((Body.Whole) reply.body()).utf8())
        .isEqualTo(
            """
            {"error":"temporarily_unavailable",\
            "error_description":"too many requests; try again in 3 seconds"}\
            """);

    time.pass(Duration.ofSeconds(3));
    assertThat(register.handle(SampleRequest.from("192.0.2.7")).status()).isEqualTo(204);
  }

  @Test
  void leaveOtherAddressesAndOtherEndpointsAlone() {
    use(register, "192.0.2.7");

    assertThat(register.handle(SampleRequest.from("192.0.2.8")).status()).isEqualTo(204);
    assertThat(authorize.handle(SampleRequest.from("192.0.2.7")).status()).isEqualTo(204);
  }

  @Test
  void showAPersonAPageAndRedirectNobody() {
    use(authorize, "2001:db8::1");

    Reply reply = authorize.handle(SampleRequest.from("2001:db8::2"));

    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.headers().all("Retry-After")).containsExactly("3");
    assertThat(reply.headers().has("Location")).isFalse();
    assertThat(reply.headers().first("Cache-Control")).contains("no-store");
    assertThat(FakeBrowser.html(reply)).contains("Wait 3 seconds", "Nothing was shared");
  }

  @Test
  void keepTheRouteAndSoCrossOriginAccess() {
    assertThat(register.route()).isEqualTo(new Fine().route());
    assertThat(register.route().crossOrigin()).isTrue();
    assertThat(register.access()).isEqualTo(Access.ANYBODY);
  }

  @Test
  void areSaidToTheOperatorOnceAMinuteWithoutTheQuery() {
    try (var log = new RecordedLog()) {
      use(register, "192.0.2.7");
      for (int i = 0; i < 5; i++) {
        register.handle(SampleRequest.from("192.0.2.7"));
      }
      assertThat(log.lines)
          .singleElement()
          .asString()
          .contains("client registrations", "192.0.2.7", "5e1f0000c0ffee00")
          .doesNotContain("secret=query");

      use(authorize, "192.0.2.7");
      authorize.handle(SampleRequest.from("192.0.2.7"));
      assertThat(log.lines).hasSize(2);

      time.pass(Duration.ofMinutes(1));
      use(register, "192.0.2.7");
      register.handle(SampleRequest.from("192.0.2.7"));
      assertThat(log.lines).hasSize(3);
      assertThat(log.lines.getLast()).contains("4 more");
    }
  }

  @Test
  void canBeOff() {
    Endpoint unlimited =
        RateLimits.of(Limits.OFF, time)
            .registration(List.of(new Fine()), ErrorReply::of)
            .getFirst();

    for (int i = 0; i < 5000; i++) {
      assertThat(unlimited.handle(SampleRequest.from("192.0.2.7")).status()).isEqualTo(204);
    }
  }

  private static void use(Endpoint endpoint, String address) {
    for (int i = 0; i < 3; i++) {
      assertThat(endpoint.handle(SampleRequest.from(address)).status()).isEqualTo(204);
    }
  }

  /** Says yes to everything. */
  private record Fine() implements Endpoint {
    @Override
    public Route route() {
      return Route.post("/register").anyOrigin();
    }

    @Override
    public Access access() {
      return Access.ANYBODY;
    }

    @Override
    public Reply handle(Request request) {
      return Reply.of(204);
    }
  }

  /** What is logged while it is open. */
  private static final class RecordedLog extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger(LimitLog.class.getName());
    private final List<String> lines = new ArrayList<>();

    RecordedLog() {
      logger.addHandler(this);
      logger.setUseParentHandlers(false);
    }

    @Override
    public void publish(LogRecord line) {
      assertThat(line.getLevel()).isEqualTo(Level.WARNING);
      lines.add(new SimpleFormatter().formatMessage(line));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      logger.removeHandler(this);
      logger.setUseParentHandlers(true);
    }
  }
}
