package dev.ostiary.simulator;

import dev.ostiary.simulator.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * GitHub's published OpenAPI description, asked through a program for Node ({@code
 * src/test/npm/validate.js}). Its packages are installed once below {@code target}.
 */
final class OpenApiDescription {
  private static final Path SOURCE = Path.of("src/test/npm");
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", "validate.js");

  private final Path folder;

  private OpenApiDescription(Path folder) {
    this.folder = folder;
  }

  /**
   * One answer to be validated.
   *
   * @param path as the description has it, with its variables in braces
   */
  record Payload(String name, String method, String path, String version, JsonNode json) {
    String line() {
      ObjectNode line = Json.object();
      line.put("name", name).put("method", method).put("path", path).put("version", version);
      line.set("payload", json);
      return line.toString();
    }
  }

  /** Whether there is a Node to ask through. */
  static boolean isAvailable() {
    try {
      Path output = Files.createTempFile("node", ".txt");
      try {
        return run(Path.of("."), output, null, "node", "--version") == 0;
      } finally {
        Files.delete(output);
      }
    } catch (IOException absent) {
      return false;
    }
  }

  static OpenApiDescription install() {
    try {
      Path folder = Files.createDirectories(Path.of("target/npm"));
      Path installed = folder.resolve("node_modules/.package-lock.json");
      boolean current = Files.exists(installed) && isUnchanged(folder);
      for (String file : FILES) {
        Files.copy(SOURCE.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
      if (!current) {
        Path output = folder.resolve("install.txt");
        String[] command = {"npm", "ci", "--prefer-offline", "--no-audit", "--no-fund"};
        if (run(folder, output, null, command) != 0) {
          throw new AssertionError("npm ci failed:\n" + Files.readString(output));
        }
      }
      return new OpenApiDescription(folder);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** What is wrong with each payload; nothing if it is as described. */
  Map<String, List<String>> validate(List<Payload> payloads) {
    try {
      Path input = folder.resolve("payloads.jsonl");
      Path output = folder.resolve("verdicts.jsonl");
      Files.write(input, payloads.stream().map(Payload::line).toList());
      if (run(folder, output, input, "node", "validate.js") != 0) {
        throw new AssertionError("validate.js failed:\n" + Files.readString(output));
      }
      Map<String, List<String>> verdicts = new LinkedHashMap<>();
      for (String line : Files.readAllLines(output)) {
        JsonNode verdict = JsonMapper.shared().readTree(line);
        List<String> errors = new ArrayList<>();
        verdict.path("errors").values().forEach(error -> errors.add(error.stringValue()));
        verdicts.put(verdict.path("name").stringValue(), errors);
      }
      return verdicts;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static boolean isUnchanged(Path folder) throws IOException {
    Path lock = folder.resolve("package-lock.json");
    return Files.exists(lock) && Files.mismatch(lock, SOURCE.resolve("package-lock.json")) == -1;
  }

  private static int run(
      Path folder, Path output, @org.jspecify.annotations.Nullable Path input, String... command)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toAbsolutePath().toFile());
    if (input != null) {
      builder.redirectInput(input.toAbsolutePath().toFile());
    }
    try {
      return builder.start().waitFor();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }
}
