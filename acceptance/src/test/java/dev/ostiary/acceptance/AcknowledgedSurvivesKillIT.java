package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What has been acknowledged survives {@code kill -9}. */
@Timeout(180)
final class AcknowledgedSurvivesKillIT {
  private static final int CLIENTS = 16;
  private static final int ACKNOWLEDGED = 20 * CLIENTS;
  private static final int REFRESHES = 8;

  @TempDir private Path folder;

  @Test
  void everyTokenWorksAfterTheRestart() throws Exception {
    Program program = Program.start(folder.resolve("data"));
    List<Session> sessions = signInUntilKilled(program);

    try (Program again = program.restart();
        Journey journey = new Journey(again)) {
      assertThat(sessions).hasSizeGreaterThanOrEqualTo(CLIENTS);
      for (Session session : sessions) {
        for (Journey.Tokens tokens : session.acknowledged) {
          assertThat(journey.call(tokens.access())).isEqualTo(200);
        }
        Journey.Tokens last = session.acknowledged.getLast();
        Journey.Tokens next = Journey.tokens(last.client(), journey.refresh(last));
        assertThat(journey.call(next.access())).isEqualTo(200);
      }
    }
  }

  /** One sign-in and the tokens it was given, in order. */
  private static final class Session {
    private final List<Journey.Tokens> acknowledged = new CopyOnWriteArrayList<>();
  }

  /** Signs in and refreshes in parallel, and kills the program in the midst of it. */
  private static List<Session> signInUntilKilled(Program program) throws Exception {
    List<Session> sessions = new CopyOnWriteArrayList<>();
    CountDownLatch enough = new CountDownLatch(ACKNOWLEDGED);
    try (Journey journey = new Journey(program);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<@Nullable Void>> clients = new ArrayList<>();
      for (int each = 0; each < CLIENTS; each++) {
        clients.add(threads.submit(() -> signInAgainAndAgain(journey, sessions, enough)));
      }
      boolean reached = enough.await(60, TimeUnit.SECONDS);
      program.kill();
      for (Future<@Nullable Void> client : clients) {
        client.get();
      }
      assertThat(reached).as("enough tokens before the kill").isTrue();
    }
    return new ArrayList<>(sessions);
  }

  /** Ends when the connection breaks, which is how a client sees the kill. */
  private static @Nullable Void signInAgainAndAgain(
      Journey journey, List<Session> sessions, CountDownLatch enough) throws InterruptedException {
    try {
      while (true) {
        Journey.Tokens tokens = journey.signIn();
        Session session = new Session();
        session.acknowledged.add(tokens);
        sessions.add(session);
        enough.countDown();
        for (int refresh = 0; refresh < REFRESHES; refresh++) {
          tokens = Journey.tokens(tokens.client(), journey.refresh(tokens));
          session.acknowledged.add(tokens);
          enough.countDown();
        }
      }
    } catch (IOException killed) {
      return null;
    }
  }
}
