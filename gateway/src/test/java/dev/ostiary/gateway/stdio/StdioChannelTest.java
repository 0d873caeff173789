package dev.ostiary.gateway.stdio;

import static dev.ostiary.gateway.stdio.LiveChildren.ANSWERS;
import static dev.ostiary.gateway.stdio.LiveChildren.await;
import static dev.ostiary.gateway.stdio.LiveChildren.message;
import static dev.ostiary.gateway.stdio.LiveChildren.open;
import static dev.ostiary.gateway.stdio.LiveChildren.settings;
import static dev.ostiary.gateway.stdio.LiveChildren.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ostiary.gateway.credential.BackendCredential;
import dev.ostiary.gateway.observe.BackendFailure;
import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.peer.ChannelFailure.Ended;
import dev.ostiary.gateway.peer.ChannelFailure.Unavailable;
import dev.ostiary.gateway.stdio.LiveChildren.Open;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.http.Headers;
import dev.ostiary.mcp.rpc.RpcMessage;
import dev.ostiary.protocol.Secret;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs as they are and as they should not be. */
@Timeout(120)
final class StdioChannelTest {
  @TempDir private Path folder;
  private LiveChildren children = new LiveChildren(Path.of(""));

  @BeforeEach
  void begin() {
    children = new LiveChildren(folder);
  }

  @AfterEach
  void end() {
    children.close();
    assertThat(children.running).hasValue(0);
  }

  @Test
  void carriesMessagesBothWaysInOrder() throws Exception {
    try (Open open = open(children.channels(shell(ANSWERS)), "u1")) {
      for (int id = 1; id <= 50; id++) {
        open.ping(id);
      }
      for (int id = 1; id <= 50; id++) {
        assertThat(open.ear().hear())
            .isInstanceOfSatisfying(
                RpcMessage.Result.class, result -> assertThat(result.id().asInt()).isPositive());
      }
    }
    await(() -> children.running.get() == 0);
  }

  @Test
  void endsWithEverythingThatItHasStarted() throws Exception {
    Path pids = folder.resolve("pids");
    String script =
        "trap '' TERM HUP; sleep 1000 & echo $! >> '%s'; echo $$ >> '%s'; %s sleep 1000"
            .formatted(pids, pids, ANSWERS);
    Open open = open(children.channels(shell(script)), "u1");
    open.ping(1);
    open.ear().hear();
    List<Long> all = Files.readAllLines(pids).stream().map(Long::valueOf).toList();
    assertThat(all).hasSize(2).allMatch(LiveChildren::runs);

    open.close();

    await(() -> all.stream().noneMatch(LiveChildren::runs));
    assertThat(open.ear().closed).isEmpty();
  }

  @Test
  void tellsWhenItWasKilled() throws Exception {
    Path pid = folder.resolve("pid");
    Open open = open(children.channels(shell("echo $$ > '%s'; ".formatted(pid) + ANSWERS)), "u1");
    open.ping(1);
    open.ear().hear();

    ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow().destroyForcibly();

    assertThat(open.ear().end()).isInstanceOf(Ended.class);
    assertThat(children.failures).containsExactly(BackendFailure.BROKEN_OFF);
    assertThat(children.log.find("exit code 137")).isPresent();
  }

  @Test
  void saysThatAProgramCouldNotBeStartedAndLogsWhy() throws Exception {
    var channels = children.channels(settings("no-such-program", "secret-path"));
    Open open = open(channels, "u1");
    open.ping(1);

    ChannelFailure failure = open.ear().end();

    assertThat(failure)
        .isInstanceOfSatisfying(
            Unavailable.class,
            known -> {
              assertThat(known.status()).isEqualTo(502);
              assertThat(known.error().toString())
                  .contains("files could not be started")
                  .doesNotContain("no-such-program");
            });
    assertThat(children.log.find("exit code 127")).get().asString().contains("no-such-program");
    await(() -> channels.size() == 0);
    Open again = open(channels, "u1");
    assertThat(again.ear().end())
        .isInstanceOfSatisfying(
            Unavailable.class, known -> assertThat(known.retryAfter()).isPositive());
    Open other = open(channels, "u2");
    other.ping(1);
    assertThat(other.ear().end())
        .isInstanceOfSatisfying(
            Unavailable.class, known -> assertThat(known.retryAfter()).isNull());
  }

