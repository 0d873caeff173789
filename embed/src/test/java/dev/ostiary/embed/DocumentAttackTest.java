package dev.ostiary.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.embed.config.MetadataDocuments;
import dev.ostiary.http.AddressRange;
import dev.ostiary.http.Reply;
import dev.ostiary.http.fetch.NameResolver;
import dev.ostiary.requirements.Requirement;
import dev.ostiary.testkit.DocumentHost;
import dev.ostiary.testkit.TestAuthority;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways to turn the fetch of a metadata document against the server, or the network around it. */
final class DocumentAttackTest {
  private static final InetAddress STAND_IN = InetAddress.getLoopbackAddress();
  private static final String CALLBACK = "http://127.0.0.1:7777/callback";
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(300);

  @TempDir private Path folder;
  private TestAuthority authority;
  private DocumentHost host;
  private AttackedOstiary ostiary;

  @BeforeEach
  void open() throws Exception {
    authority = TestAuthority.of(folder, "dns:client.example");
    host = new DocumentHost(authority);
    ostiary = started(_ -> List.of(STAND_IN), "127.0.0.1/32", LONG);
  }

  @AfterEach
  void close() {
    ostiary.close();
    host.close();
  }

  /** One with this resolver, and with these addresses as the public internet. */
  private AttackedOstiary started(NameResolver names, String internet, Duration patience)
      throws Exception {
    return new AttackedOstiary(
        config -> config,
        fetch ->
            fetch
                .resolver(names)
                .alsoReach(AddressRange.parse(internet))
                .patience(patience, patience),
        Sockets.trusting(authority));
  }

  private void restart(NameResolver names, String internet) throws Exception {
    ostiary.close();
    ostiary = started(names, internet, LONG);
  }

  private void restartImpatient() throws Exception {
    ostiary.close();
    ostiary = started(_ -> List.of(STAND_IN), "127.0.0.1/32", SHORT);
  }

  private Reply signIn(String clientId) {
    Map<String, String> request = new FakeClient(ostiary, clientId, CALLBACK).request();
    return ostiary.browser().open(FakeClient.url(request));
  }

  private String refused(String clientId) {
    Reply reply = signIn(clientId);
    assertThat(reply.status()).isIn(400, 503);
    assertThat(reply.headers().has("Location")).isFalse();
    return FakeExchange.text(reply);
  }

  private String document(String url) {
    return """
    {"client_id": "%s", "client_name": "Example", "redirect_uris": ["%s"],
     "token_endpoint_auth_method": "none"}
    """
        .formatted(url, CALLBACK);
  }

  private String good() {
    String url = host.url("/client.json");
    host.document("/client.json", document(url));
    return url;
  }

  @Test
  @Requirement({"A-11", "A-38", "A-39"})
  void withoutAnAttackAPersonSignsIn() {
    FakeClient client = new FakeClient(ostiary, good(), CALLBACK);

    assertThat(client.tokens().access()).isNotEmpty();
    assertThat(host.asked()).containsExactly("/client.json");
    assertThat(
            FakeExchange.text(ostiary.send("GET", "/.well-known/oauth-authorization-server", "")))
        .contains("\"client_id_metadata_document_supported\":true");
  }

  @Test
  @Requirement("A-71")
  void sendsNoCookieAndNoCredential() {
    signIn(good());

    assertThat(host.headers())
        .singleElement()
        .satisfies(
            sent -> {
              assertThat(sent).doesNotContainKeys("Cookie", "Authorization", "Referer");
              assertThat(sent.get("User-agent")).containsExactly("Ostiary");
            });
  }

  @Nested
  class Inward {
    @ParameterizedTest
    @Requirement({"A-44", "A-71", "R-41"})
    @ValueSource(
        strings = {
          "127.0.0.1",
          "10.0.0.1",
          "172.16.0.1",
          "192.168.1.1",
          "169.254.169.254",
          "100.64.0.1",
          "0.0.0.0",
          "::1",
          "fe80::1",
          "fd00:ec2::254",
          "::ffff:127.0.0.1",
          "64:ff9b::7f00:1",
          "2002:7f00:1::1",
          "2001:0:7f00:1::"
        })
    void aNameOfAnAddressInside(String address) throws Exception {
      restart(_ -> List.of(InetAddress.ofLiteral(address)), "127.0.0.2/32");

      assertThat(refused(good())).contains("has an address that is not public");
      assertThat(host.asked()).isEmpty();
    }

