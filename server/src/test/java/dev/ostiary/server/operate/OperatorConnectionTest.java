package dev.ostiary.server.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.authorization.operate.NewClient;
import dev.ostiary.authorization.operate.Operator;
import dev.ostiary.server.data.DataDirectory;
import dev.ostiary.server.data.MasterKeySource;
import dev.ostiary.server.exit.StartRefused;
import dev.ostiary.store.jdbc.SqliteStore;
import dev.ostiary.testkit.Race;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class OperatorConnectionTest {
  private static final InstantSource TIME = InstantSource.system();
  private static final MasterKeySource MASTER_KEY =
      _ -> {
        throw StartRefused.data("Not needed.");
      };
  private static final OperatorRequest LIST = new OperatorRequest.ListClients();

  private final Path folder;
  private final DataDirectory directory;

  OperatorConnectionTest(@TempDir Path folder) throws StartRefused {
    this.folder = folder;
    this.directory = DataDirectory.open(folder);
    SqliteStore.open(directory.database()).close();
  }

  @Test
  void leadsToTheServerThatRuns() throws Exception {
    try (SqliteStore store = SqliteStore.open(directory.database());
        OperatingSocket _ =
            OperatingSocket.open(
                directory.socket(),
                Operator.withoutServer(store, _ -> {}, TIME),
                Backups.of(store, _ -> {}, TIME));
        Operating way = new OperatorConnection(directory, MASTER_KEY, TIME).open()) {
      assertThat(way.byServer()).isTrue();
      assertThat(way.ask(LIST, _ -> {})).isInstanceOf(Answer.Done.class);
    }
  }

  @Test
  void leadsToTheDataWhenTheServerWasKilled() throws Exception {
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(directory.socket()));
    }

    try (Operating way = new OperatorConnection(directory, MASTER_KEY, TIME).open()) {
      assertThat(way.byServer()).isFalse();
      assertThat(way.ask(LIST, _ -> {})).isInstanceOf(Answer.Done.class);
    }
  }

  @Test
  void saysThatSomebodyHasTheDataAndDoesNotAnswer() throws Exception {
    try (SqliteStore _ = SqliteStore.open(directory.database())) {
      OperatorConnection way = new OperatorConnection(directory, MASTER_KEY, TIME, 3);

      assertThatThrownBy(way::open)
          .isInstanceOf(StartRefused.class)
          .hasMessage(
              folder + " is locked by another process; no response at " + directory.socket() + ".");
    }
  }

  @Test
  void isForOneAfterTheOther() throws Exception {
    List<Answer> answers =
        Race.of(
            () -> {
              try (Operating way = new OperatorConnection(directory, MASTER_KEY, TIME).open()) {
                return way.ask(
                    new OperatorRequest.AddClient(
                        new NewClient(null, "Mine", List.of("https://a.example/"), false)),
                    _ -> {});
              }
            });

    assertThat(answers).hasOnlyElementsOfType(Answer.Done.class);
    try (SqliteStore store = SqliteStore.open(directory.database())) {
      assertThat(store.clients().list(null, 1000)).hasSize(answers.size());
    }
  }

  @Test
  void leadsNowhereWhenTheDatabaseIsNone() throws Exception {
    Files.writeString(directory.database(), "x".repeat(5000));

    assertThatThrownBy(new OperatorConnection(directory, MASTER_KEY, TIME)::open)
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("is not a database");
  }
}