  @Test
  void endsAProgramThatDoesNotAnswerAfterItsStart() throws Exception {
    Open open = open(children.channels(shell("while read -r line; do :; done")), "u1");
    open.ping(1);
    await(() -> children.running.get() == 1);
    await(
        () -> {
          children.now = children.now.plus(Duration.ofSeconds(11));
          children.ticker.tick();
          return !open.ear().closed.isEmpty();
        });
    assertThat(children.failures).containsExactly(BackendFailure.LATE);
  }

  @Test
  void skipsWhatIsNoMessage() throws Exception {
    String junk =
        "echo hello; printf '\\377\\376{\\n"
            + "'; printf '{\"jsonrpc\":\"2.0\",\"method\":\"\\300\\257\"}\\n"
            + "'; echo; ";
    Open open = open(children.channels(shell(junk + ANSWERS)), "u1");
    open.ping(1);

    assertThat(open.ear().hear()).isInstanceOf(RpcMessage.Result.class);
    assertThat(children.log.lines).filteredOn(line -> line.contains("no JSON-RPC")).hasSize(1);
    assertThat(open.ear().heard).isEmpty();
  }

  @Test
  void endsAProgramThatWritesOnlyJunk() throws Exception {
    Open open = open(children.channels(shell("while :; do echo junk; done")), "u1");

    assertThat(open.ear().end()).isInstanceOf(Unavailable.class);
    assertThat(children.failures).containsExactly(BackendFailure.UNUSABLE);
  }

  @Test
  void endsAProgramWhoseLineIsTooLongWhileOthersWork() throws Exception {
    Open open =
        open(
            children.channels(shell("head -c 104857600 /dev/zero | tr '\\0' x; " + ANSWERS)), "u1");
    Open other = open(children.channels(shell(ANSWERS)), "u2");
    other.ping(1);

    assertThat(other.ear().hear()).isInstanceOf(RpcMessage.Result.class);
    assertThat(open.ear().end()).isInstanceOf(Unavailable.class);
    assertThat(children.log.find("longer than 16 MiB")).isPresent();
  }

  @Test
  void hearsNoHalfLine() throws Exception {
    String script = "read -r line; printf '{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}'; exit 3";
    Open open = open(children.channels(shell(script)), "u1");
    open.ping(1);

    assertThat(open.ear().end()).isInstanceOf(Unavailable.class);
    assertThat(open.ear().heard).isEmpty();
    assertThat(children.log.find("exit code 3")).isPresent();
  }

  @Test
  void boundsWhatIsLoggedOfStandardError() throws Exception {
    String script =
        "i=0; while [ $i -lt 5000 ]; do echo line $i >&2; i=$((i+1)); done; "
            + "head -c 200000 /dev/zero | tr '\\0' y >&2; "
            + ANSWERS;
    Open open = open(children.channels(shell(script)), "u1");
    open.ping(1);
    open.ear().hear();
    open.close();
    await(() -> children.log.find("lines left out").isPresent());

    assertThat(children.log.lines).hasSizeLessThan(500);
    assertThat(children.log.lines).allMatch(line -> line.length() < 1200);
    assertThat(children.log.find("server files: line 0")).isPresent();
  }

  @Test
  void endsAProgramThatDoesNotRead() throws Exception {
    Open open = open(children.channels(shell("sleep 1000")), "u1");
    Open other = open(children.channels(shell(ANSWERS)), "u2");
    String padding = "x".repeat(1024 * 1024);
    for (int id = 1; id <= 40; id++) {
      open.channel().send(message(id, padding));
    }
    other.ping(1);

    assertThat(other.ear().hear()).isInstanceOf(RpcMessage.Result.class);
    assertThat(open.ear().end()).isInstanceOf(Unavailable.class);
    assertThat(children.failures).contains(BackendFailure.BUSY);
  }

