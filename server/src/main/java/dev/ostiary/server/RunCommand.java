package dev.ostiary.server;

import dev.ostiary.connector.AllowRule;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.embed.config.ServerEntry;
import dev.ostiary.embed.config.ServerTarget;
import dev.ostiary.http.netty.EventLoops;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Result;
import dev.ostiary.server.config.ConfigSource;
import dev.ostiary.server.exit.ExitCode;
import dev.ostiary.server.exit.StartRefused;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code ostiary run}: serves what a configuration says. */
final class RunCommand implements Command {
  private static final System.Logger LOG = System.getLogger(RunCommand.class.getName());

  private static final String REMEDY = "set 'listen' in the configuration";

  private final Invocation invocation;

  private RunCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  static CommandSpec spec(Invocation invocation) {
    CommandSpec spec =
        CommandSpec.wrapWithoutInspection(new RunCommand(invocation))
            .name("run")
            .mixinStandardHelpOptions(true)
            .version(Version.text())
            .addPositional(
                PositionalParamSpec.builder()
                    .paramLabel("FILE")
                    .type(Path.class)
                    .arity("0..1")
                    .description(
                        "The configuration, in YAML. Without one, ostiary.yaml in the working"
                            + " directory is taken if there is one; else the variables and the"
                            + " defaults are all there is.")
                    .build())
            .addOption(LogLevel.option(LogLevel.INFO));
    spec.usageMessage()
        .description("Guards MCP servers as a configuration says.", "")
        .optionListHeading("%nOptions:%n")
        .footer(
            "",
            "Variables:",
            "  GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET",
            "      The OAuth App at GitHub. These two are a whole configuration for one's own",
            "      machine: http://127.0.0.1:8080, with data in ./ostiary-data.",
            "  Any other",
            "      as \"$${NAME}\" in the file.",
            "",
            "SIGTERM or Ctrl+C ends it, in order and within 10 seconds: /ready is 503 at",
            "once while everything is still served for a second; then nothing new is taken,",
            "streams that only wait for news are ended, and calls under way have 6 seconds",
            "to finish. A second signal does not hurry it.");
    return spec;
  }

  @Override
  public int run(ParseResult parsed) throws StartRefused, InterruptedException {
    LogLevel.apply(parsed);
    Instant begin = invocation.time().instant();
    ConfigFile file = ConfigFile.of(invocation, parsed.matchedPositionalValue(0, (Path) null));
    OstiaryConfig config = read(file);
    Path data = invocation.directory().resolve(config.program().data()).normalize();
    try (StopSignal stop = StopSignal.install()) {
      try (EventLoops loops = EventLoops.start();
          RunningServer _ =
              RunningServer.start(
                  config, data, REMEDY, UnaryOperator.identity(), loops, invocation.time())) {
        tell(config, file.name(), data, Duration.between(begin, invocation.time().instant()));
        stop.await();
        LOG.log(Level.INFO, "stopping: requests under way are finished");
      }
      LOG.log(Level.INFO, "stopped");
    }
    return ExitCode.STOPPED.number();
  }

  private static OstiaryConfig read(ConfigFile file) throws StartRefused {
    ConfigSource source = file.source();
    return switch (source.read()) {
      case Result.Ok<OstiaryConfig, String>(OstiaryConfig config) -> {
        source
            .exposure()
            .ifPresent(remark -> LOG.log(Level.WARNING, remark.what() + " " + remark.remedy()));
        yield config;
      }
      case Result.Refused<OstiaryConfig, String>(String report) ->
          throw StartRefused.configuration(report);
    };
  }

  private static void tell(OstiaryConfig config, Optional<Path> file, Path data, Duration took) {
    LOG.log(
        Level.INFO,
        "Ostiary {0} serves {1}, listening on {2}; configured by {3}",
        Version.number(),
        config.url(),
        config.program().listen(),
        file.map(Path::toString).orElse("the environment"));
    config
        .servers()
        .forEach(
            (name, server) ->
                LOG.log(Level.INFO, "MCP server {0}: {1}", name, where(config, server)));
    if (config.program().admin().listen() != null) {
      LOG.log(Level.INFO, "metrics at http://{0}/metrics", config.program().admin().listen());
    }
    config
        .signIn()
        .forEach(
            (name, signIn) ->
                LOG.log(
                    Level.INFO,
                    "sign-in {0} at {1}: {2}",
                    name,
                    URI.create(config.url().at("/")).resolve(signIn.address()),
                    who(signIn.allow())));
    LOG.log(Level.INFO, "data in {0}; ready after {1} ms", data, took.toMillis());
  }

  private static String where(OstiaryConfig config, ServerEntry server) {
    if (server.behind() instanceof ServerTarget.Elsewhere(Resource resource)) {
      return resource + ", which runs elsewhere";
    }
    String here = config.url().at(server.path());
    return config
        .foreign(server)
        .map(foreign -> here + ", with access tokens of " + foreign.issuer())
        .orElse(here);
  }

  private static String who(AllowRule allow) {
    return allow.isOpen()
        ? "anybody with an account"
        : allow.lists().entrySet().stream()
            .map(list -> list.getKey() + " " + String.join(", ", list.getValue()))
            .collect(Collectors.joining("; "));
  }
}
