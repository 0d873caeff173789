package dev.ostiary.embed.config;

import static dev.ostiary.config.Form.between;
import static dev.ostiary.config.Key.key;
import static dev.ostiary.config.Key.list;

import dev.ostiary.config.Form;
import dev.ostiary.config.Key;
import dev.ostiary.config.Problems;
import dev.ostiary.config.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The keys of a server that is a program. */
final class StdioKeys {
  static final String COMMAND = "command";

  private static final String REMEDY = "Leave it out for the default.";

  /** Those that a backend has too, where the reference page tells of them. */
  static final List<String> SHARED =
      List.of("answer-timeout", "idle-timeout", "keep-alive", "body-limit", "session-lifetime");

  static final Section<StdioServer> STDIO =
      Section.of(
              StdioServer.class,
              list(
                      COMMAND,
                      Form.of("text", text -> text, text -> text, "Write it in quotes."),
                      "The MCP server that this one guards, as a program on this machine: the"
                          + " program and its arguments, each given to it as it is written.")
                  .otherwise("`connector` or `backend` is needed")
                  .check(StdioKeys::checkCommand),
              key(
                  "env",
                  new EnvironmentShape(),
                  "Variables for the program of `command`, whose environment is empty otherwise but"
                      + " for `PATH`, `HOME` and `LANG`. Values may name variables of Ostiary's"
                      + " own, files, and the"
                      + " [user](../how-to/put-a-stdio-server-behind-oauth.md#what-the-program-sees):"
                      + " `${upstream-token}`, `${user.sub}`, `${user.login}`, `${user.email}`."),
              key("directory", Form.DIRECTORY, "Where the program of `command` starts.")
                  .otherwise("a private directory of each user")
                  .check(StdioKeys::checkDirectory),
              key(
                      "run-as",
                      Form.TEXT,
                      "The user of this machine that the program of `command` runs as. Ostiary has"
                          + " to run as root for that.")
                  .otherwise("Ostiary's own user"),
              number("max-children", 1, 10_000, "How many programs run at the same time at most."),
              number(
                      "max-children-per-user",
                      1,
                      10_000,
                      "How many of them are for one user at most, and never all.")
                  .otherwise("an eighth of `max-children`, or four"),
              time(
                  "start-timeout",
                  Duration.ofSeconds(1),
                  Duration.ofMinutes(10),
                  "How long the program may take until it answers for the first time."),
              time(
                  "child-idle-timeout",
                  Duration.ofSeconds(5),
                  Duration.ofDays(7),
                  "After so long without a call or stream a program is ended."),
              ServerKeys.ANSWER.to("answerTimeout"),
              ServerKeys.IDLE.to("idleTimeout"),
              ServerKeys.KEEP_ALIVE,
              ServerKeys.BODY_LIMIT,
              ServerKeys.SESSION_LIFETIME)
          .defaults(_ -> StdioServer.of(List.of("unknown")));

  private StdioKeys() {}

  private static Key<Duration> time(String name, Duration least, Duration most, String meaning) {
    return key(name, Form.TIME, meaning).check(between(Form.TIME, least, most, REMEDY));
  }

  private static Key<Integer> number(String name, int least, int most, String meaning) {
    return key(name, Form.NUMBER, meaning).check(between(Form.NUMBER, least, most, REMEDY));
  }

  private static void checkCommand(List<String> command, Problems problems) {
    if (command.isEmpty()
        || command.getFirst().isBlank()
        || command.getFirst().startsWith("-")
        || command.stream().anyMatch(word -> word.indexOf('\0') >= 0)) {
      problems.add(
          null,
          "must begin with a program",
          "Write it as [\"npx\", \"-y\", \"@modelcontextprotocol/server-filesystem\","
              + " \"/srv/files\"].");
    }
  }

  private static void checkDirectory(Path directory, Problems problems) {
    if (!directory.isAbsolute()) {
      problems.add(
          directory.toString(), "must be the whole path of a directory", "Begin it with a slash.");
    }
  }
}
