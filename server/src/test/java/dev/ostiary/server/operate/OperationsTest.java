package dev.ostiary.server.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.authorization.operate.Operator;
import dev.ostiary.authorization.store.GrantFilter;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.store.jdbc.SqliteStore;
import dev.ostiary.testkit.SampleClient;
import dev.ostiary.testkit.SampleCode;
import dev.ostiary.testkit.SampleGrant;
import dev.ostiary.testkit.SampleTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Work that breaks off: what is said of it is what was done. */
final class OperationsTest {
  private static final ClientId CLIENT = new ClientId("client");

  @TempDir private Path folder;

  @Test
  void saysHowManyGrantsEndedBeforeTheStorageFailed() {
    SqliteStore store = withGrants(450);

    Answer answer =
        operations(store)
            .perform(new OperatorRequest.RemoveClient(CLIENT), at(200, () -> store.close()));

    assertThat(answer)
        .isEqualTo(
            new Answer.Refused(
                503,
                "the storage does not answer; grants ended until then: 200. The same command goes"
                    + " on with the rest"));
    try (SqliteStore reopened = SqliteStore.open(folder)) {
      assertThat(reopened.clients().find(CLIENT)).isPresent();
      assertThat(grants(reopened)).isEqualTo(250);
      assertThat(
              operations(reopened)
                  .perform(new OperatorRequest.RemoveClient(CLIENT), at(-1, () -> {})))
          .isInstanceOf(Answer.Done.class);
      assertThat(grants(reopened)).isZero();
    }
  }

  @Test
  void stopsWhenWhoeverAskedIsGone() {
    try (SqliteStore store = withGrants(450)) {
      UncheckedIOException gone = new UncheckedIOException(new IOException("broken pipe"));
      Runnable leave =
          () -> {
            throw gone;
          };

      assertThatThrownBy(
              () ->
                  operations(store)
                      .perform(
                          new OperatorRequest.RevokeGrants(GrantFilter.of(CLIENT)), at(200, leave)))
          .isSameAs(gone);
      assertThat(grants(store)).isEqualTo(250);
    }
  }

  private SqliteStore withGrants(int count) {
    SqliteStore store = SqliteStore.open(folder);
    store.clients().add(SampleClient.open(CLIENT.value()));
    for (int i = 0; i < count; i++) {
      store.grants().add(SampleCode.of("code " + i, SampleGrant.to(CLIENT, "grant " + i)));
    }
    return store;
  }

  private static int grants(SqliteStore store) {
    return store.grants().list(GrantFilter.of(CLIENT), null, 1000, SampleTime.NOW).size();
  }

  private static Operations operations(SqliteStore store) {
    return new Operations(
        Operator.withoutServer(store, _ -> {}, () -> SampleTime.NOW),
        Backups.of(store, _ -> {}, () -> SampleTime.NOW));
  }

  private static Updates at(long ended, Runnable action) {
    LongConsumer progress =
        grants -> {
          if (grants == ended) {
            action.run();
          }
        };
    return new Updates() {
      @Override
      public void entry(ObjectNode entry) {}

      @Override
      public void ended(long grants) {
        progress.accept(grants);
      }
    };
  }
}