    @ParameterizedTest
    @Requirement({"A-71", "A-72"})
    @ValueSource(
        strings = {
          "127.0.0.1",
          "[::1]",
          "[::ffff:127.0.0.1]",
          "[::ffff:7f00:1]",
          "2130706433",
          "0x7f000001",
          "0x7f.1",
          "0177.0.0.1",
          "127.1"
        })
    void anAddressInDisguise(String literal) throws Exception {
      restart(_ -> List.of(STAND_IN), "127.0.0.2/32");

      String page = refused("https://" + literal + ":" + host.address().getPort() + "/c");

      assertThat(page).containsAnyOf("not public", "is a number", "no valid host");
      assertThat(host.asked()).isEmpty();
    }

    @Test
    @Requirement("A-71")
    void aNameThatMeansSomethingElseAtTheSecondLook() throws Exception {
      AtomicInteger looked = new AtomicInteger();
      restart(
          _ ->
              List.of(looked.getAndIncrement() == 0 ? STAND_IN : InetAddress.ofLiteral("10.0.0.1")),
          "127.0.0.1/32");

      assertThat(signIn(good()).status()).isEqualTo(200);
      assertThat(looked).hasValue(1);
      assertThat(host.asked()).hasSize(1);
    }

    @Test
    @Requirement("A-71")
    void aNameWithOneAddressOutsideAndOneInside() throws Exception {
      restart(_ -> List.of(STAND_IN, InetAddress.ofLiteral("10.0.0.1")), "127.0.0.1/32");

      assertThat(refused(good())).contains("has an address that is not public");
      assertThat(host.asked()).isEmpty();
    }

    @ParameterizedTest
    @Requirement({"A-44", "A-71", "R-40"})
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirect(int status) {
      String inside = host.url("/inside");
      host.document("/inside", document(inside));
      host.page(
          "/client.json",
          exchange -> {
            exchange.getResponseHeaders().add("Location", inside);
            exchange.sendResponseHeaders(status, -1);
          });

      assertThat(refused(host.url("/client.json")))
          .contains("is a redirect (" + status + ")")
          .doesNotContain("/inside");
      assertThat(host.asked()).containsExactly("/client.json");
    }

    @Test
    @Requirement("A-71")
    void aServerWithTheCertificateOfAnother() {
      String url = good().replace("client.example", "other.example");

      assertThat(refused(url)).contains("certificate");
      assertThat(host.asked()).isEmpty();
    }

    @Test
    void plainHttp() {
      assertThat(refused(good().replace("https:", "http:"))).contains("must begin with https://");
      assertThat(host.asked()).isEmpty();
    }
  }

  @Nested
  class Exhausting {
    @Test
    void contentThatDrips() throws Exception {
      restartImpatient();
      CountDownLatch over = new CountDownLatch(1);
      host.page(
          "/client.json",
          exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            out.write('{');
            out.flush();
            await(over);
          });

      assertThat(refused(host.url("/client.json"))).contains("did not arrive in time");
      over.countDown();
    }

    @Test
    void aServerThatSaysNothing() throws Exception {
      restartImpatient();
      CountDownLatch over = new CountDownLatch(1);
      host.page("/client.json", _ -> await(over));

      assertThat(refused(host.url("/client.json"))).contains("did not arrive in time");
      over.countDown();
    }

    @Test
    @Requirement("R-40")
    void contentWithoutEnd() {
      host.page(
          "/client.json",
          exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            byte[] blank = DocumentHost.bytes(" ".repeat(1024));
            try (OutputStream out = exchange.getResponseBody()) {
              while (true) {
                out.write(blank);
              }
            }
          });

