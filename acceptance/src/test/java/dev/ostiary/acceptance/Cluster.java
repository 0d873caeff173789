package dev.ostiary.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ostiary.http.netty.EventLoops;
import dev.ostiary.http.netty.NettyServer;
import dev.ostiary.http.netty.Options;
import dev.ostiary.simulator.SimulatedGitHub;
import dev.ostiary.simulator.settings.Person;
import dev.ostiary.simulator.settings.SimulatorSettings;
import dev.ostiary.simulator.token.App;
import dev.ostiary.testkit.postgresql.PostgresqlServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

/**
 * Nodes of one server: programs with data directories and ports of their own, and the same master
 * key, database and URL, behind a {@link RoundRobin}.
 */
final class Cluster implements AutoCloseable {
  /** Speaks the legacy era and has no tools. */
  private static final String STDIO =
      """
      while IFS= read -r line; do
        id=${line#*'"id":'}; id=${id%%,*}
        case $line in
          *'"initialize"'*) printf '{"jsonrpc":"2.0","id":%s,"result":{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"sh","version":"1"}}}\\n' "$id" ;;
          *'"tools/list"'*) printf '{"jsonrpc":"2.0","id":%s,"result":{"tools":[]}}\\n' "$id" ;;
          *'"id":'*) printf '{"jsonrpc":"2.0","id":%s,"error":{"code":-32601,"message":"Method not found"}}\\n' "$id" ;;
        esac
      done
      """;

  private final EventLoops loops = EventLoops.start();
  private final List<Program> nodes = new ArrayList<>();
  private final PostgresqlServer database;
  private final HttpServer backend;
  private final NettyServer github;
  private final RoundRobin proxy;
  private final Path folder;
  private final String url;

  private Cluster(Path folder, int size) throws IOException {
    this.folder = folder;
    database = PostgresqlServer.start("fsync=on");
    backend = backend();
    List<Integer> ports = new ArrayList<>();
    for (int node = 0; node < size; node++) {
      ports.add(FreePort.find());
    }
    proxy = RoundRobin.start(FreePort.find(), ports);
    github = github(proxy.origin());
    url = database.newSchema();
    Files.writeString(folder.resolve("stdio.sh"), STDIO);
    for (int node = 0; node < size; node++) {
      configure(node, ports.get(node), url);
    }
  }

  /** Starts all of it; the first node makes the tables and the master key. */
  static Cluster start(Path folder, int size) throws IOException, InterruptedException {
    Cluster cluster = new Cluster(folder, size);
    try {
      for (int node = 0; node < size; node++) {
        cluster.shareMasterKey(node);
        cluster.nodes.add(
            Program.run(
                cluster.home(node).resolve("ostiary.yaml"),
                cluster.home(node),
                cluster.port(node)));
      }
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException failure) {
      cluster.close();
      throw failure;
    }
  }

  Program node(int node) {
    return nodes.get(node);
  }

  int size() {
    return nodes.size();
  }

  PostgresqlServer database() {
    return database;
  }

  /** Where clients find the cluster; also the issuer. */
  URI origin() {
    return proxy.origin();
  }

  /** The one server whose backend is reached by HTTP, at the cluster or at one node. */
  static URI docs(URI origin) {
    return origin.resolve("/docs/mcp");
  }

  /** The server that is a program on each node. */
  static URI files(URI origin) {
    return origin.resolve("/files/mcp");
  }

  /** Starts a node again that has ended. */
  void restart(int node) throws IOException, InterruptedException {
    nodes.set(node, nodes.get(node).restart());
  }

  /** A node that does not get ready. */
  record Outsider(Process process, Path log, URI origin) implements AutoCloseable {
    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  /**
   * Starts one more node, which the load balancer does not know, and does not wait for it.
   *
   * @param knowsKey whether it has the master key of the others
   * @param before what its command begins with
   */
  Outsider startOutsider(boolean knowsKey, String... before) throws IOException {
    int node = nodes.size() + (knowsKey ? 0 : 1);
    int port = FreePort.find();
    configure(node, port, url);
    if (knowsKey) {
      shareMasterKey(node);
    }
    List<String> command = new ArrayList<>(List.of(before));
    command.addAll(Program.java());
    command.addAll(List.of("run", home(node).resolve("ostiary.yaml").toString()));
    Path log = home(node).resolve("log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new Outsider(process, log, URI.create("http://127.0.0.1:" + port));
  }

  private int port(int node) throws IOException {
    return Integer.parseInt(Files.readString(home(node).resolve("port")));
  }

  private Path home(int node) {
    return folder.resolve("node" + node);
  }

  private void shareMasterKey(int node) throws IOException {
    Path first = home(0).resolve("data/master.key");
    if (node > 0) {
      Files.createDirectories(home(node).resolve("data"));
      Files.copy(first, home(node).resolve("data/master.key"), StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  private void configure(int node, int port, String database) throws IOException {
    Files.createDirectories(home(node));
    Files.writeString(home(node).resolve("port"), Integer.toString(port));
    Files.writeString(
        home(node).resolve("ostiary.yaml"),
        """
        url: %s
        listen: 127.0.0.1:%d
        data: %s
        store:
          postgresql: { url: "%s", pool: 8 }
        sign-in:
          github: { base-url: "http://127.0.0.1:%d", client-id: id, client-secret: secret }
        servers:
          docs: { backend: "http://127.0.0.1:%d/mcp", allow: everyone }
          files: { command: [sh, %s], allow: everyone }
        limits: { token: 100000 per 1m, registration: 100000 per 1m, refusal: 100000 per 1m, authorization: 100000 per 1m }
        """
            .formatted(
                origin(),
                port,
                home(node).resolve("data"),
                database,
                github.address().getPort(),
                backend.getAddress().getPort(),
                folder.resolve("stdio.sh")));
  }

  private NettyServer github(URI origin) throws IOException {
    App app = App.oauth("id", "secret", "Cluster", origin.resolve("/callback").toString());
    SimulatedGitHub simulated =
        new SimulatedGitHub(
            SimulatorSettings.of(app).with(Person.approving("octocat")), InstantSource.system());
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    NettyServer server =
        NettyServer.start(Options.at(anyPort, InstantSource.system()), loops, simulated);
    simulated.at(URI.create("http://127.0.0.1:" + server.address().getPort()));
    return server;
  }

  private static HttpServer backend() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/mcp", Cluster::answer);
    server.start();
    return server;
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String asked = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      String result =
          asked.contains("\"server/discover\"")
              ? "{\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{\"tools\":{}},\"resultType\":\"complete\"}"
              : "{\"tools\":[]}";
      String answer =
          "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":%s}"
              .formatted(JsonMapper.shared().readTree(asked).path("id"), result);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, answer.length());
      exchange.getResponseBody().write(answer.getBytes(UTF_8));
    }
  }

  @Override
  public void close() {
    proxy.close();
    for (Program node : nodes) {
      node.close();
    }
    github.close();
    backend.stop(0);
    loops.close();
    database.close();
  }
}
