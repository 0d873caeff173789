package dev.ostiary.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ostiary} in a tree of its own, with JDKs and a Maven that only pretend. */
final class OstiaryScriptTest {
  /** Prints its name and arguments; when asked for a cache, makes one. */
  private static final String JAVA =
      """
      #!/bin/sh
      printf '%s' "NAME"
      printf ' <%s>' "$@"
      printf '\\n'
      for argument; do
        case $argument in -XX:AOTCacheOutput=*) CACHE ;; esac
      done
      """;

  private static final List<String> TOOLS =
      List.of(
          "sh",
          "sed",
          "find",
          "dirname",
          "readlink",
          "cksum",
          "tr",
          "mkdir",
          "tee",
          "cat",
          "date",
          "touch",
          "grep",
          "head",
          "mv",
          "getconf");

  @TempDir private Path folder;

  private final Map<String, String> variables = new TreeMap<>();
  private Path tree;
  private Path bin;
  private String err = "";

  @BeforeEach
  void layOutATreeWithSpacesInItsPath() throws Exception {
    tree = Files.createDirectories(folder.resolve("a tree"));
    Files.copy(Path.of("../ostiary"), tree.resolve("ostiary"), StandardCopyOption.COPY_ATTRIBUTES);
    bin = Files.createDirectory(folder.resolve("bin"));
    for (String tool : TOOLS) {
      Files.createSymbolicLink(bin.resolve(tool), tool(tool));
    }
    variables.put("PATH", bin.toString());
    variables.put("HOME", folder.toString());
    variables.put("JAVA_HOME", jdk("java home", "25.0.3", "> \"${argument#*=}\" echo").toString());
  }

  /** What cleans up the folder warns of links that lead out of it. */
  @AfterEach
  void takeDownTheLinks() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path link : files.filter(Files::isSymbolicLink).toList()) {
        Files.delete(link);
      }
    }
  }

  @Test
  void startsTheProgramWithItsArguments() throws Exception {
    program();

    assertThat(run("run", "my file.yaml"))
        .startsWith("java home <-Xms32m> <-Xmx256m> <-XX:+UseCompactObjectHeaders>")
        .contains("<-jar> <" + tree.toRealPath() + "/server/target/ostiary.jar>")
        .endsWith(" <run> <my file.yaml>\n");
  }

  @Test
  void findsItsTreeThroughALink() throws Exception {
    program();
    Path link = Files.createSymbolicLink(folder.resolve("link"), tree.resolve("ostiary"));

    assertThat(run(link, "demo")).contains(tree.toRealPath() + "/server/target/ostiary.jar>");
  }

  @Test
  void usesACacheThatItMadeForThisBuild() throws Exception {
    program();

    assertThat(run("demo")).contains("<-XX:AOTCache=" + tree.toRealPath());
    assertThat(err).contains("Preparing a fast start");
    assertThat(run("demo")).contains("<-XX:AOTCache=" + tree.toRealPath());
    assertThat(err).isEmpty();
  }

  @Test
  void startsWithoutACacheThatCannotBeMadeAndDoesNotTryAgain() throws Exception {
    program();
    variables.put("JAVA_HOME", jdk("other", "25", "exit 1").toString());

    assertThat(run("demo")).startsWith("other").doesNotContain("AOTCache");
    assertThat(run("demo")).startsWith("other").doesNotContain("AOTCache");
    assertThat(err).isEmpty();
  }

  @Test
  void passesOverAJdkThatIsTooOld() throws Exception {
    program();
    variables.put("JAVA_HOME", jdk("old", "24.0.1", ":").toString());
    Files.createSymbolicLink(
        bin.resolve("java"), jdk("on the path", "26-ea", ":").resolve("bin/java"));

    assertThat(run("demo")).startsWith("on the path ");
  }

  @Test
  void saysThatMavenIsMissing() throws Exception {
    assertThat(run("demo")).isEmpty();
    assertThat(err).contains("has to be built first, and that needs Maven").hasLineCount(1);
  }

  @Test
  void buildsWhatIsMissingAndShowsHowFarItIs() throws Exception {
    maven(
        """
        #!/bin/sh
        echo '[INFO] Building Ostiary: http 0.1.0-SNAPSHOT   [3/14]'
        mkdir -p server/target/lib
        echo jar > server/target/ostiary.jar
        """);

    assertThat(run("demo")).contains("<demo>");
    assertThat(err).contains("Building Ostiary with ", "  [3/14] http\n", "Built in ");
  }

  @Test
  void buildsAnewWhenASourceIsNewerThanTheProgram() throws Exception {
    program();
    Path source = tree.resolve("http/src/main/java/A.java");
    Files.createDirectories(source.getParent());
    Files.writeString(source, "");
    Files.setLastModifiedTime(
        tree.resolve("server/target/ostiary.jar"), java.nio.file.attribute.FileTime.fromMillis(0));
    maven("#!/bin/sh\necho anew > server/target/ostiary.jar\n");

    assertThat(run("demo")).contains("<demo>");
    assertThat(tree.resolve("server/target/ostiary.jar")).hasContent("anew");
  }

  @Test
  void saysWhereTheLogOfAFailedBuildIs() throws Exception {
    maven("#!/bin/sh\necho '[ERROR] it broke'\nexit 1\n");

    assertThat(run("demo")).isEmpty();
    assertThat(err)
        .contains("[ERROR] it broke")
        .contains("could not be built; the whole log is in " + tree.toRealPath());
  }

  private void program() throws IOException {
    Files.createDirectories(tree.resolve("server/target/lib"));
    Files.writeString(tree.resolve("server/target/ostiary.jar"), "jar");
  }

  private void maven(String script) throws IOException {
    executable(bin.resolve("mvn"), script);
  }

  private Path jdk(String name, String version, String makingACache) throws IOException {
    Path jdk = Files.createDirectories(folder.resolve(name));
    Files.createDirectories(jdk.resolve("bin"));
    executable(jdk.resolve("bin/java"), JAVA.replace("NAME", name).replace("CACHE", makingACache));
    executable(jdk.resolve("bin/javac"), "#!/bin/sh\n");
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return jdk;
  }

  private static void executable(Path file, String script) throws IOException {
    Files.writeString(file, script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path tool(String name) {
    return List.of("/usr/bin/", "/bin/").stream()
        .map(folder -> Path.of(folder + name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  private String run(String... arguments) throws Exception {
    return run(tree.resolve("ostiary"), arguments);
  }

  private String run(Path script, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    Path errors = folder.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectError(errors.toFile());
    builder.environment().clear();
    builder.environment().putAll(variables);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    err = Files.readString(errors);
    return out;
  }
}