      assertThat(refused(host.url("/client.json"))).contains("larger than 5120 bytes");
    }

    @Test
    @Requirement("R-40")
    void aLargeDocument() {
      String url = host.url("/client.json");
      host.document("/client.json", document(url) + " ".repeat(5120));

      assertThat(refused(url)).contains("larger than 5120 bytes");
    }

    @Test
    void aGzipBomb() throws IOException {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
        gzip.write(new byte[4_000_000]);
      }
      assertThat(packed.size()).isLessThan(5120);
      host.page(
          "/client.json",
          exchange -> {
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            DocumentHost.answer(exchange, 200, "application/json", packed.toByteArray());
          });

      assertThat(refused(host.url("/client.json"))).contains("is compressed");
    }

    @Test
    void deepJson() {
      host.document("/client.json", "[".repeat(5000));

      assertThat(refused(host.url("/client.json"))).contains("must be one JSON object");
    }

    @Test
    void fiveHundredWhoComeTogether() throws Exception {
      String url = good();
      CountDownLatch open = new CountDownLatch(1);
      host.page(
          "/client.json",
          exchange -> {
            await(open);
            DocumentHost.answer(
                exchange, 200, "application/json", DocumentHost.bytes(document(url)));
          });
      List<Integer> statuses = new CopyOnWriteArrayList<>();
      CountDownLatch ready = new CountDownLatch(500);

      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        IntStream.range(0, 500)
            .forEach(
                _ ->
                    threads.execute(
                        () -> {
                          ready.countDown();
                          statuses.add(signIn(url).status());
                        }));
        ready.await();
        open.countDown();
      }

      assertThat(host.asked()).hasSize(1);
      assertThat(statuses).hasSize(500).containsOnly(200);
    }

    private static void await(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Nested
  class Lying {
    @ParameterizedTest
    @CsvSource({
      "text/html, is not JSON",
      "text/plain, is not JSON",
      "application/javascript, is not JSON",
      "image/png, is not JSON"
    })
    void contentOfAnotherType(String type, String told) {
      String url = host.url("/client.json");
      host.page(
          "/client.json",
          exchange -> DocumentHost.answer(exchange, 200, type, DocumentHost.bytes(document(url))));

      assertThat(refused(url)).contains(told);
    }

    @Test
    @Requirement({"A-40", "R-40"})
    void aDocumentOfAnotherClient() {
      host.document("/client.json", document(host.url("/other.json")));

      assertThat(refused(host.url("/client.json")))
          .contains("client_id in the document must be this URL")
          .doesNotContain("/other.json");
    }

    @ParameterizedTest
    @Requirement("R-43")
    @ValueSource(
        strings = {
          "\"client_secret\": \"hunter2\"",
          "\"token_endpoint_auth_method\": \"client_secret_post\"",
          "\"jwks\": {\"keys\": [{\"kty\": \"EC\", \"d\": \"hunter2\"}]}"
        })
    void aDocumentWithASecret(String member) {
      String url = host.url("/client.json");
      host.document(
          "/client.json",
          """
          {"client_id": "%s", "client_name": "Example", "redirect_uris": ["%s"], %s}
          """
              .formatted(url, CALLBACK, member));

      assertThat(refused(url)).contains("secret").doesNotContain("hunter2");
    }

    @Test
    @Requirement("A-73")
    void aDocumentThatWantsToBeSeen() {
      host.document("/client.json", "{\"client_id\": \"<img src=x>\", \"hunter2\": true}");

      assertThat(refused(host.url("/client.json"))).doesNotContain("hunter2", "<img");
    }

    @Test
    @Requirement("R-42")
    void anErrorThatPasses() {
      String url = host.url("/client.json");
      host.page(
          "/client.json",
          exchange -> DocumentHost.answer(exchange, 500, "text/plain", new byte[0]));
      assertThat(refused(url)).contains("has status 500", "try again");

      good();

      assertThat(signIn(url).status()).isEqualTo(200);
    }
  }

  @Nested
  class AtTheTokenEndpoint {
    @Test
    void aClientThatNobodyAgreedToHasNothingFetched() {
      Reply reply =
          ostiary.token(
              Map.of("grant_type", "refresh_token", "client_id", good(), "refresh_token", "ort_x"));

      assertThat(reply.status()).isEqualTo(401);
      assertThat(FakeExchange.text(reply)).contains("invalid_client");
      assertThat(host.asked()).isEmpty();
    }

    @Test
    void aClientThatSomebodyAgreedToGoesOnWhileItsHostIsDown() {
      FakeClient client = new FakeClient(ostiary, good(), CALLBACK);
      FakeClient.Tokens tokens = client.tokens();
      host.close();

      assertThat(ostiary.token(client.refresh(tokens)).status()).isEqualTo(200);
    }
  }

  @Test
  @Requirement("A-11")
  void nothingIsFetchedNorAdvertisedWhereItIsSwitchedOff() throws Exception {
    ostiary.close();
    ostiary =
        new AttackedOstiary(
            config -> config.metadataDocuments(MetadataDocuments.OFF),
            fetch -> fetch,
            Sockets.trusting(authority));

    assertThat(refused(good())).contains("This app is not accepted here");
    assertThat(host.asked()).isEmpty();
    assertThat(
            FakeExchange.text(ostiary.send("GET", "/.well-known/oauth-authorization-server", "")))
        .doesNotContain("client_id_metadata_document_supported");
  }

  @Test
  void saysInTheAuditStreamWhatWasRefused() {
    refused(host.url("/nothing.json"));

    assertThat(ostiary.audit)
        .filteredOn(AuditEvent.DocumentRefused.class::isInstance)
        .singleElement()
        .isInstanceOfSatisfying(
            AuditEvent.DocumentRefused.class,
            event -> assertThat(event.reason()).isEqualTo("fetch-status-not-ok"));
  }
}
