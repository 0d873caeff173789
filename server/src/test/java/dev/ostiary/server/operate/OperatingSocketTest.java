package dev.ostiary.server.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.operate.Operator;
import dev.ostiary.authorization.store.memory.MemoryStore;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import dev.ostiary.http.netty.EventLoops;
import dev.ostiary.http.netty.outbound.NettyOutbound;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.testkit.SampleClient;
import dev.ostiary.testkit.SampleCode;
import dev.ostiary.testkit.SampleGrant;
import dev.ostiary.testkit.SampleTime;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
final class OperatingSocketTest {
  private static final Duration PATIENT = Duration.ofMinutes(1);
  private static final Duration IMPATIENT = Duration.ofMillis(200);

  @TempDir private Path folder;

  private static final Backups NO_BACKUPS = Backups.none("the store is in memory");

  private final MemoryStore store = new MemoryStore();
  private Path path = Path.of("");

  @BeforeEach
  void choosePath() {
    path = folder.resolve("ostiary.sock");
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void isForItsOwnerAlone() throws Exception {
    try (OperatingSocket _ = open(PATIENT)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo("rw-------");
      try (var files = Files.list(folder)) {
        assertThat(files).containsExactly(path);
      }
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void takesThePlaceOfADeadServers() throws Exception {
    Files.createDirectory(folder.resolve(".socket"));
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(path));
    }
    assertThat(path).exists();

    try (OperatingSocket _ = open(PATIENT)) {
      assertThat(text(get("/clients"))).isEmpty();
    }
  }

  @Test
  void givesAListOfAnyLengthLineByLine() throws Exception {
    for (int i = 0; i < 1000; i++) {
      store.clients().add(SampleClient.open("client-" + i));
    }

    try (OperatingSocket _ = open(PATIENT)) {
      Reply reply = get("/clients");

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.headers().first("Content-Type")).contains("application/x-ndjson");
      assertThat(reply.headers().first("Cache-Control")).contains("no-store");
      assertThat(text(reply).lines())
          .hasSize(1000)
          .first()
          .asString()
          .startsWith("{\"client\":\"client-0\",\"client_name\":\"Sample CLI \\u4F8B\"")
          .doesNotContain("registration token");
    }
  }

  @Test
  void tellsHowFarItIsWhileManyGrantsEnd() throws Exception {
    store.clients().add(SampleClient.open("client"));
    for (int i = 0; i < 450; i++) {
      store
          .grants()
          .add(SampleCode.of("code " + i, SampleGrant.to(new ClientId("client"), "grant " + i)));
    }
    Operator operator = Operator.withoutServer(store, _ -> {}, () -> SampleTime.NOW);

    try (OperatingSocket _ = OperatingSocket.open(path, operator, NO_BACKUPS, PATIENT)) {
      assertThat(text(ask("DELETE", "/clients/client", "")).lines())
          .containsExactly(
              "{\"ended\":200}",
              "{\"ended\":400}",
              "{\"ended\":450}",
              "{\"client\":\"client\",\"ended\":450}");
    }
  }

