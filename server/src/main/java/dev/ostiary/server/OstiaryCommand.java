package dev.ostiary.server;

import dev.ostiary.config.Nearest;
import dev.ostiary.server.exit.ExitCode;
import dev.ostiary.server.exit.StartRefused;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: what may be typed behind {@code ostiary}. */
final class OstiaryCommand {
  private OstiaryCommand() {}

  static CommandLine of(Invocation invocation) {
    CommandSpec spec =
        CommandSpec.create()
            .name("ostiary")
            .version(Version.text())
            .mixinStandardHelpOptions(true)
            .addSubcommand("demo", DemoCommand.spec(invocation))
            .addSubcommand("run", RunCommand.spec(invocation))
            .addSubcommand("clients", ClientsCommand.spec(invocation))
            .addSubcommand("grants", GrantsCommand.spec(invocation))
            .addSubcommand("store", StoreCommand.spec(invocation))
            .addSubcommand("keys", KeysCommand.spec(invocation))
            .addSubcommand("backup", BackupCommand.spec(invocation))
            .addSubcommand("restore", RestoreCommand.spec(invocation))
            .addSubcommand("hash-password", HashPasswordCommand.spec(invocation))
            .addSubcommand("check", CheckCommand.spec(invocation))
            .addSubcommand("doctor", DoctorCommand.spec(invocation))
            .addSubcommand("rehearse", AotTrainingCommand.spec(invocation));
    describe(spec);
    return new CommandLine(spec)
        .setOut(writer(invocation.out()))
        .setErr(writer(invocation.err()))
        .setColorScheme(Help.defaultColorScheme(invocation.colour() ? Help.Ansi.ON : Help.Ansi.OFF))
        .setParameterExceptionHandler((wrong, _) -> explain(wrong))
        .setExecutionStrategy(OstiaryCommand::execute);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }

  private static void describe(CommandSpec spec) {
    spec.usageMessage()
        .header("OAuth 2.1 for MCP servers.", "")
        .customSynopsis("ostiary COMMAND [OPTION...]")
        .optionListHeading("%nOptions:%n")
        .commandListHeading("%nCommands:%n")
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(exitCodes())
        .footer("", "Begin with `ostiary demo`: no account, no configuration.");
  }

  private static Map<String, String> exitCodes() {
    Map<String, String> codes = new LinkedHashMap<>();
    Arrays.stream(ExitCode.values())
        .forEach(code -> codes.put(" " + code.number(), code.meaning()));
    return codes;
  }

  private static int execute(ParseResult parsed) {
    Integer helped = CommandLine.executeHelpRequest(parsed);
    if (helped != null) {
      return helped;
    }
    CommandLine line = parsed.commandSpec().commandLine();
    ParseResult typed = parsed;
    while (typed.hasSubcommand()) {
      typed = typed.subcommand();
    }
    if (typed.commandSpec().userObject() instanceof Command command) {
      return run(command, typed, line.getErr());
    }
    typed.commandSpec().commandLine().usage(line.getOut());
    return ExitCode.STOPPED.number();
  }

  private static int run(Command command, ParseResult typed, PrintWriter err) {
    try {
      return command.run(typed);
    } catch (StartRefused refused) {
      err.println(refused.getMessage());
      return refused.exitCode().number();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return ExitCode.FAILED.number();
    }
  }

  private static int explain(ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(wrong.getMessage());
    meant(wrong).ifPresent(word -> err.println("Did you mean " + word + "?"));
    err.println("See: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE.number();
  }

  /** The option or command that was probably meant. */
  private static Optional<String> meant(ParameterException wrong) {
    CommandSpec spec = wrong.getCommandLine().getCommandSpec();
    return wrong instanceof UnmatchedArgumentException unmatched
        ? Nearest.of(
            unmatched.getUnmatched().getFirst(),
            Stream.concat(spec.optionsMap().keySet().stream(), spec.subcommands().keySet().stream())
                .toList())
        : Optional.empty();
  }
}
