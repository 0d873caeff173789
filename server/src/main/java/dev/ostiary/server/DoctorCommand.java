package dev.ostiary.server;

import dev.ostiary.http.netty.EventLoops;
import dev.ostiary.http.netty.outbound.NettyOutbound;
import dev.ostiary.http.netty.outbound.NettyOutbounds;
import dev.ostiary.server.check.CheckOptions;
import dev.ostiary.server.check.CheckRun;
import dev.ostiary.server.data.DataDirectory;
import dev.ostiary.server.data.IoErrors;
import dev.ostiary.server.doctor.Doctor;
import dev.ostiary.server.doctor.SignInTrace;
import dev.ostiary.server.exit.StartRefused;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code ostiary doctor}: diagnoses this installation, or one failed sign-in. */
final class DoctorCommand implements Command {
  private static final String REFERENCE = "--reference";

  private final Invocation invocation;

  private DoctorCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  static CommandSpec spec(Invocation invocation) {
    CommandSpec spec =
        CommandSpec.wrapWithoutInspection(new DoctorCommand(invocation))
            .name("doctor")
            .mixinStandardHelpOptions(true)
            .version(Version.text())
            .addPositional(
                PositionalParamSpec.builder()
                    .paramLabel("FILE")
                    .type(Path.class)
                    .arity("0..1")
                    .description("The configuration, as for run.")
                    .build())
            .addOption(
                OptionSpec.builder(REFERENCE)
                    .paramLabel("ID")
                    .type(String.class)
                    .description(
                        "Explains one sign-in instead: the reference is on the page that a person"
                            + " saw, and in the X-Request-Id of every answer.")
                    .build())
            .addOption(OperatingOptions.data());
    CheckOptions.addTo(spec);
    spec.addOption(CheckOptions.profile()).addOption(LogLevel.option(LogLevel.ERROR));
    spec.usageMessage()
        .description(
            "Diagnoses this installation, or one failed sign-in.",
            "Looks at the configuration and the data, asks the identity providers, the",
            "backends and the public URL, and then checks every server. It registers one",
            "client, and removes it.",
            "")
        .optionListHeading("%nOptions:%n")
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(CheckCommand.exitCodes());
    return spec;
  }

  @Override
  public int run(ParseResult parsed) throws StartRefused {
    LogLevel.apply(parsed);
    @Nullable Path named = parsed.matchedPositionalValue(0, (Path) null);
    String reference = parsed.matchedOptionValue(REFERENCE, null);
    if (reference != null) {
      return explain(OperatingOptions.directory(parsed, invocation, named), reference);
    }
    if (parsed.hasMatchedOption(OperatingOptions.DATA)) {
      throw new ParameterException(
          parsed.commandSpec().commandLine(), "--data goes with --reference only");
    }
    return examine(parsed, ConfigFile.of(invocation, named));
  }

  private int examine(ParseResult parsed, ConfigFile file) throws StartRefused {
    Optional<List<URI>> servers;
    try (EventLoops loops = EventLoops.start();
        NettyOutbound outbound = new NettyOutbound(loops)) {
      Doctor doctor =
          new Doctor(
              new Doctor.Terminal(invocation.out(), invocation.colour()),
              invocation.directory(),
              outbound,
              new NettyOutbounds(loops),
              invocation.time());
      String name = file.name().map(Path::toString).orElse("the environment");
      servers = doctor.examine(name, file.source());
    } catch (IOException failure) {
      invocation.err().println("Cannot look: " + failure.getMessage() + ".");
      return CheckRun.IMPOSSIBLE;
    }
    if (servers.isEmpty()) {
      return CheckRun.FAILED;
    }
    invocation.out().println();
    return new CheckRun(
            parsed, CheckCommand.terminal(invocation), Version.number(), invocation.time())
        .sparing()
        .run(servers.get());
  }

  private int explain(DataDirectory directory, String reference) {
    try {
      SignInTrace.read(directory.auditStream())
          .of(reference)
          .forEach(line -> invocation.out().println(line));
      return CheckRun.PASSED;
    } catch (IOException unreadable) {
      invocation.err().println("Cannot read the audit stream: " + IoErrors.of(unreadable) + ".");
      return CheckRun.IMPOSSIBLE;
    }
  }
}
