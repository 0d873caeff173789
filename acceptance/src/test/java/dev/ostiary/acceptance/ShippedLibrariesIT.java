package dev.ostiary.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.Attributes.Name;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The libraries that the program is shipped with are those whose SHA-256 somebody has looked at: a
 * registry that serves another file under the same name and version breaks the build. After a
 * change of versions: {@code mvn -pl acceptance -am verify -Ddocs=write}, and read the difference.
 */
final class ShippedLibrariesIT {
  private static final Path PROGRAM = SourceTree.root().resolve("server/target/ostiary.jar");
  private static final Path KNOWN = SourceTree.root().resolve("build/libraries.sha256");

  @Test
  void areThoseThatAreKnown() throws IOException {
    List<String> found =
        libraries().stream()
            .filter(file -> !file.getFileName().toString().startsWith("ostiary-"))
            .sorted()
            .map(file -> hash(file) + "  " + file.getFileName())
            .toList();
    if ("write".equals(System.getProperty("docs"))) {
      Files.writeString(KNOWN, String.join("\n", found) + "\n", UTF_8);
    }
    assertThat(found).isNotEmpty().isEqualTo(Files.readAllLines(KNOWN, UTF_8));
  }

  /** Those that the program names, wherever older ones lie beside them. */
  private static List<Path> libraries() throws IOException {
    try (JarFile program = new JarFile(PROGRAM.toFile())) {
      String named = program.getManifest().getMainAttributes().getValue(Name.CLASS_PATH);
      return Stream.of(named.split(" ")).map(PROGRAM::resolveSibling).toList();
    }
  }

  private static String hash(Path file) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (IOException | NoSuchAlgorithmException failure) {
      throw new IllegalStateException(file.toString(), failure);
    }
  }
}
