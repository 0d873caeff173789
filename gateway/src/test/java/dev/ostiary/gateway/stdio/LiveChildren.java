package dev.ostiary.gateway.stdio;

import dev.ostiary.gateway.backend.CallHead;
import dev.ostiary.gateway.credential.BackendCredential;
import dev.ostiary.gateway.observe.BackendFailure;
import dev.ostiary.gateway.observe.GatewayObserver;
import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.Channel;
import dev.ostiary.gateway.peer.ChannelFailure;
import dev.ostiary.gateway.peer.Outgoing;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Request;
import dev.ostiary.mcp.Revision;
import dev.ostiary.mcp.rpc.RpcJson;
import dev.ostiary.mcp.rpc.RpcMessage;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import dev.ostiary.protocol.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/** Real children of a server called files, on this machine. */
final class LiveChildren implements AutoCloseable {
  /** Answers each request with an empty result. */
  static final String ANSWERS =
      """
      while IFS= read -r line; do
        id=${line#*'"id":'}; id=${id%%,*}
        printf '{"jsonrpc":"2.0","id":%s,"result":{}}\\n' "$id"
      done
      """;

  private static final Duration LIMIT = Duration.ofSeconds(60);

  final Log log = new Log();
  final AtomicInteger running = new AtomicInteger();
  final List<BackendFailure> failures = new CopyOnWriteArrayList<>();
  final Ticker ticker;
  volatile Instant now = Instant.parse("2026-11-30T00:00:00Z");
  private final Path folder;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ProcessHost host;
  private final StdioShared shared;
  private final List<StdioChannels> opened = new CopyOnWriteArrayList<>();

  LiveChildren(Path folder) {
    this.folder = folder;
    this.ticker = new Ticker(() -> now, log);
    this.host = new ProcessHost(Platform.detect(), log);
    this.shared =
        new StdioShared(host, homes(), LineBudget.ofHeap(), threads, ticker, observer(), log);
  }

  private GatewayObserver observer() {
    return new GatewayObserver() {
      @Override
      public void childStarted(String server) {
        running.incrementAndGet();
      }

      @Override
      public void childEnded(String server) {
        running.decrementAndGet();
      }

      @Override
      public void backendFailed(String server, BackendFailure failure) {
        failures.add(failure);
      }
    };
  }

  private Homes homes() {
    return new Homes() {
      @Override
      public String open(String server, Subject user, @Nullable Account owner) throws IOException {
        Path home = folder.resolve("home-" + user.value());
        Files.createDirectories(home);
        if (owner != null) {
          Files.setAttribute(home, "unix:uid", Math.toIntExact(owner.id()));
        }
        return home.toString();
      }

      @Override
      public void release(String server, Subject user) {}
    };
  }

  static StdioSettings settings(String... command) {
    return new StdioSettings(
        "files",
        List.of(command),
        new EnvironmentTemplate(Map.of()),
        null,
        null,
        16,
        8,
        Duration.ofSeconds(10));
  }

  static StdioSettings shell(String script) {
    return settings("sh", "-c", script);
  }

  static StdioSettings declaring(String script, Map<String, Secret> variables) {
    StdioSettings usual = shell(script);
    return new StdioSettings(
        usual.name(),
        usual.command(),
        new EnvironmentTemplate(variables),
        null,
        null,
        16,
        8,
        usual.start());
  }

  StdioChannels channels(StdioSettings settings) {
    return channels(settings, BackendCredential.NONE, UserFacts.NONE);
  }

  StdioChannels channels(StdioSettings settings, BackendCredential credential, UserFacts facts) {
    StdioChannels channels = new StdioChannels(settings, credential, facts, shared);
    opened.add(channels);
    return channels;
  }

  static Cause cause(String user) {
    try {
      return Cause.of(
          new CallHead(
              new Request(
                  "r",
                  "POST",
                  "/files/mcp",
                  "",
                  Headers.none(),
                  Body.of(new byte[0]),
                  InetAddress.getLoopbackAddress()),
              new Caller(
                  new Subject(user), new ClientId("c"), new GrantId("g-" + user), Scopes.of("mcp")),
              Revision.UNNAMED,
              null));
    } catch (RuntimeException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** What one conversation hears. */
  static final class Ear implements Channel.Listener {
    final BlockingQueue<RpcMessage> heard = new LinkedBlockingQueue<>();
    final BlockingQueue<ChannelFailure> closed = new LinkedBlockingQueue<>();

    @Override
    public void received(RpcMessage message, long about) {
      heard.add(message);
    }

    @Override
    public void failed(long request, ChannelFailure failure) {
      throw new IllegalStateException("a child has one stream");
    }

    @Override
    public void closed(ChannelFailure failure) {
      closed.add(failure);
    }

    RpcMessage hear() throws InterruptedException {
      RpcMessage message = heard.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("nothing was heard; closed by " + closed);
      }
      return message;
    }

    ChannelFailure end() throws InterruptedException {
      ChannelFailure failure = closed.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
      if (failure == null) {
        throw new AssertionError("the channel stays open");
      }
      return failure;
    }
  }

  /** A channel with its listener. */
  record Open(Channel channel, Ear ear) implements AutoCloseable {
    void ping(int id) {
      channel.send(message(id, ""));
    }

    @Override
    public void close() {
      channel.close();
    }
  }

  static Outgoing message(int id, String padding) {
    var params = RpcJson.object();
    if (!padding.isEmpty()) {
      params.put("padding", padding);
    }
    return Outgoing.of(
        new RpcMessage.Request(JsonNodeFactory.instance.numberNode(id), "ping", params),
        cause("u1"),
        Headers.none());
  }

  static Open open(StdioChannels channels, String user) {
    Ear ear = new Ear();
    return new Open(channels.open(cause(user), ear), ear);
  }

  /** Waits until this is so. */
  static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it did not come about");
      }
      Thread.onSpinWait();
    }
  }

  /** Whether a process runs; one that has ended and was not asked for does not. */
  static boolean runs(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return !stat.substring(stat.lastIndexOf(')')).startsWith(") Z");
    } catch (java.nio.file.NoSuchFileException gone) {
      return false;
    } catch (IOException gone) {
      if (Files.notExists(Path.of("/proc/" + pid))) {
        return false;
      }
      throw new UncheckedIOException(gone);
    }
  }

  @Override
  public void close() {
    opened.forEach(StdioChannels::close);
    host.close();
    threads.close();
  }

  /** Keeps what it is told. */
  static final class Log implements Logger {
    final List<String> lines = new CopyOnWriteArrayList<>();

    Optional<String> find(String part) {
      return lines.stream().filter(line -> line.contains(part)).findFirst();
    }

    @Override
    public String getName() {
      return "sample";
    }

    @Override
    public boolean isLoggable(Level level) {
      return level != Level.DEBUG;
    }

    @Override
    public void log(
        Level level, @Nullable ResourceBundle bundle, String message, @Nullable Throwable thrown) {
      if (isLoggable(level)) {
        lines.add(level + " " + message);
      }
    }

    @Override
    public void log(
        Level level, @Nullable ResourceBundle bundle, String format, @Nullable Object... params) {
      if (isLoggable(level)) {
        lines.add(level + " " + java.text.MessageFormat.format(format, params));
      }
    }
  }
}
