package dev.ostiary.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.acceptance.Journey.Tokens;
import dev.ostiary.requirements.Requirement;
import dev.ostiary.testkit.Race;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nodes on one PostgreSQL server, behind a load balancer that sends each request to another
 * node. {@code -Dcluster.rounds=N} repeats the outages N times.
 */
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ClusterIT {
  private static final int NODES = 3;
  private static final int CLIENTS = 8;
  private static final int ROUNDS = Integer.getInteger("cluster.rounds", 1);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** What a client does between two rounds; without it the nodes that start get no processor. */
  private static final Duration PACE = Duration.ofMillis(100);

  private static final Path FAKETIME = Path.of("/usr/bin/faketime");
  private static final Duration EVERYWHERE = Duration.ofSeconds(1);

  @TempDir private static Path folder;
  private static Cluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = Cluster.start(folder, NODES);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  @Order(1)
  @Requirement({"A-32", "R-20"})
  void signInsAndRefreshesLandOnDifferentNodes() throws Exception {
    try (Journey journey = journey()) {
      Tokens first = journey.signIn();

      List<HttpResponse<String>> answers = Race.of(() -> journey.refresh(first));

      List<Tokens> tokens =
          answers.stream().map(answer -> Journey.tokens(first.client(), answer)).toList();
      assertThat(tokens).extracting(Tokens::refresh).containsOnly(tokens.getFirst().refresh());
      for (int node = 0; node < NODES; node++) {
        try (Journey direct = direct(node)) {
          assertThat(direct.call(tokens.get(node).access())).isEqualTo(200);
        }
      }
      assertThat(count("refresh.rotated")).isEqualTo(1);
      assertThat(count("refresh.repeated")).isEqualTo(Race.RUNNERS - 1);
    }
  }

  @Test
  @Order(2)
  @Requirement({"R-9", "R-11"})
  void aCodeIsRedeemedOnceOnAllNodesTogether() throws Exception {
    try (Journey journey = journey()) {
      Journey.Registered client = journey.register("http://127.0.0.1:53684/callback");
      Journey.Code code = journey.authorize(client);

      List<HttpResponse<String>> answers = Race.of(() -> journey.exchange(code));

      assertThat(answers).filteredOn(answer -> answer.statusCode() == 200).hasSize(1);
      assertThat(answers)
          .filteredOn(answer -> answer.statusCode() == 400)
          .hasSize(Race.RUNNERS - 1);
    }
  }

  @Test
  @Order(3)
  void anEndedGrantIsRefusedByTheOtherNodesWithinASecond() throws Exception {
    try (Journey journey = journey();
        Journey second = direct(1);
        Journey third = direct(2)) {
      Tokens tokens = journey.signIn();
      assertThat(second.call(tokens.access())).isEqualTo(200);
      assertThat(third.call(tokens.access())).isEqualTo(200);

      assertThat(revoke(cluster.node(0).origin(), tokens)).isEqualTo(200);
      long revoked = System.nanoTime();

      Duration atSecond = untilRefused(second, tokens, revoked);
      Duration atThird = untilRefused(third, tokens, revoked);
      System.Logger log = System.getLogger(ClusterIT.class.getName());
      log.log(System.Logger.Level.INFO, "refused after {0} and {1}", atSecond, atThird);
      assertThat(atSecond).isLessThan(EVERYWHERE);
      assertThat(atThird).isLessThan(EVERYWHERE);
    }
  }

  @Test
  @Order(4)
  void aSessionOfAProgramLivesOnOneNode() throws Exception {
    try (Journey journey = new Journey(cluster.origin(), Cluster.files(cluster.origin()))) {
      String token = journey.signIn().access();
      HttpResponse<String> begun = initialize(Cluster.files(cluster.node(0).origin()), token);
      String session = begun.headers().firstValue("Mcp-Session-Id").orElseThrow();

      assertThat(list(Cluster.files(cluster.node(0).origin()), token, session)).isEqualTo(200);
      assertThat(list(Cluster.files(cluster.node(1).origin()), token, session)).isEqualTo(404);
      assertThat(list(Cluster.files(cluster.node(2).origin()), token, session)).isEqualTo(404);
    }
  }

  @Test
  @Order(4)
  void aNodeWhoseClockIsOffIsNotReadyAndSaysWhy() throws Exception {
    boolean required = "true".equals(System.getenv("CI"));
    Assumptions.assumeTrue(
        required || Files.isExecutable(FAKETIME), "the clock is set by " + FAKETIME);
    try (Cluster.Outsider node =
        cluster.startOutsider(true, FAKETIME.toString(), "-m", "-f", "+5s")) {
      HttpResponse<String> answer = awaitAnswer(node);

      assertThat(answer.statusCode()).as(Files.readString(node.log())).isEqualTo(503);
      assertThat(answer.body())
          .containsPattern("the clock of this node is [45]\\.\\d s ahead of that of the database");
    }
  }

  @Test
  @Order(4)
  void aNodeWithAnotherMasterKeyDoesNotStart() throws Exception {
    try (Cluster.Outsider node = cluster.startOutsider(false)) {
      assertThat(node.process().waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();

      assertThat(node.process().exitValue()).isEqualTo(5);
      assertThat(Files.readString(node.log())).contains("master key").doesNotContain("\tat ");
    }
  }

  @Test
  @Order(5)
  void aRollingRestartFailsNoRequest() throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    AtomicInteger calls = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> clients = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        clients.add(
            threads.submit(
                () -> {
                  try (Journey journey = journey()) {
                    Tokens tokens = journey.signIn();
                    while (!enough.get()) {
                      assertThat(journey.call(tokens.access())).isEqualTo(200);
                      tokens = Journey.tokens(tokens.client(), journey.refresh(tokens));
                      calls.incrementAndGet();
                      Thread.sleep(PACE);
                    }
                  }
                  return null;
                }));
      }
      try {
        for (int node = 0; node < NODES; node++) {
          awaitMore(clients, calls, CLIENTS);
          assertThat(cluster.node(node).stop()).isTrue();
          cluster.restart(node);
        }
        awaitMore(clients, calls, CLIENTS);
      } finally {
        enough.set(true);
      }
      for (Future<?> client : clients) {
        client.get();
      }
    }
  }

  /** Clients that ask again as real ones do; each keeps its grant whatever ends in the middle. */
  @Test
  @Order(6)
  void noGrantIsLostWhenNodesAreKilledAndTheDatabaseRestarts() throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    AtomicInteger rounds = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> clients = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        clients.add(threads.submit(() -> goOn(enough, rounds)));
      }
      try {
        for (int round = 0; round < ROUNDS; round++) {
          awaitMore(clients, rounds, CLIENTS);
          cluster.node(round % NODES).kill();
          awaitMore(clients, rounds, CLIENTS);
          cluster.restart(round % NODES);
          cluster.database().kill();
          cluster.database().start();
          awaitMore(clients, rounds, CLIENTS);
          cluster.node((round + 1) % NODES).kill();
          cluster.database().stop();
          cluster.database().start();
          cluster.restart((round + 1) % NODES);
          awaitMore(clients, rounds, 2 * CLIENTS);
        }
      } finally {
        enough.set(true);
      }
      for (Future<?> client : clients) {
        client.get();
      }
    }
    assertThat(count("refresh.reused")).isZero();
  }

  /** Two of one client present the same token at once, and both have to get the same successor. */
  private static Void goOn(AtomicBoolean enough, AtomicInteger rounds) throws Exception {
    try (Journey journey = journey();
        ExecutorService twins = Executors.newVirtualThreadPerTaskExecutor()) {
      Tokens tokens = journey.signIn();
      while (!enough.get()) {
        Tokens presented = tokens;
        Future<HttpResponse<String>> twin =
            twins.submit(() -> answered(() -> journey.refresh(presented)));
        HttpResponse<String> own = answered(() -> journey.refresh(presented));
        tokens = Journey.tokens(presented.client(), own);
        assertThat(Journey.tokens(presented.client(), twin.get()).refresh())
            .isEqualTo(tokens.refresh());
        String access = tokens.access();
        assertThat(calls(() -> journey.call(access))).isEqualTo(200);
        rounds.incrementAndGet();
        Thread.sleep(PACE);
      }
    }
    return null;
  }

  private static HttpResponse<String> answered(Callable<HttpResponse<String>> request)
      throws Exception {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      HttpResponse<String> answer = request.call();
      if (answer.statusCode() < 500 || System.nanoTime() > deadline) {
        return answer;
      }
      Thread.sleep(50);
    }
  }

  private static int calls(Callable<Integer> request) throws Exception {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      int status = request.call();
      if (status < 500 || System.nanoTime() > deadline) {
        return status;
      }
      Thread.sleep(50);
    }
  }

  private static void awaitMore(List<Future<?>> clients, AtomicInteger counter, int more)
      throws Exception {
    int goal = counter.get() + more;
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (counter.get() < goal) {
      assertThat(System.nanoTime()).as("the clients go on").isLessThan(deadline);
      for (Future<?> client : clients) {
        if (client.isDone()) {
          client.get();
        }
      }
      Thread.sleep(10);
    }
  }

  private static Duration untilRefused(Journey journey, Tokens tokens, long since)
      throws Exception {
    while (journey.call(tokens.access()) != 401) {
      assertThat(System.nanoTime() - since).isLessThan(LIMIT.toNanos());
    }
    return Duration.ofNanos(System.nanoTime() - since);
  }

  private static HttpResponse<String> awaitAnswer(Cluster.Outsider node) throws Exception {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      try {
        return send(HttpRequest.newBuilder(node.origin().resolve("/ready")));
      } catch (ConnectException notYet) {
        boolean ended = node.process().waitFor(50, TimeUnit.MILLISECONDS);
        assertThat(ended).as(Files.readString(node.log())).isFalse();
        assertThat(System.nanoTime()).isLessThan(deadline);
      }
    }
  }

  private static Journey journey() {
    return new Journey(cluster.origin(), Cluster.docs(cluster.origin()));
  }

  private static Journey direct(int node) {
    URI origin = cluster.node(node).origin();
    return new Journey(origin, Cluster.docs(origin));
  }

  private static int count(String event) throws IOException, InterruptedException {
    int count = 0;
    for (int node = 0; node < NODES; node++) {
      count +=
          (int)
              cluster.node(node).audit().stream()
                  .filter(line -> line.contains("\"event\":\"" + event + "\""))
                  .count();
    }
    return count;
  }

  private static int revoke(URI origin, Tokens tokens) throws Exception {
    String form = "token=" + tokens.refresh() + "&client_id=" + tokens.client().id();
    return send(HttpRequest.newBuilder(origin.resolve("/revoke"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form, UTF_8)))
        .statusCode();
  }

  private static HttpResponse<String> initialize(URI server, String token) throws Exception {
    String message =
        """
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
          "protocolVersion": "2025-11-25", "capabilities": {},
          "clientInfo": {"name": "test", "version": "1"}}}
        """;
    HttpResponse<String> answer = send(legacy(server, token, message));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  private static int list(URI server, String token, String session) throws Exception {
    String message =
        """
        {"jsonrpc": "2.0", "id": 2, "method": "tools/list"}
        """;
    return send(legacy(server, token, message)
            .header("Mcp-Session-Id", session)
            .header("MCP-Protocol-Version", "2025-11-25"))
        .statusCode();
  }

  private static HttpRequest.Builder legacy(URI server, String token, String message) {
    return HttpRequest.newBuilder(server)
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, text/event-stream")
        .POST(HttpRequest.BodyPublishers.ofString(message, UTF_8));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
