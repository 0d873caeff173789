package dev.ostiary.http.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.http.AddressRange;
import dev.ostiary.http.Body;
import dev.ostiary.http.ConnectRoute;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import dev.ostiary.requirements.Requirement;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedFetchTest {
  private static final URI CLIENT = URI.create("https://client.example/oauth/client.json");
  private static final InetAddress PUBLIC = InetAddress.ofLiteral("93.184.215.14");
  private static final InetAddress PUBLIC_SIX = InetAddress.ofLiteral("2606:2800::1");
  private static final Reply DOCUMENT = Reply.json(200, "{}");

  private @Nullable GuardedFetch fetch;

  @AfterEach
  void close() {
    if (fetch != null) {
      fetch.close();
    }
  }

  private GuardedFetch.Builder at(FakeWeb web, InetAddress... addresses) {
    return GuardedFetch.through(web).resolver(_ -> List.of(addresses));
  }

  private Fetched get(GuardedFetch.Builder builder, URI uri) {
    GuardedFetch built = builder.build();
    fetch = built;
    return built.get(uri);
  }

  private Fetched get(Reply reply) {
    return get(at(FakeWeb.answering(reply), PUBLIC), CLIENT);
  }

  private static Fetched refused(FetchRefusal reason) {
    return new Fetched.Refused(reason);
  }

  private static Reply streamed(FakeContent content) {
    return new Reply(
        200, Headers.of("Content-Type", "application/json"), new Body.Streamed(content));
  }

  @Test
  void readsADocument() {
    Fetched fetched = get(DOCUMENT.with("ETag", "\"1\""));

    assertThat(fetched)
        .isInstanceOfSatisfying(
            Fetched.Document.class,
            document -> {
              assertThat(document.content().utf8()).isEqualTo("{}");
              assertThat(document.headers().first("etag")).contains("\"1\"");
            });
  }

  @Test
  void sendsARequestAsItIsByTheCheckedAddress() throws IOException {
    FakeWeb web = FakeWeb.answering(Reply.json(201, "{}"));
    OutboundRequest request =
        OutboundRequest.post(CLIENT, Headers.of("Authorization", "Basic eDp5"), Body.utf8("a=b"));
    GuardedFetch built = at(web, PUBLIC).build();
    fetch = built;

    assertThat(built.exchange(request, 100).status()).isEqualTo(201);
    assertThat(web.requests).containsExactly(request);
    assertThat(web.ways)
        .singleElement()
        .isInstanceOfSatisfying(
            ConnectRoute.Pinned.class,
            pinned -> assertThat(pinned.addresses()).containsExactly(PUBLIC));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://client.example/token",
        "https://10.0.0.7/token",
        "https://127.0.0.1/token",
        "https://0x7f000001/token"
      })
  void sendsNoRequestToAnAddressOfOurs(String uri) {
    FakeWeb web = FakeWeb.answering(DOCUMENT);
    OutboundRequest request =
        OutboundRequest.post(URI.create(uri), Headers.none(), Body.utf8("a=b"));
    GuardedFetch built = at(web, PUBLIC).build();
    fetch = built;

    assertThatThrownBy(() -> built.exchange(request, 100)).isInstanceOf(IOException.class);
    assertThat(web.requests).isEmpty();
  }

  @Test
  void readsNoMoreOfAnAnswerThanTheLimit() {
    FakeWeb web = FakeWeb.answering(Reply.json(200, "x".repeat(101)));
    GuardedFetch built = at(web, PUBLIC).build();
    fetch = built;

    assertThatThrownBy(() -> built.exchange(OutboundRequest.get(CLIENT, Headers.none()), 100))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("larger than 100 bytes");
  }

  @Test
  void sendsNothingThatTellsWhoWeAre() {
    FakeWeb web = FakeWeb.answering(DOCUMENT);

    get(at(web, PUBLIC), CLIENT);

    OutboundRequest sent = web.requests.remove();
    assertThat(sent.method()).isEqualTo("GET");
    assertThat(sent.uri()).isEqualTo(CLIENT);
    assertThat(sent.headers().fields())
        .containsExactly(
            new Headers.Field("Accept", "application/json, application/*+json;q=0.9"),
            new Headers.Field("Accept-Encoding", "identity"),
            new Headers.Field("User-Agent", "Ostiary"));
  }

  @Nested
  class Addresses {
    @Test
    @Requirement({"A-44", "A-71"})
    void connectsToExactlyWhatWasChecked() {
      FakeWeb web = FakeWeb.answering(DOCUMENT);

      get(at(web, PUBLIC, PUBLIC_SIX), CLIENT);

      assertThat(web.ways)
          .containsExactly(
              new ConnectRoute.Pinned(List.of(PUBLIC, PUBLIC_SIX), Duration.ofSeconds(2)));
    }

    @Test
    @Requirement("A-71")
    void asksForANameOnceSoThatItCannotMeanSomethingElseLater() {
      FakeWeb web = FakeWeb.answering(DOCUMENT);
      AtomicInteger asked = new AtomicInteger();
      NameResolver rebinding =
          _ -> List.of(asked.getAndIncrement() == 0 ? PUBLIC : InetAddress.getLoopbackAddress());

      get(GuardedFetch.through(web).resolver(rebinding), CLIENT);

      assertThat(asked).hasValue(1);
      assertThat(web.ways)
          .allSatisfy(
              way ->
                  assertThat(way)
                      .isInstanceOfSatisfying(
                          ConnectRoute.Pinned.class,
                          pinned -> assertThat(pinned.addresses()).containsExactly(PUBLIC)));
    }

    @ParameterizedTest
    @Requirement({"A-44", "A-71", "R-41"})
    @ValueSource(strings = {"127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fd00::1"})
    void refusesANameThatResolvesInside(String address) {
      FakeWeb web = FakeWeb.answering(DOCUMENT);

      assertThat(get(at(web, InetAddress.ofLiteral(address)), CLIENT))
          .isEqualTo(refused(new FetchRefusal.AddressNotPublic()));
      assertThat(web.requests).isEmpty();
    }

    @Test
    @Requirement("A-71")
    void refusesANameIfAnyOfItsAddressesIsInside() {
      FakeWeb web = FakeWeb.answering(DOCUMENT);

      assertThat(get(at(web, PUBLIC, InetAddress.ofLiteral("192.168.1.1")), CLIENT))
          .isEqualTo(refused(new FetchRefusal.AddressNotPublic()));
      assertThat(web.requests).isEmpty();
    }

    @ParameterizedTest
    @Requirement({"A-71", "A-72"})
    @ValueSource(
        strings = {
          "https://127.0.0.1/c",
          "https://[::1]/c",
          "https://[fe80::1]/c",
          "https://[64:ff9b::7f00:1]/c",
          "https://[2002:7f00:1::]/c",
          "https://[2001:0:7f00:1::]/c",
          "https://[::7f00:1]/c",
          "https://169.254.169.254/latest/meta-data"
        })
    void refusesALiteralThatIsNotPublic(String url) {
      assertThat(get(at(FakeWeb.answering(DOCUMENT), PUBLIC), URI.create(url)))
          .isEqualTo(refused(new FetchRefusal.AddressNotPublic()));
    }

    @ParameterizedTest
    @Requirement({"A-71", "A-72"})
    @ValueSource(
        strings = {
          "https://2130706433/c",
          "https://0x7f000001/c",
          "https://0x7f.1/c",
          "https://0x7f.0x0.0x0.0x1/c",
          "https://017700000001/c",
          "https://0177.0.0.1/c",
          "https://127.1/c",
          "https://127.0.1/c",
          "https://example.0x7f/c",
          "https://010.8.8.8/c",
          "https://[::ffff:127.0.0.1]/c",
          "https://[::ffff:7f00:1]/c",
          "https://[::ffff:8.8.8.8]/c"
        })
    void refusesANumberThatHidesItsAddress(String url) {
      FakeWeb web = FakeWeb.answering(DOCUMENT);

      assertThat(get(at(web, PUBLIC), URI.create(url)))
          .isEqualTo(refused(new FetchRefusal.HostDisguised()));
      assertThat(web.requests).isEmpty();
    }

    @ParameterizedTest
    @Requirement("A-71")
    @ValueSource(
        strings = {
          "http://client.example/c",
          "file:///etc/passwd",
          "ftp://client.example/c",
          "https://user@client.example/c",
          "https://client.example/c#part",
          "https://client.example./c",
          "https://client_1.example/c",
          "https://client.example:0/c",
          "https://client.example:65536/c",
          "https://[fe80::1%25eth0]/c",
          "https:///c",
          "https:c",
          "/c"
        })
    void refusesAUrlThatIsNotOneToFetch(String url) {
      FakeWeb web = FakeWeb.answering(DOCUMENT);

      assertThat(get(at(web, PUBLIC), URI.create(url)))
          .isEqualTo(refused(new FetchRefusal.UrlNotFetchable()));
      assertThat(web.requests).isEmpty();
    }

    @Test
    void reachesOtherAddressesWhereThatIsSet() {
      FakeWeb web = FakeWeb.answering(DOCUMENT);

      assertThat(
              get(
                  at(web, InetAddress.ofLiteral("127.0.0.1"))
                      .alsoReach(AddressRange.parse("127.0.0.0/8")),
                  CLIENT))
          .isInstanceOf(Fetched.Document.class);
    }

    @Test
    void saysThatANameIsUnknown() {
      NameResolver nobody =
          name -> {
            throw new UnknownHostException(name);
          };

      assertThat(get(GuardedFetch.through(FakeWeb.silent()).resolver(nobody), CLIENT))
          .isEqualTo(refused(new FetchRefusal.NameUnknown()));
    }

    @Test
    void doesNotWaitForAResolverThatHangs() {
      CountDownLatch never = new CountDownLatch(1);
      NameResolver hanging =
          _ -> {
            try {
              never.await();
            } catch (InterruptedException stopped) {
              Thread.currentThread().interrupt();
            }
            return List.of(PUBLIC);
          };

      assertThat(
              get(
                  GuardedFetch.through(FakeWeb.silent())
                      .resolver(hanging)
                      .patience(Duration.ofMillis(50), Duration.ofMillis(50)),
                  CLIENT))
          .isEqualTo(refused(new FetchRefusal.TooLate()));
    }

    @Test
    void refusesWithOutboundCallsThatCannotBePinned() {
      Outbound unpinnable =
          new Outbound() {
            @Override
            public CompletableFuture<Reply> send(OutboundRequest request) {
              throw new AssertionError("sent wherever the name leads");
            }

            @Override
            public void close() {}
          };

      assertThat(get(GuardedFetch.through(unpinnable).resolver(_ -> List.of(PUBLIC)), CLIENT))
          .isEqualTo(refused(new FetchRefusal.BrokenOff()));
    }
  }

  @Nested
  class ThroughAProxy {
    private static final FetchProxy PROXY = new FetchProxy("proxy.internal", 3128);

    @Test
    void letsTheProxyResolveTheName() {
      FakeWeb web = FakeWeb.answering(DOCUMENT);
      NameResolver nobody =
          name -> {
            throw new UnknownHostException(name);
          };

      assertThat(get(GuardedFetch.through(web).resolver(nobody).proxy(PROXY), CLIENT))
          .isInstanceOf(Fetched.Document.class);
      assertThat(web.ways)
          .containsExactly(
              new ConnectRoute.Tunnelled("proxy.internal", 3128, Duration.ofSeconds(2)));
    }

    @Test
    @Requirement("A-71")
    void refusesWhatIsInsideHereToo() {
      FakeWeb web = FakeWeb.answering(DOCUMENT);

      assertThat(get(at(web, InetAddress.ofLiteral("10.0.0.1")).proxy(PROXY), CLIENT))
          .isEqualTo(refused(new FetchRefusal.AddressNotPublic()));
      assertThat(get(at(web, PUBLIC).proxy(PROXY), URI.create("https://169.254.169.254/latest")))
          .isEqualTo(refused(new FetchRefusal.AddressNotPublic()));
      assertThat(web.requests).isEmpty();
    }
  }

  @Nested
  class Answers {
    @ParameterizedTest
    @Requirement({"A-44", "R-40"})
    @ValueSource(ints = {301, 302, 303, 304, 307, 308})
    void followsNoRedirect(int status) {
      FakeWeb web =
          FakeWeb.answering(Reply.of(status).with("Location", "https://169.254.169.254/"));

      assertThat(get(at(web, PUBLIC), CLIENT))
          .isEqualTo(refused(new FetchRefusal.Redirected(status)));
      assertThat(web.requests).hasSize(1);
    }

    @ParameterizedTest
    @Requirement("R-40")
    @ValueSource(ints = {201, 204, 206, 400, 404, 410, 429, 500, 503})
    void acceptsNoStatusBut200(int status) {
      assertThat(get(Reply.json(status, "{}")))
          .isEqualTo(refused(new FetchRefusal.StatusNotOk(status)));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "application/json",
          "Application/JSON",
          "application/json; charset=utf-8",
          "application/json;charset=utf-8",
          "application/jwk-set+json",
          "application/vnd.example.client+json"
        })
    void readsJsonOfEveryKind(String type) {
      assertThat(get(Reply.text(200, "{}").replace("Content-Type", type)))
          .isInstanceOf(Fetched.Document.class);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "text/html",
          "text/json",
          "text/plain; application/json",
          "application/jsonp",
          "application/javascript",
          "application/+json",
          "application/json, text/html",
          "image/svg+xml"
        })
    void readsNothingElse(String type) {
      assertThat(get(Reply.text(200, "{}").replace("Content-Type", type)))
          .isEqualTo(refused(new FetchRefusal.NotJson()));
    }

    @Test
    void readsNothingWithoutOneMediaType() {
      assertThat(get(new Reply(200, Headers.none(), Body.utf8("{}"))))
          .isEqualTo(refused(new FetchRefusal.NotJson()));
      assertThat(get(DOCUMENT.with("Content-Type", "text/html")))
          .isEqualTo(refused(new FetchRefusal.NotJson()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd", "identity, gzip"})
    void unpacksNothing(String coding) {
      assertThat(get(DOCUMENT.with("Content-Encoding", coding)))
          .isEqualTo(refused(new FetchRefusal.Encoded()));
    }

    @Test
    void knowsWhatHasNotChanged() {
      FakeWeb web = FakeWeb.answering(Reply.of(304).with("ETag", "\"1\""));
      fetch = at(web, PUBLIC).build();

      Fetched fetched = fetch.get(CLIENT, "\"1\"");

      assertThat(fetched).isInstanceOf(Fetched.NotModified.class);
      assertThat(web.requests.remove().headers().first("If-None-Match")).contains("\"1\"");
    }
  }

  @Nested
  class Bounds {
    @Test
    @Requirement("R-40")
    void readsFiveKibibytes() {
      assertThat(get(Reply.json(200, " ".repeat(5120)))).isInstanceOf(Fetched.Document.class);
      assertThat(get(Reply.json(200, " ".repeat(5121))))
          .isEqualTo(refused(new FetchRefusal.TooLarge(5120)));
    }

    @Test
    void readsMoreWhereThatIsSet() {
      assertThat(
              get(
                  at(FakeWeb.answering(Reply.json(200, " ".repeat(65536))), PUBLIC).limit(65536),
                  CLIENT))
          .isInstanceOf(Fetched.Document.class);
      assertThatThrownBy(() -> GuardedFetch.through(FakeWeb.silent()).limit(65537))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void believesAnAnnouncedLength() {
      FakeContent content = FakeContent.endless();

      assertThat(get(streamed(content).with("Content-Length", "5121")))
          .isEqualTo(refused(new FetchRefusal.TooLarge(5120)));
      assertThat(content.cancelled).isCompletedWithValue(true);
    }

    @Test
    @Requirement("R-40")
    void stopsReadingContentWithoutEnd() {
      FakeContent content = FakeContent.endless();

      assertThat(get(streamed(content))).isEqualTo(refused(new FetchRefusal.TooLarge(5120)));
      assertThat(content.cancelled).isCompletedWithValue(true);
    }

    @Test
    void givesUpOnContentThatDrips() {
      FakeContent content = FakeContent.stallingAfter(10);

      assertThat(
              get(
                  at(FakeWeb.answering(streamed(content)), PUBLIC)
                      .patience(Duration.ofMillis(50), Duration.ofMillis(50)),
                  CLIENT))
          .isEqualTo(refused(new FetchRefusal.TooLate()));
      assertThat(content.cancelled).isCompletedWithValue(true);
    }

    @Test
    void givesUpOnAServerThatSaysNothing() {
      assertThat(
              get(
                  at(FakeWeb.silent(), PUBLIC)
                      .patience(Duration.ofMillis(50), Duration.ofMillis(50)),
                  CLIENT))
          .isEqualTo(refused(new FetchRefusal.TooLate()));
    }
  }

  @Nested
  class Failures {
    @Test
    void tellsThemApart() {
      assertThat(failing(new ConnectException())).isEqualTo(new FetchRefusal.Unreachable());
      assertThat(failing(new HttpTimeoutException("late"))).isEqualTo(new FetchRefusal.TooLate());
      assertThat(failing(new IOException("no TLS", new SSLHandshakeException("unknown"))))
          .isEqualTo(new FetchRefusal.NoTls());
      assertThat(failing(new IOException("broken"))).isEqualTo(new FetchRefusal.BrokenOff());
    }

    private FetchRefusal failing(Throwable failure) {
      return ((Fetched.Refused) get(at(FakeWeb.failing(failure), PUBLIC), CLIENT)).reason();
    }

    @ParameterizedTest
    @CsvSource({"404,false", "410,false", "403,false", "408,true", "429,true", "500,true"})
    void knowsWhichStatusPasses(int status, boolean passing) {
      assertThat(new FetchRefusal.StatusNotOk(status).passing()).isEqualTo(passing);
    }

    @Test
    void knowsWhichTroublePasses() {
      assertThat(
              List.of(
                  new FetchRefusal.NameUnknown(),
                  new FetchRefusal.Unreachable(),
                  new FetchRefusal.TooLate(),
                  new FetchRefusal.BrokenOff(),
                  new FetchRefusal.Busy()))
          .allMatch(FetchRefusal::passing);
      assertThat(
              List.of(
                  new FetchRefusal.UrlNotFetchable(),
                  new FetchRefusal.HostDisguised(),
                  new FetchRefusal.AddressNotPublic(),
                  new FetchRefusal.NoTls(),
                  new FetchRefusal.Redirected(302),
                  new FetchRefusal.NotJson(),
                  new FetchRefusal.Encoded(),
                  new FetchRefusal.TooLarge(5120)))
          .noneMatch(FetchRefusal::passing);
    }
  }

  /** Hosts that the configuration names. */
  @Nested
  class Configured {
    private static final URI INTERNAL = URI.create("http://login.internal:8080/realm");

    private final CopyOnWriteArrayList<OutboundRequest> sent = new CopyOnWriteArrayList<>();

    private GuardedFetch fetch() {
      Outbound direct =
          new Outbound() {
            @Override
            public CompletableFuture<Reply> send(OutboundRequest request) {
              sent.add(request);
              return CompletableFuture.completedFuture(Reply.json(200, "{}"));
            }

            @Override
            public void close() {}
          };
      return GuardedFetch.through(direct).configured(INTERNAL).resolver(_ -> List.of()).build();
    }

    @Test
    void areReachedWhereverTheyAre() {
      assertThat(fetch().get(INTERNAL)).isInstanceOf(Fetched.Document.class);
      assertThat(fetch().get(URI.create("https://login.internal/other")))
          .isInstanceOf(Fetched.Document.class);
    }

    @Test
    void areReachedInPlainTextOnlyAsConfigured() {
      assertThat(fetch().get(URI.create("http://login.internal/keys")))
          .isEqualTo(new Fetched.Refused(new FetchRefusal.UrlNotFetchable()));
      assertThat(fetch().get(URI.create("http://other.internal:8080/keys")))
          .isEqualTo(new Fetched.Refused(new FetchRefusal.UrlNotFetchable()));
    }

    @Test
    void exemptNoOtherHost() {
      assertThat(fetch().get(URI.create("https://10.0.0.1/keys")))
          .isEqualTo(new Fetched.Refused(new FetchRefusal.AddressNotPublic()));
      assertThat(sent).isEmpty();
    }

    @Test
    void arePostedForms() {
      assertThat(fetch().post(INTERNAL, "Basic YTpi", "token=x"))
          .isInstanceOf(Fetched.Document.class);

      assertThat(sent).hasSize(1);
      assertThat(sent.getFirst().method()).isEqualTo("POST");
      assertThat(sent.getFirst().body().utf8()).isEqualTo("token=x");
      assertThat(sent.getFirst().headers().first("Authorization")).contains("Basic YTpi");
      assertThat(sent.getFirst().headers().first("Content-Type"))
          .contains("application/x-www-form-urlencoded");
    }
  }
}