  @Test
  void theEnvironmentIsWhatIsDocumented() throws Exception {
    Path seen = folder.resolve("seen");
    var settings =
        LiveChildren.declaring(
            "env | sort > '%s'; pwd >> '%s'; ".formatted(seen, seen) + ANSWERS,
            Map.of(
                "TOKEN", new Secret("t-${upstream-token}"),
                "WHO", new Secret("${user.sub} ${user.login} ${user.email} ${other}")));
    Open open =
        open(
            children.channels(settings, new Tokens("${user.sub}"), new Facts("mona", "m@x")), "u1");
    open.ping(1);
    open.ear().hear();

    Path home = folder.resolve("home-u1");
    assertThat(Files.readAllLines(seen))
        .filteredOn(line -> !line.startsWith("PWD="))
        .containsExactly(
            "HOME=" + home,
            "LANG=C.UTF-8",
            "PATH=" + System.getenv("PATH"),
            "TOKEN=t-${user.sub}",
            "WHO=u1 mona m@x ${other}",
            home.toString());
  }

  @Test
  void refusesACallWhoseUserLacksWhatTheEnvironmentNames() throws Exception {
    var settings = LiveChildren.declaring(ANSWERS, Map.of("WHO", new Secret("${user.email}")));
    Open open = open(children.channels(settings), "u1");

    assertThat(open.ear().end())
        .isInstanceOfSatisfying(
            Unavailable.class,
            known -> assertThat(known.error().toString()).contains("verified e-mail address"));
    assertThat(children.running).hasValue(0);
  }

  @Test
  void aRenewedTokenEndsTheChildWhenNothingIsUnderWay() throws Exception {
    Tokens tokens = new Tokens("first");
    var settings = LiveChildren.declaring(ANSWERS, Map.of("T", new Secret("${upstream-token}")));
    var channels = children.channels(settings, tokens, UserFacts.NONE);
    Open open = open(channels, "u1");
    open.ping(1);
    open.ear().hear();
    tokens.value = "second";

    open.ping(2);

    assertThat(open.ear().end())
        .isInstanceOfSatisfying(Ended.class, ended -> assertThat(ended.untouched()).isTrue());
    assertThat(open.ear().heard).isEmpty();
  }

  @Test
  void runsAsAnotherUser() throws Exception {
    Platform platform = Platform.detect();
    assumeTrue(platform.root() && platform.accounts(), "needs root and setpriv");
    folder.toFile().setExecutable(true, false);
    for (File each = folder.toFile(); each != null; each = each.getParentFile()) {
      assumeTrue(each.setExecutable(true, false), "needs a folder that others can enter");
    }
    Account nobody = platform.account("nobody").orElseThrow();
    StdioSettings usual =
        shell(
            "printf '{\"jsonrpc\":\"2.0\",\"method\":\"%s\"}\\n' \"$(id -u) $(id -g) $(id -G)\"; "
                + ANSWERS);
    Open open =
        open(
            children.channels(
                new StdioSettings(
                    "files",
                    usual.command(),
                    usual.environment(),
                    null,
                    nobody,
                    4,
                    4,
                    usual.start())),
            "u1");

    assertThat(open.ear().hear())
        .isInstanceOfSatisfying(
            RpcMessage.Notification.class,
            said ->
                assertThat(said.method())
                    .isEqualTo(nobody.id() + " " + nobody.group() + " " + nobody.group()));
    assertThat(platform.obstacle("no-such-user-here")).contains("is not a user of this machine");
    assertThat(new Platform(true, true, true, false).obstacle("nobody")).isPresent();
  }

  @Test
  void twoHundredChannelsLeaveNothingBehind() throws Exception {
    var channels =
        children.channels(
            new StdioSettings(
                "files",
                List.of("sh", "-c", ANSWERS),
                new EnvironmentTemplate(Map.of()),
                null,
                null,
                20,
                20,
                Duration.ofSeconds(10)));
    try (Open warm = open(channels, "u1")) {
      warm.ping(1);
      warm.ear().hear();
    }
    await(() -> channels.size() == 0);
    long threads = stdioThreads();
    int descriptors = descriptors();

    for (int round = 0; round < 20; round++) {
      List<Open> all = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        Open open = open(channels, "u" + i);
        open.ping(1);
        all.add(open);
      }
      for (Open open : all) {
        if (round % 2 == 0) {
          open.ear().hear();
        }
        open.close();
      }
      await(() -> channels.size() == 0);
    }

