package dev.ostiary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The program is killed ({@code kill -9}) again and again while clients sign in and refresh, and
 * started again on the same data: everything acknowledged is there, and nothing is there twice. Ten
 * rounds, or as many as {@code -Dkill.rounds=200} says.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
final class KillLoopIT {
  private static final int ROUNDS = Integer.getInteger("kill.rounds", 10);
  private static final int CLIENTS = 8;
  private static final int REFRESHES = 4;

  /** How many acknowledgements there are at most before a kill. */
  private static final int LONGEST = 60;

  /** How many sessions of earlier rounds are looked at in each. */
  private static final int EARLIER = 3;

  @TempDir private Path folder;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private final List<Session> earlier = new ArrayList<>();

  /** One sign-in of a client of its own: its code, and the tokens that it was given, in order. */
  private static final class Session {
    private final Journey.Code code;
    private final List<Journey.Tokens> acknowledged = new CopyOnWriteArrayList<>();

    Session(Journey.Code code) {
      this.code = code;
    }

    String client() {
      return code.client().id();
    }
  }

  @Test
  void everythingAcknowledgedIsThereOnce() throws Exception {
    Program program = Program.start(folder.resolve("data"));
    try {
      for (int round = 1; round <= ROUNDS; round++) {
        List<Session> sessions = loadUntilKilled(program, 1 + random.nextInt(LONGEST));
        program = program.restart();
        try (Journey journey = new Journey(program)) {
          demandOnce(program, sessions);
          for (Session session : sessions) {
            demandThere(journey, session, round);
          }
          for (int each = 0; each < EARLIER && !earlier.isEmpty(); each++) {
            demandThere(journey, earlier.get(random.nextInt(earlier.size())), round);
          }
          demandUsedUp(journey, sessions, round);
          earlier.addAll(sessions);
        }
      }
    } finally {
      program.close();
    }
  }

  /** Signs in and refreshes in parallel, and kills the program in the midst of it. */
  private static List<Session> loadUntilKilled(Program program, int acknowledgements)
      throws Exception {
    List<Session> sessions = new CopyOnWriteArrayList<>();
    CountDownLatch enough = new CountDownLatch(acknowledgements);
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
      assertThat(reached).as("enough acknowledgements before the kill").isTrue();
    }
    return new ArrayList<>(sessions);
  }

  /** Ends when the connection breaks, which is how a client sees the kill. */
  private static @Nullable Void signInAgainAndAgain(
      Journey journey, List<Session> sessions, CountDownLatch enough) throws InterruptedException {
    try {
      while (true) {
        Journey.Registered client = journey.register("http://127.0.0.1:53684/callback");
        Session session = new Session(journey.authorize(client));
        Journey.Tokens tokens = Journey.tokens(client, journey.exchange(session.code));
        session.acknowledged.add(tokens);
        sessions.add(session);
        enough.countDown();
        for (int refresh = 0; refresh < REFRESHES; refresh++) {
          tokens = Journey.tokens(client, journey.refresh(tokens));
          session.acknowledged.add(tokens);
          enough.countDown();
        }
      }
    } catch (IOException killed) {
      return null;
    }
  }

  /** Each client has signed in once: it has one grant, whose list has no other of it. */
  private void demandOnce(Program program, List<Session> sessions)
      throws IOException, InterruptedException {
    Map<String, Integer> grants = new HashMap<>();
    Program.Ran listed = program.operate("grants", "list", "--json");
    assertThat(listed.exitCode()).as(listed.err()).isZero();
    for (String line : listed.out().lines().toList()) {
      JsonNode grant = JsonMapper.shared().readTree(line);
      grants.merge(grant.get("client").asString(), 1, Integer::sum);
    }
    assertThat(grants.values()).as("of seed %d", seed).allMatch(count -> count == 1);
    assertThat(grants.keySet())
        .as("of seed %d", seed)
        .containsAll(sessions.stream().map(Session::client).toList());
  }

  private void demandThere(Journey journey, Session session, int round) throws Exception {
    Journey.Tokens last = session.acknowledged.getLast();
    assertThat(journey.call(last.access())).as("round %d of seed %d", round, seed).isEqualTo(200);
    Journey.Tokens next = Journey.tokens(last.client(), journey.refresh(last));
    assertThat(journey.call(next.access())).as("round %d of seed %d", round, seed).isEqualTo(200);
    session.acknowledged.add(next);
  }

  /** A code and a refresh token that were used before the kill are used after it. */
  private void demandUsedUp(Journey journey, List<Session> sessions, int round) throws Exception {
    if (sessions.size() < 2) {
      return;
    }
    Session replayed = sessions.removeFirst();
    assertThat(journey.exchange(replayed.code).statusCode())
        .as("round %d of seed %d", round, seed)
        .isEqualTo(400);
    Session reused = sessions.removeLast();
    Journey.Tokens next =
        Journey.tokens(reused.code.client(), journey.refresh(reused.acknowledged.getLast()));
    var _ = Journey.tokens(reused.code.client(), journey.refresh(next));
    assertThat(journey.refresh(reused.acknowledged.getFirst()).statusCode())
        .as("round %d of seed %d", round, seed)
        .isEqualTo(400);
    assertThat(journey.call(next.access())).as("after reuse").isEqualTo(401);
  }
}
