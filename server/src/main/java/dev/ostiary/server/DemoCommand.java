package dev.ostiary.server;

import dev.ostiary.embed.config.MetadataDocuments;
import dev.ostiary.http.netty.EventLoops;
import dev.ostiary.server.exit.ExitCode;
import dev.ostiary.server.exit.StartRefused;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** {@code ostiary demo}: everything on this machine, with a simulated identity provider. */
final class DemoCommand implements Command {
  private static final int DEFAULT_PORT = 8080;
  private static final int LARGEST_PORT = 65_535;

  private final Invocation invocation;

  private DemoCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  static CommandSpec spec(Invocation invocation) {
    CommandSpec spec =
        CommandSpec.wrapWithoutInspection(new DemoCommand(invocation))
            .name("demo")
            .mixinStandardHelpOptions(true)
            .version(Version.text());
    options().forEach(spec::addOption);
    spec.usageMessage()
        .description(
            "Starts Ostiary beside a simulated identity provider, and says what to do next.",
            "No account, no configuration. Nothing leaves this machine, unless a client names a"
                + " metadata document of which Ostiary ships no copy: that is fetched.")
        .optionListHeading("%nOptions:%n");
    return spec;
  }

  private static List<OptionSpec> options() {
    return List.of(
        OptionSpec.builder("--port")
            .paramLabel("PORT")
            .type(int.class)
            .defaultValue(Integer.toString(DEFAULT_PORT))
            .description(
                "Where it listens on 127.0.0.1. The default is ${DEFAULT-VALUE}."
                    + " What is simulated takes any port that is free.")
            .build(),
        OptionSpec.builder("--auto-sign-in")
            .description(
                "The simulated provider signs octocat in and approves by itself."
                    + " Ostiary's own consent page stays.")
            .build(),
        OptionSpec.builder("--sign-in")
            .paramLabel("KIND")
            .type(DemoProvider.Kind.class)
            .converters(DemoCommand::kind)
            .defaultValue("github")
            .description(
                "What is simulated for signing in: github, or openid for an OpenID"
                    + " provider. With the latter, an MCP server without OAuth stands"
                    + " behind Ostiary and tells who calls. The default is github.")
            .build(),
        OptionSpec.builder("--backend")
            .paramLabel("URL")
            .type(URI.class)
            .description(
                "Guards the MCP server at this address, over Streamable HTTP, in place of"
                    + " one that comes with the demonstration.")
            .build(),
        OptionSpec.builder("--data")
            .paramLabel("DIR")
            .type(Path.class)
            .description(
                "Keeps the data there. Otherwise it is in a temporary directory, which is"
                    + " deleted at the end. The simulated provider forgets in any case:"
                    + " after a restart, a new sign-in is asked for.")
            .build(),
        OptionSpec.builder("--no-metadata-documents")
            .description(
                "Clients register instead of naming a metadata document. For machines"
                    + " without internet, and clients other than Claude, Claude Code,"
                    + " ChatGPT, Codex and VS Code, whose documents are shipped with"
                    + " Ostiary.")
            .build(),
        LogLevel.option(LogLevel.WARNING));
  }

  @Override
  public int run(ParseResult parsed) throws StartRefused, InterruptedException {
    LogLevel.apply(parsed);
    Demo.Options options =
        new Demo.Options(
            port(parsed),
            parsed.commandSpec().findOption("--sign-in").getValue(),
            parsed.hasMatchedOption("--auto-sign-in"),
            parsed.hasMatchedOption("--no-metadata-documents")
                ? MetadataDocuments.OFF
                : MetadataDocuments.DEFAULTS,
            backend(parsed));
    Optional<Path> kept =
        Optional.<Path>ofNullable(parsed.matchedOptionValue("--data", null))
            .map(directory -> invocation.directory().resolve(directory).normalize());
    try (StopSignal stop = StopSignal.install();
        DemoData data = DemoData.open(kept);
        EventLoops loops = EventLoops.start();
        Demo demo = Demo.start(options, data.path(), loops, invocation.time())) {
      new DemoPage(invocation, demo, data).print();
      stop.await();
    }
    return ExitCode.STOPPED.number();
  }

  private static @Nullable URI backend(ParseResult parsed) {
    URI backend = parsed.matchedOptionValue("--backend", null);
    boolean wrong =
        backend != null
            && (backend.getHost() == null
                || !List.of("http", "https").contains(backend.getScheme()));
    if (wrong) {
      throw new ParameterException(
          parsed.commandSpec().commandLine(),
          "Invalid value for option '--backend': "
              + backend
              + " is not the http or https address of an MCP server");
    }
    return backend;
  }

  private static DemoProvider.Kind kind(String word) {
    return Arrays.stream(DemoProvider.Kind.values())
        .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElseThrow(() -> new TypeConversionException("'" + word + "' is not github or openid"));
  }

  private static int port(ParseResult parsed) {
    int port = parsed.commandSpec().findOption("--port").getValue();
    if (port < 1 || port > LARGEST_PORT) {
      throw new ParameterException(
          parsed.commandSpec().commandLine(),
          "Invalid value for option '--port': " + port + " is not between 1 and " + LARGEST_PORT);
    }
    return port;
  }
}
