package dev.ostiary.server;

import dev.ostiary.connector.local.PasswordHash;
import dev.ostiary.protocol.Secret;
import dev.ostiary.server.exit.ExitCode;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code ostiary hash-password}: makes the hash of a local user's password. */
final class HashPasswordCommand implements Command {
  private static final int LEAST = 8;
  private static final int MOST = 256;

  private final Invocation invocation;

  private HashPasswordCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  static CommandSpec spec(Invocation invocation) {
    CommandSpec spec =
        CommandSpec.wrapWithoutInspection(new HashPasswordCommand(invocation))
            .name("hash-password")
            .mixinStandardHelpOptions(true)
            .version(Version.text());
    spec.usageMessage()
        .description(
            "Asks for a password, and prints its Argon2id hash for"
                + " sign-in.local.users.NAME.password-hash.",
            "Without a terminal, it reads the first line of its input.")
        .optionListHeading("%nOptions:%n");
    return spec;
  }

  @Override
  public int run(ParseResult parsed) {
    CommandLine line = parsed.commandSpec().commandLine();
    String password = password(line);
    if (password.length() < LEAST || password.length() > MOST) {
      throw new ParameterException(
          line, "A password has " + LEAST + " to " + MOST + " characters.");
    }
    invocation.out().println(PasswordHash.of(new Secret(password)));
    invocation.out().flush();
    return ExitCode.STOPPED.number();
  }

  private String password(CommandLine line) {
    return Optional.ofNullable(System.console())
        .filter(Console::isTerminal)
        .map(console -> ask(console, line))
        .orElseGet(this::read);
  }

  private static String ask(Console console, CommandLine line) {
    char[] password = typed(console, "Password: ");
    char[] again = typed(console, "Again: ");
    try {
      if (!Arrays.equals(password, again)) {
        throw new ParameterException(line, "The two passwords differ.");
      }
      return new String(password);
    } finally {
      Arrays.fill(password, ' ');
      Arrays.fill(again, ' ');
    }
  }

  private static char[] typed(Console console, String prompt) {
    char[] typed = console.readPassword(prompt);
    return typed == null ? new char[0] : typed;
  }

  private String read() {
    try {
      String line =
          new BufferedReader(new InputStreamReader(invocation.in(), StandardCharsets.UTF_8))
              .readLine();
      return line == null ? "" : line;
    } catch (IOException unreadable) {
      return "";
    }
  }
}
