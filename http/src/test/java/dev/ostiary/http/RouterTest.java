package dev.ostiary.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.requirements.Requirement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RouterTest {
  private static Endpoint endpoint(Route route, String text) {
    return new FakeEndpoint(route, _ -> Reply.text(200, text));
  }

  private static Router router(Endpoint... endpoints) {
    return new Router(List.of(endpoints), Map.of(), Runnable::run);
  }

  private static String text(Reply reply) {
    return ((Body.Whole) reply.body()).utf8();
  }

  @Nested
  class Finding {
    private final Router router =
        router(
            endpoint(Route.get("/form"), "shown"),
            endpoint(Route.post("/form"), "taken"),
            endpoint(Route.getOrPost("/both"), "both"));

    @Test
    void findsTheEndpointOfAPathAndMethod() {
      assertThat(text(FakeExchange.serve(router, "GET", "/form"))).isEqualTo("shown");
      assertThat(text(FakeExchange.serve(router, "POST", "/form"))).isEqualTo("taken");
      assertThat(text(FakeExchange.serve(router, "POST", "/both"))).isEqualTo("both");
    }

    @Test
    void comparesPathsByteForByte() {
      for (String near : List.of("/form/", "/Form", "/%66orm", "/x/../form", "//form", "/form;a")) {
        assertThat(FakeExchange.serve(router, "GET", near).status()).as(near).isEqualTo(404);
      }
    }

    @Test
    void saysWhichMethodsAPathHas() {
      Reply reply = FakeExchange.serve(router, "DELETE", "/form");

      assertThat(reply.status()).isEqualTo(405);
      assertThat(reply.headers().first("Allow")).contains("GET, HEAD, POST");
    }

    @Test
    void refusesTwoEndpointsForOneMethodOfAPath() {
      assertThatThrownBy(
              () -> router(endpoint(Route.get("/a"), ""), endpoint(Route.getOrPost("/a"), "")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("two endpoints for GET /a");
    }

    @Test
    void refusesAnEndpointWhereAServiceIs() {
      assertThatThrownBy(
              () -> new Router(List.of(endpoint(Route.get("/mcp"), "")), Map.of("/mcp", router())))
          .hasMessage("both an endpoint and a service at /mcp");
    }

    @Test
    void listsItsRoutesByPath() {
      assertThat(router.routes())
          .extracting(listed -> listed.route().methods() + listed.route().path())
          .containsExactly("[GET, POST]/both", "[GET]/form", "[POST]/form");
      assertThat(router.routes()).allMatch(listed -> listed.access() == Access.ANYBODY);
    }

    @Test
    void leavesServicesTheirMethodsAndLimits() {
      Service service =
          exchange ->
              exchange.read(
                  new ContentLimit(7, "anybody"),
                  _ -> exchange.reply(Reply.text(200, exchange.request().method())));
      Router both = new Router(List.of(), Map.of("/mcp", service));

      Reply reply = FakeExchange.serve(both, "DELETE", "/mcp");

      assertThat(text(reply)).isEqualTo("DELETE");
      assertThat(reply.headers().first("X-Request-Id")).contains("5e1f0000c0ffee00");
      assertThat(FakeExchange.send(both, "POST", "/mcp", 7)).isEqualTo(200);
      assertThat(FakeExchange.send(both, "POST", "/mcp", 8)).isEqualTo(413);
      assertThat(both.servicePaths()).containsExactly("/mcp");
    }

    @Test
    void limitsContentByRoute() {
      assertThat(FakeExchange.send(router, "POST", "/form", Route.FORM_LIMIT)).isEqualTo(200);
      assertThat(FakeExchange.send(router, "POST", "/form", Route.FORM_LIMIT + 1)).isEqualTo(413);
      assertThat(FakeExchange.send(router, "GET", "/form", 1)).isEqualTo(413);
    }

    @Test
    void readsNothingThatNobodyAskedFor() {
      assertThat(FakeExchange.send(router, "POST", "/nothing", Route.FORM_LIMIT + 1))
          .isEqualTo(404);
      assertThat(FakeExchange.send(router, "DELETE", "/form", Route.FORM_LIMIT + 1)).isEqualTo(405);
    }
  }

  @Nested
  class AnyLastSegment {
    private final Router router =
        router(
            new FakeEndpoint(
                Route.getPutOrDelete("/register/*").anyOrigin(),
                request -> Reply.text(200, request.lastSegment())),
            endpoint(Route.get("/register/all"), "all of them"),
            endpoint(Route.post("/register"), "registered"));

    @Test
    void reachesTheEndpointAsItWasSent() {
      for (String segment : List.of("oc_1", "*", "a%2Fb", "%2e%2e", "..", "a;b=c", "a+b")) {
        assertThat(text(FakeExchange.serve(router, "PUT", "/register/" + segment)))
            .isEqualTo(segment);
      }
    }

    @Test
    void isOneSegmentAndNotEmpty() {
      for (String path : List.of("/register/", "/register/a/", "/register/a/b", "/x/register/a")) {
        assertThat(FakeExchange.serve(router, "GET", path).status()).as(path).isEqualTo(404);
      }
    }

    @Test
    void givesWayToWhatIsExactlyThere() {
      assertThat(text(FakeExchange.serve(router, "GET", "/register/all"))).isEqualTo("all of them");
      assertThat(text(FakeExchange.serve(router, "POST", "/register"))).isEqualTo("registered");
      assertThat(FakeExchange.serve(router, "DELETE", "/register/all").status()).isEqualTo(405);
    }

    @Test
    void hasItsOwnMethodsAndLimit() {
      Reply refused = FakeExchange.serve(router, "POST", "/register/a");

      assertThat(refused.status()).isEqualTo(405);
      assertThat(refused.headers().first("Allow")).contains("DELETE, GET, HEAD, OPTIONS, PUT");
      assertThat(FakeExchange.send(router, "PUT", "/register/a", Route.FORM_LIMIT)).isEqualTo(200);
      assertThat(FakeExchange.send(router, "PUT", "/register/a", Route.FORM_LIMIT + 1))
          .isEqualTo(413);
    }

    @Test
    @Requirement("R-7")
    void isOpenToScriptsWithEachOfItsMethods() {
      Reply reply =
          FakeExchange.serve(router, "OPTIONS", "/register/a", "Origin", "https://app.example");

      assertThat(reply.status()).isEqualTo(204);
      assertThat(reply.headers().first("Access-Control-Allow-Methods"))
          .contains("DELETE, GET, HEAD, OPTIONS, PUT");
      assertThat(reply.headers().first("Access-Control-Allow-Origin")).contains("*");
    }

    @Test
    void isTheOnlyPlaceForAStar() {
      for (String path : List.of("/*/a", "/a*", "/**", "/*a")) {
        assertThatThrownBy(() -> Route.get(path))
            .as(path)
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Nested
  class Answering {
    @Test
    void namesTheRequestInEveryReplyAndForbidsSniffing() {
      Router router = router(endpoint(Route.get("/a"), "a"));
      for (String path : List.of("/a", "/b")) {
        Reply reply = FakeExchange.serve(router, "GET", path);
        assertThat(reply.headers().all("X-Request-Id")).containsExactly("5e1f0000c0ffee00");
        assertThat(reply.headers().all("X-Content-Type-Options")).containsExactly("nosniff");
      }
    }

    @Test
    void answersHeadAsGetWithoutContent() {
      Router router =
          router(new FakeEndpoint(Route.get("/a"), request -> Reply.text(200, request.method())));

      Reply reply = FakeExchange.serve(router, "HEAD", "/a");

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.headers().first("Content-Length")).contains("3");
      assertThat(text(reply)).isEmpty();
    }

    @Test
    void stopsAStreamThatHeadDoesNotWant() {
      FakePieces pieces = new FakePieces("data", FakePieces.Then.SILENCE);
      Router router =
          router(
              new FakeEndpoint(
                  Route.get("/a"), _ -> new Reply(200, Headers.none(), new Body.Streamed(pieces))));

      Reply reply = FakeExchange.serve(router, "HEAD", "/a");

      assertThat(text(reply)).isEmpty();
      assertThat(pieces.cancelled).isCompleted();
    }

    @Test
    void runsEndpointsOnVirtualThreadsUnlessToldOtherwise() {
      Router router =
          new Router(
              List.of(
                  new FakeEndpoint(
                      Route.get("/a"),
                      _ -> Reply.text(200, "" + Thread.currentThread().isVirtual()))),
              Map.of());

      assertThat(text(FakeExchange.serve(router, "GET", "/a"))).isEqualTo("true");
    }

    @Test
    void sendsPeopleAwayWhenItsExecutorHasStopped() {
      Router router =
          new Router(
              List.of(endpoint(Route.get("/a"), "a")),
              Map.of(),
              _ -> {
                throw new RejectedExecutionException();
              });

      Reply reply = FakeExchange.serve(router, "GET", "/a");

      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.headers().has("Retry-After")).isTrue();
    }

    @Test
    void answersAndLogsAnExceptionUnderTheRequestIdWithoutTheQuery() {
      Router router =
          router(
              new FakeEndpoint(
                  Route.get("/a"),
                  _ -> {
                    throw new IllegalStateException("disk full");
                  }));
      var logged = new java.util.ArrayList<LogRecord>();
      Logger logger = Logger.getLogger(Rescue.class.getName());
      Handler handler = new Recording(logged);
      logger.addHandler(handler);
      logger.setUseParentHandlers(false);
      try {
        Reply reply = FakeExchange.serve(router, "GET", "/a");

        assertThat(reply.status()).isEqualTo(500);
        assertThat(text(reply))
            .contains("\"error\":\"server_error\"", "5e1f0000c0ffee00")
            .doesNotContain("disk full");
        assertThat(logged).hasSize(1);
        assertThat(logged.getFirst().getMessage())
            .contains("5e1f0000c0ffee00 GET /a")
            .doesNotContain("secret-code");
        assertThat(logged.getFirst().getThrown()).hasMessage("disk full");
      } finally {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
      }
    }
  }

  @Nested
  class CrossOriginRequests {
    private final Router router =
        router(
            endpoint(Route.post("/token").anyOrigin(), "token"),
            endpoint(Route.getOrPost("/authorize"), "page"));

    @Test
    @Requirement("R-7")
    void answersAPreflightWhereScriptsMayRead() {
      Reply reply =
          FakeExchange.serve(router, "OPTIONS", "/token", "Origin", "https://app.example");

      assertThat(reply.status()).isEqualTo(204);
      assertThat(reply.headers().first("Access-Control-Allow-Origin")).contains("*");
      assertThat(reply.headers().first("Access-Control-Allow-Methods")).contains("OPTIONS, POST");
      assertThat(reply.headers().first("Access-Control-Allow-Headers"))
          .contains(
              "Authorization, Content-Type, MCP-Protocol-Version, traceparent, tracestate,"
                  + " baggage");
      assertThat(reply.headers().has("Access-Control-Max-Age")).isTrue();
      assertThat(reply.headers().has("Access-Control-Allow-Credentials")).isFalse();
    }

    @Test
    @Requirement("R-7")
    void hasNoCorsOnTheAuthorizationEndpoint() {
      for (String method : List.of("OPTIONS", "GET")) {
        Reply reply =
            FakeExchange.serve(router, method, "/authorize", "Origin", "https://app.example");
        assertThat(reply.headers().fields())
            .as(method)
            .noneMatch(field -> field.name().startsWith("Access-Control"));
      }
      assertThat(FakeExchange.serve(router, "OPTIONS", "/authorize").status()).isEqualTo(405);
    }

    @Test
    @Requirement("R-7")
    void letsScriptsSeeThatThereIsNothing() {
      String path = "/.well-known/oauth-protected-resource/elsewhere";
      Reply nothing = FakeExchange.serve(router, "GET", path, "Origin", "https://app.example");
      Reply preflight =
          FakeExchange.serve(
              router,
              "OPTIONS",
              path,
              "Origin",
              "https://app.example",
              "Access-Control-Request-Method",
              "GET",
              "Access-Control-Request-Headers",
              "mcp-protocol-version");

      assertThat(nothing.status()).isEqualTo(404);
      assertThat(nothing.headers().all("Access-Control-Allow-Origin")).containsExactly("*");
      assertThat(preflight.status()).isEqualTo(204);
      assertThat(preflight.headers().all("Access-Control-Allow-Origin")).containsExactly("*");
      assertThat(FakeExchange.serve(router, "OPTIONS", path).status()).isEqualTo(404);
    }

    @Test
    @Requirement("R-7")
    void letsScriptsReadEveryReplyErrorsToo() {
      for (String method : List.of("POST", "DELETE")) {
        Reply reply = FakeExchange.serve(router, method, "/token");
        assertThat(reply.headers().all("Access-Control-Allow-Origin")).containsExactly("*");
        assertThat(reply.headers().all("Access-Control-Expose-Headers"))
            .containsExactly("WWW-Authenticate, Retry-After, X-Request-Id");
        assertThat(reply.headers().has("Access-Control-Allow-Credentials")).isFalse();
      }
    }
  }

  private static final class Recording extends Handler {
    private final List<LogRecord> records;

    Recording(List<LogRecord> records) {
      this.records = records;
    }

    @Override
    public void publish(LogRecord record) {
      records.add(record);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
