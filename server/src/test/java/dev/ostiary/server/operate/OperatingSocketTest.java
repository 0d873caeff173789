package dev.ostiary.server.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.operate.Operator;
import dev.ostiary.authorization.store.memory.MemoryStore;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.testkit.SampleClient;
import dev.ostiary.testkit.SampleCode;
import dev.ostiary.testkit.SampleGrant;
import dev.ostiary.testkit.SampleTime;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
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
  private static final String LIST = "{\"operation\":\"clients.list\"}\n";

  @TempDir private Path folder;

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
      assertThat(ask(LIST)).containsExactly("{\"done\":{\"listed\":0}}");
    }
  }

  @Test
  void givesAListOfAnyLengthLineByLine() throws Exception {
    for (int i = 0; i < 1000; i++) {
      store.clients().add(SampleClient.open("client-" + i));
    }

    try (OperatingSocket _ = open(PATIENT)) {
      assertThat(ask(LIST))
          .hasSize(1001)
          .contains("{\"done\":{\"listed\":1000}}")
          .first()
          .asString()
          .startsWith("{\"entry\":{\"client\":\"client-0\",\"client_name\":\"Sample CLI \\u4F8B\"")
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

    try (OperatingSocket _ = OperatingSocket.open(path, operator, PATIENT)) {
      assertThat(ask("{\"operation\":\"clients.remove\",\"client\":\"client\"}\n"))
          .containsExactly(
              "{\"ended\":200}",
              "{\"ended\":400}",
              "{\"ended\":450}",
              "{\"done\":{\"client\":\"client\",\"ended\":450}}");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "hello | the request is not a JSON object",
        "[] | the request is not a JSON object",
        "\u00e9 | the request is not a JSON object",
        "{\"operation\":\"clients.list\"} {} | the request is not a JSON object",
        "{\"operation\":\"clients.list\",\"operation\":\"clients.list\"} | is not a JSON object",
        "{\"operation\":{\"a\":{\"b\":{\"c\":{\"d\":1}}}}} | is not a JSON object",
        "{} | the request names no operation that there is",
        "{\"operation\":\"clients.shoot\"} | the request names no operation that there is",
        "{\"operation\":7} | the request names no operation that there is",
        "{\"operation\":\"clients.list\",\"more\":1} | a member that does not belong there",
        "{\"operation\":\"clients.remove\"} | client is missing",
        "{\"operation\":\"clients.remove\",\"client\":[]} | client must be a text",
        "{\"operation\":\"clients.remove\",\"client\":\"nobody\"} | there is no client nobody",
        "{\"operation\":\"clients.add\",\"client_name\":\"A\",\"redirect_uris\":[1],"
            + "\"confidential\":false} | redirect_uris must be a list of texts",
        "{\"operation\":\"clients.add\",\"client_name\":\"A\",\"redirect_uris\":[]} |"
            + " confidential must be true or false",
        "{\"operation\":\"grants.revoke\"} | the request does not say which grants",
        "{\"operation\":\"grants.revoke\",\"grant\":\"none\"} | there is no grant none",
        "{\"operation\":\"grants.list\",\"grants\":\"x\"} | a member that does not belong there",
      })
  void refusesWhatItDoesNotUnderstand(String line, String reason) throws Exception {
    try (OperatingSocket _ = open(PATIENT)) {
      assertThat(ask(line + "\n"))
          .singleElement()
          .asString()
          .startsWith("{\"refused\":")
          .contains(reason);
    }
    assertThat(store.clients().list(null, 1)).isEmpty();
  }

  @Test
  void refusesBytesThatAreNoText() throws Exception {
    try (OperatingSocket _ = open(PATIENT)) {
      assertThat(ask(new byte[] {'"', (byte) 0xc3, '"', '\n'}))
          .containsExactly("{\"refused\":\"the request is not a JSON object\"}");
    }
  }

  @Test
  void refusesASecondRequest() throws Exception {
    try (OperatingSocket _ = open(PATIENT)) {
      assertThat(ask(LIST + LIST))
          .containsExactly("{\"refused\":\"something follows the request\"}");
    }
  }

  @Test
  void refusesARequestThatIsTooLong() throws Exception {
    try (OperatingSocket _ = open(PATIENT)) {
      assertThat(ask("x".repeat(Messages.LONGEST + 1)))
          .containsExactly("{\"refused\":\"the request is longer than 65536 bytes\"}");
    }
  }

  @Test
  void endsAConnectionOnWhichNothingHappens() throws Exception {
    try (OperatingSocket _ = open(IMPATIENT);
        SocketChannel silent = connect()) {
      silent.write(ByteBuffer.wrap("{\"operation\"".getBytes(StandardCharsets.UTF_8)));

      assertThat(lines(silent)).isEmpty();
    }
  }

  @Test
  void servesOthersThoughManySayNothing() throws Exception {
    List<SocketChannel> silent = new ArrayList<>();
    try (OperatingSocket _ = open(IMPATIENT)) {
      for (int i = 0; i < 20; i++) {
        silent.add(connect());
      }

      assertThat(ask(LIST)).containsExactly("{\"done\":{\"listed\":0}}");
    } finally {
      for (SocketChannel each : silent) {
        each.close();
      }
    }
  }

  private OperatingSocket open(Duration limit) throws IOException {
    Operator operator = Operator.withoutServer(store, _ -> {}, InstantSource.system());
    return OperatingSocket.open(path, operator, limit);
  }

  private SocketChannel connect() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(path));
  }

  private List<String> ask(String request) throws IOException {
    return ask(request.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> ask(byte[] request) throws IOException {
    try (SocketChannel channel = connect()) {
      ByteBuffer bytes = ByteBuffer.wrap(request);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      return lines(channel);
    }
  }

  /** The end of the connection may be rough when something was left unread. */
  private static List<String> lines(SocketChannel channel) throws IOException {
    List<String> lines = new ArrayList<>();
    BufferedReader reader = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      lines.add(line);
      if (line.startsWith("{\"refused\"")) {
        break;
      }
    }
    return lines;
  }
}
