package dev.ostiary.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.server.exit.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandLineTest {
  private static final Path PAGE = Path.of("../docs/reference/command-line.md");

  private static final List<String> COMMANDS =
      List.of(
          "--help",
          "demo --help",
          "run --help",
          "hash-password --help",
          "check --help",
          "doctor --help",
          "clients --help",
          "clients add --help",
          "clients list --help",
          "clients remove --help",
          "grants --help",
          "grants list --help",
          "grants revoke --help",
          "store --help",
          "store copy --help",
          "keys --help",
          "keys list --help",
          "keys rotate --help",
          "keys rotate signing --help",
          "keys rotate data --help",
          "backup --help",
          "restore --help");

  @TempDir private Path folder;

  private String typed = "";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void showsHelpWhenNothingIsAskedFor() {
    assertThat(run()).isZero();
    assertThat(out())
        .contains("Usage: ostiary COMMAND", "demo", "run", "Begin with")
        .doesNotContain("rehearse");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "demo --help", "run --help", "demo -h"})
  void showsHelpOnStandardOutput(String line) {
    assertThat(run(line.split(" "))).isZero();
    assertThat(out()).contains("Usage: ostiary");
    assertThat(err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "demo --version", "run -V"})
  void showsItsVersion(String line) {
    assertThat(run(line.split(" "))).isZero();
    assertThat(out()).startsWith("ostiary ").contains("(Java " + Runtime.version());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "demo --prot=8080 | Unknown option: '--prot=8080' | See: ostiary demo --help",
        "demo --dta x | Did you mean --data? | See: ostiary demo --help",
        "dmo | Did you mean demo? | See: ostiary --help",
        "demo --port | Missing required parameter for option '--port' (PORT) | See: ostiary demo",
        "demo --port x | Invalid value for option '--port' | 'x' is not an int",
        "demo --sign-in corporate | 'corporate' is not github or openid | See: ostiary demo --help",
        "demo --backend ftp://x/mcp | ftp://x/mcp is not the http or https address | See: ostiary"
            + " demo",
        "demo --backend /mcp | /mcp is not the http or https address | See: ostiary demo --help",
        "hash-password | A password has 8 to 256 characters. | See: ostiary hash-password --help",
        "demo --port 0 | 0 is not between 1 and 65535 | See: ostiary demo --help",
        "demo --log-level loud | 'loud' is none of error, warning, info, debug, trace | See:",
        "check | Missing required parameter: 'URL' | See: ostiary check --help",
        "check ftp://a/mcp | 'ftp://a/mcp' is not the address of a server | See: ostiary check",
        "check http://a --format pdf | 'pdf' is none of text, json, junit | See: ostiary check",
        "check http://a --profile lynx | 'lynx' is none of claude.ai | See: ostiary check --help",
        "run a.yaml b.yaml | Unmatched argument at index 2: 'b.yaml' | See: ostiary run --help",
      })
  void explainsAWrongCommandLine(String line, String what, String next) {
    assertThat(run(line.split(" "))).isEqualTo(ExitCode.USAGE.number());
    assertThat(err()).contains(what, next);
    assertThat(out()).isEmpty();
  }

  @Test
  void printsTheHashOfAPassword() {
    typed = "correct horse battery staple\n";

    assertThat(run("hash-password")).isZero();
    assertThat(out()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").hasLineCount(1);
    assertThat(err()).isEmpty();
  }

  @Test
  void refusesAConfigurationWithEveryProblemAtOnce() throws Exception {
    Files.writeString(folder.resolve("ostiary.yaml"), "url: http://a.example.com\nlissten: x\n");

    assertThat(run("run")).isEqualTo(ExitCode.CONFIGURATION.number());
    assertThat(err()).contains("ostiary.yaml has 3 problems.", "line 1: url", "line 2: lissten");
    assertThat(err()).contains("https://github.com/settings/applications/new");
  }

  @Test
  void saysThatAConfigurationCannotBeRead() {
    assertThat(run("run", "nowhere.yaml")).isEqualTo(ExitCode.CONFIGURATION.number());
    assertThat(err())
        .isEqualTo("The configuration nowhere.yaml cannot be read: it does not exist.\n");
  }

  @Test
  void saysThatTheDataDirectoryCannotBeUsed() throws Exception {
    Files.writeString(folder.resolve("file"), "");

    assertThat(run("demo", "--data", "file")).isEqualTo(ExitCode.DATA.number());
    assertThat(err()).contains("is not a directory").hasLineCount(1);
  }

  @Test
  void helpIsOnTheReferencePage() throws Exception {
    String page = Files.readString(PAGE);
    for (String command : COMMANDS) {
      out.reset();
      run(command.split(" "));
      String block = "```\n$ ./ostiary " + command + "\n" + out().stripTrailing() + "\n```";
      if ("write".equals(System.getProperty("docs"))) {
        int begin = page.indexOf("```\n$ ./ostiary " + command + "\n");
        int end = page.indexOf("\n```", begin + 3) + "\n```".length();
        page = page.substring(0, begin) + block + page.substring(end);
        Files.writeString(PAGE, page);
      }
      assertThat(page).as("%s; to write it anew: mvn verify -Ddocs=write", PAGE).contains(block);
    }
  }

  private int run(String... arguments) {
    Invocation invocation =
        new Invocation(
            Map.of(),
            folder,
            new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            InstantSource.system());
    return OstiaryCommand.of(invocation).execute(arguments);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
