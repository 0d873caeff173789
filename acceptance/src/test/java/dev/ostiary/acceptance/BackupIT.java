package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A backup of a program that serves, restored into a program's place. */
@Timeout(180)
final class BackupIT {
  private static final int CLIENTS = 8;

  @TempDir private Path folder;

  @Test
  void whatWasAcknowledgedBeforeTheBackupWorksAfterTheRestore() throws Exception {
    Path backup = folder.resolve("backup.db");
    List<Journey.Tokens> before = new ArrayList<>();
    Program program = Program.start(folder.resolve("data"));
    try (Journey journey = new Journey(program)) {
      for (int each = 0; each < CLIENTS; each++) {
        before.add(journey.signIn());
      }
      assertThat(whileOthersSignIn(journey, () -> program.operate("backup", backup.toString())))
          .satisfies(ran -> assertThat(ran.exitCode()).as(ran.err()).isZero())
          .satisfies(ran -> assertThat(ran.out()).startsWith("Backup: " + backup + ", "))
          .satisfies(ran -> assertThat(ran.err()).contains("master.key"));
      assertThat(program.operate("restore", backup.toString(), "--replace"))
          .satisfies(ran -> assertThat(ran.exitCode()).isEqualTo(5))
          .satisfies(ran -> assertThat(ran.err()).contains("locked by another process"));
      assertThat(
              program
                  .operate("grants", "revoke", "--client", before.getFirst().client().id())
                  .out())
          .isEqualTo("Revoked grants: 1\n");
    }
    program.close();

    assertThat(program.operate("restore", backup.toString(), "--replace"))
        .satisfies(ran -> assertThat(ran.exitCode()).as(ran.err()).isZero());
    try (Program again = program.restart();
        Journey journey = new Journey(again)) {
      for (Journey.Tokens tokens : before) {
        assertThat(journey.call(tokens.access())).isEqualTo(200);
        Journey.Tokens next = Journey.tokens(tokens.client(), journey.refresh(tokens));
        assertThat(journey.call(next.access())).isEqualTo(200);
      }
      assertThat(journey.call(journey.signIn().access())).isEqualTo(200);
      assertThat(again.audit())
          .anyMatch(line -> line.contains("\"store.backed-up\""))
          .anyMatch(line -> line.contains("\"store.restored\""));
    }
    assertThat(Files.exists(backup)).isTrue();
  }

  private interface Command {
    Program.Ran run() throws IOException, InterruptedException;
  }

  /** The command begins when others are signing in, who go on until it is done. */
  private static Program.Ran whileOthersSignIn(Journey journey, Command command) throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    CountDownLatch busy = new CountDownLatch(CLIENTS);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<@Nullable Void>> others = new ArrayList<>();
      for (int each = 0; each < CLIENTS; each++) {
        others.add(
            threads.submit(
                () -> {
                  while (!done.get()) {
                    journey.signIn();
                    busy.countDown();
                  }
                  return null;
                }));
      }
      assertThat(busy.await(60, TimeUnit.SECONDS)).isTrue();
      try {
        return command.run();
      } finally {
        done.set(true);
        for (Future<@Nullable Void> other : others) {
          other.get();
        }
      }
    }
  }
}