  @Test
  void addsAClientAndRemovesItByItsEncodedId() throws Exception {
    try (OperatingSocket _ = open(PATIENT)) {
      String client = "{\"client_name\":\"A\",\"redirect_uris\":[\"https://a.example/\"]";
      assertThat(text(ask("POST", "/clients", client + ",\"client\":\"a.b\"}")))
          .isEqualTo("{\"client\":\"a.b\"}\n");
      assertThat(ask("POST", "/clients", client + ",\"client\":\"a.b\"}").status()).isEqualTo(409);
      assertThat(text(ask("POST", "/clients", client + ",\"confidential\":true}")))
          .contains("\"client_secret\":\"ocs_");
      assertThat(text(ask("DELETE", "/clients/a%2Eb", "")))
          .isEqualTo("{\"client\":\"a.b\",\"ended\":0}\n");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "POST | /clients | hello | 400 | the request is not a JSON object",
        "POST | /clients | [] | 400 | the request is not a JSON object",
        "POST | /clients | \u00e9 | 400 | the request is not a JSON object",
        "POST | /clients | {} {} | 400 | the request is not a JSON object",
        "POST | /clients | {\"client\":\"a\",\"client\":\"b\"} | 400 | is not a JSON object",
        "POST | /clients | {\"more\":1} | 400 | a member that does not belong there",
        "POST | /clients | {} | 400 | client_name must be a text",
        "POST | /clients | {\"client_name\":\"A\",\"client\":[]} | 400 | client must be a text",
        "POST | /clients | {\"client_name\":\"A\",\"redirect_uris\":[1]} | 400 |"
            + " redirect_uris must be a list of texts",
        "POST | /clients | {\"client_name\":\"A\",\"redirect_uris\":[],\"confidential\":1} | 400 |"
            + " confidential must be true or false",
        "POST | /clients | {\"client_name\":\"A\",\"redirect_uris\":[]} | 400 |"
            + " the client needs a redirect URI",
        "DELETE | /clients/nobody | `` | 404 | there is no client nobody",
        "DELETE | /clients/%FF | `` | 404 | there is no client",
        "DELETE | /grants | `` | 400 | the request does not say which grants",
        "DELETE | /grants?grant=none | `` | 404 | there is no grant none",
        "DELETE | /grants?client=a&subject= | `` | 400 | the query may have one each of",
        "DELETE | /grants?client=a&client=b | `` | 400 | the query may have one each of",
        "DELETE | /grants?client=a&usr=b | `` | 400 | the query may have one each of",
        "GET | /grants?grants=x | `` | 400 | the query may have one each of",
      })
  void refusesWhatItDoesNotUnderstand(
      String method, String target, String body, int status, String reason) throws Exception {
    try (OperatingSocket _ = open(PATIENT)) {
      Reply reply = ask(method, target, body);

      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.headers().first("Content-Type")).contains("application/problem+json");
      assertThat(text(reply))
          .startsWith("{\"title\":")
          .contains("\"status\":" + status, "\"detail\":\"", reason);
    }
    assertThat(store.clients().list(null, 1)).isEmpty();
  }

  @Test
  void refusesBytesThatAreNoText() throws Exception {
    try (OperatingSocket _ = open(PATIENT)) {
      assertThat(text(ask("POST", "/clients", Body.of(new byte[] {'"', (byte) 0xc3, '"'}))))
          .contains("the request is not a JSON object");
    }
  }

  @Test
  void refusesARequestThatIsTooLong() throws Exception {
    try (OperatingSocket _ = open(PATIENT)) {
      assertThat(ask("POST", "/clients", "x".repeat(64 * 1024 + 1)).status()).isEqualTo(413);
    }
  }

  @Test
  void endsAConnectionOnWhichNothingHappens() throws Exception {
    try (OperatingSocket _ = open(IMPATIENT);
        SocketChannel silent = connect()) {
      silent.write(ByteBuffer.wrap("GET /clie".getBytes(StandardCharsets.UTF_8)));

      assertThat(Channels.newInputStream(silent).readAllBytes())
          .asString(StandardCharsets.UTF_8)
          .startsWith("HTTP/1.1 408 ");
    }
  }

  @Test
  void servesOthersThoughManySayNothing() throws Exception {
    List<SocketChannel> silent = new ArrayList<>();
    try (OperatingSocket _ = open(IMPATIENT)) {
      for (int i = 0; i < 20; i++) {
        silent.add(connect());
      }

      assertThat(text(get("/clients"))).isEmpty();
    } finally {
      for (SocketChannel each : silent) {
        each.close();
      }
    }
  }

  private OperatingSocket open(Duration limit) throws IOException {
    Operator operator = Operator.withoutServer(store, _ -> {}, InstantSource.system());
    return OperatingSocket.open(path, operator, NO_BACKUPS, limit);
  }

  private SocketChannel connect() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(path));
  }

  private Reply get(String target) throws IOException {
    return ask("GET", target, "");
  }

  private Reply ask(String method, String target, String body) throws IOException {
    return ask(method, target, Body.utf8(body));
  }

  private Reply ask(String method, String target, Body.Whole body) throws IOException {
    try (EventLoops loops = EventLoops.startLocal();
        Outbound outbound = NettyOutbound.to(UnixDomainSocketAddress.of(path), loops)) {
      URI uri = URI.create("http://localhost" + target);
      return outbound.exchange(
          new OutboundRequest(method, uri, Headers.none(), body, Duration.ofSeconds(30)), 1 << 20);
    }
  }

  private static String text(Reply reply) {
    return ((Body.Whole) reply.body()).utf8();
  }
}