    assertThat(children.running).hasValue(0);
    await(() -> stdioThreads() <= threads);
    await(() -> descriptors() <= descriptors + 5);
    assertThat(children.ticker.size()).isZero();
  }

  @Test
  void placesAreLimitedPerUserAndInAllInARace() throws Exception {
    var channels =
        children.channels(
            new StdioSettings(
                "files",
                List.of("sh", "-c", ANSWERS),
                new EnvironmentTemplate(Map.of()),
                null,
                null,
                6,
                4,
                Duration.ofSeconds(10)));
    List<Open> all = new ArrayList<>();
    try (var racing = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Open>> coming = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        String user = i % 2 == 0 ? "greedy" : "other";
        coming.add(
            racing.submit(
                () -> {
                  Open open = open(channels, user);
                  open.ping(1);
                  return open;
                }));
      }
      for (Future<Open> each : coming) {
        all.add(each.get());
      }
    }
    await(() -> all.stream().allMatch(o -> !o.ear().heard.isEmpty() || !o.ear().closed.isEmpty()));

    assertThat(all).filteredOn(open -> !open.ear().heard.isEmpty()).hasSize(6);
    assertThat(children.running).hasValue(6);
    assertThat(all)
        .filteredOn(open -> !open.ear().closed.isEmpty())
        .allSatisfy(
            open ->
                assertThat(open.ear().closed.peek())
                    .isInstanceOfSatisfying(
                        Unavailable.class,
                        known -> {
                          assertThat(known.status()).isEqualTo(503);
                          assertThat(known.retryAfter()).isNotNull();
                        }));

    children.now = children.now.plus(Duration.ofSeconds(6));
    Open late = open(channels, "third");
    late.ping(1);
    assertThat(late.ear().hear()).isInstanceOf(RpcMessage.Result.class);
    assertThat(all).filteredOn(open -> open.ear().closed.peek() instanceof Ended).hasSize(1);
  }

  @Test
  void theWatchdogEndsWhatIsLeft() throws Exception {
    Path pid = folder.resolve("pid");
    Watchdog watchdog = new Watchdog(Platform.detect(), children.log);
    Process process =
        new ProcessBuilder("setsid", "sh", "-c", "sleep 1000 & echo $! > '%s'; wait".formatted(pid))
            .start();
    watchdog.add(process.pid());
    await(() -> Files.exists(pid) && size(pid) > 1);
    long grandchild = Long.parseLong(Files.readString(pid).strip());

    watchdog.close();

    await(() -> !LiveChildren.runs(process.pid()) && !LiveChildren.runs(grandchild));
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException unreadable) {
      return 0;
    }
  }

  private static long stdioThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("stdio-"))
        .count();
  }

  private static int descriptors() {
    String[] all = new File("/proc/self/fd").list();
    return all == null ? 0 : all.length;
  }

  /** Gives every user the same token. */
  private static final class Tokens implements BackendCredential {
    private volatile String value;

    Tokens(String value) {
      this.value = value;
    }

    @Override
    public CompletionStage<Answer> fields(Caller caller) {
      return CompletableFuture.completedStage(
          new Fields(Headers.of("Authorization", "Bearer " + value)));
    }

    @Override
    public boolean isPersonal() {
      return true;
    }

    @Override
    public CompletionStage<Answer> renewed(Caller caller, Headers refused) {
      return fields(caller);
    }
  }

  private record Facts(String userLogin, String userEmail) implements UserFacts {
    @Override
    public Optional<String> login(Caller caller) {
      return Optional.of(userLogin);
    }

    @Override
    public Optional<String> email(Caller caller) {
      return Optional.of(userEmail);
    }
  }
}
