package dev.ostiary.server.check;

import dev.ostiary.checker.AddressGuard;
import dev.ostiary.checker.Check;
import dev.ostiary.checker.Checker;
import dev.ostiary.checker.Report;
import dev.ostiary.checker.checks.AllChecks;
import dev.ostiary.checker.profile.Profile;
import dev.ostiary.checker.profile.Replay;
import dev.ostiary.checker.report.Format;
import dev.ostiary.checker.server.Options;
import dev.ostiary.checker.signin.AutoSignIn;
import dev.ostiary.checker.signin.SignIn;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.PlainText;
import dev.ostiary.http.fetch.NameResolver;
import dev.ostiary.http.netty.EventLoops;
import dev.ostiary.http.netty.outbound.NettyOutbound;
import dev.ostiary.mcp.Revision;
import dev.ostiary.protocol.Secret;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/** One run of the checker: what the command line asks for, done and written down. */
public final class CheckRun {
  /** Exit code: everything that could be checked is right. */
  public static final int PASSED = 0;

  /** Exit code: a check has failed. */
  public static final int FAILED = 1;

  /** Exit code: it could not be checked. */
  public static final int IMPOSSIBLE = 2;

  private static final String REDIRECT = "http://127.0.0.1:0/callback";
  private static final String AUTO_REDIRECT = "http://127.0.0.1:53682/callback";

  private final ParseResult parsed;
  private final Terminal terminal;
  private final String release;
  private final InstantSource time;
  private final boolean sparing;

  /**
   * Where a run shows itself.
   *
   * @param colour whether it shows colours, and so is watched
   * @param directory where relative paths begin
   */
  public record Terminal(PrintStream out, PrintStream err, boolean colour, Path directory) {}

  public CheckRun(ParseResult parsed, Terminal terminal, String release, InstantSource time) {
    this(parsed, terminal, release, time, false);
  }

  private CheckRun(
      ParseResult parsed, Terminal terminal, String release, InstantSource time, boolean sparing) {
    this.parsed = parsed;
    this.terminal = terminal;
    this.release = release;
    this.time = time;
    this.sparing = sparing;
  }

  /**
   * The same run on a server that is in use: all checks together register one client, and remove
   * it. A profile registers one anyway.
   */
  public CheckRun sparing() {
    return new CheckRun(
        parsed, terminal, release, time, CheckOptions.value(parsed, "--profile").isEmpty());
  }

  /** Checks, writes the report, and answers with the exit code. */
  public int run(List<URI> urls) {
    try (EventLoops loops = EventLoops.start();
        NettyOutbound outbound = NettyOutbound.namingHosts(loops);
        Way way = way(loops)) {
      Options options = options(way.signIn());
      List<Report> reports = new ArrayList<>();
      for (int i = 0; i < urls.size(); i++) {
        URI neighbour = urls.size() > 1 ? urls.get((i + 1) % urls.size()) : null;
        reports.add(check(outbound, urls.get(i), options.neighbour(neighbour)));
      }
      write(reports);
      return reports.stream().anyMatch(Report::failed) ? FAILED : PASSED;
    } catch (IOException failure) {
      terminal
          .err()
          .println("Cannot check: " + PlainText.line(String.valueOf(failure.getMessage())) + ".");
      return IMPOSSIBLE;
    }
  }

  private Report check(NettyOutbound outbound, URI url, Options options) throws IOException {
    Checker checker = new Checker(guarded(outbound, url, options), new SystemClock(time), release);
    List<Check> checks =
        CheckOptions.<Profile>value(parsed, "--profile").map(Replay::of).orElseGet(AllChecks::list);
    ProgressLine progress = new ProgressLine(terminal.err(), terminal.colour(), checks.size());
    try {
      return checker.check(url, checks, options, progress);
    } finally {
      progress.close();
    }
  }

  private Outbound guarded(NettyOutbound outbound, URI url, Options options) {
    if (parsed.hasMatchedOption(CheckOptions.ALLOW_PRIVATE)) {
      return outbound;
    }
    List<URI> given =
        Stream.concat(
                Stream.ofNullable(options.neighbour()), Stream.ofNullable(options.metadataUrl()))
            .toList();
    return new AddressGuard(outbound, NameResolver.system(), url, given);
  }

  private Options options(@Nullable SignIn signIn) throws IOException {
    Optional<String> client = CheckOptions.value(parsed, "--client-id");
    Optional<Secret> secret = secret("--client-secret");
    return new Options(
        parsed.hasMatchedOption("--strict"),
        parsed.hasMatchedOption("--thorough"),
        CheckOptions.<Revision>value(parsed, "--revision").orElse(null),
        signIn,
        secret("--token").orElse(null),
        client.map(id -> new Options.KnownClient(id, secret)).orElse(null),
        CheckOptions.<URI>value(parsed, "--metadata-url").orElse(null),
        sparing,
        null);
  }

  /** A way to sign in, and what has to be closed after it. */
  private record Way(@Nullable SignIn signIn) implements AutoCloseable {
    @Override
    public void close() {
      if (signIn instanceof PersonSignIn person) {
        person.close();
      }
    }
  }

  private Way way(EventLoops loops) throws IOException {
    Optional<String> redirect = CheckOptions.value(parsed, "--redirect-uri");
    Optional<List<String>> auto = CheckOptions.value(parsed, "--auto");
    if (auto.isPresent()) {
      Map<String, String> filled =
          CheckOptions.<Map<String, String>>value(parsed, "--fill").orElse(Map.of());
      return new Way(new AutoSignIn(redirect.orElse(AUTO_REDIRECT), auto.get(), filled));
    }
    if (!parsed.hasMatchedOption("--sign-in")) {
      return new Way(null);
    }
    URI wanted = URI.create(redirect.orElse(REDIRECT));
    return new Way(PersonSignIn.listen(terminal.err(), DesktopBrowser::open, wanted, loops, time));
  }

  private Optional<Secret> secret(String option) throws IOException {
    Optional<String> text = CheckOptions.value(parsed, option);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String value = text.get();
    return Optional.of(
        new Secret(
            value.startsWith("file:")
                ? Files.readString(terminal.directory().resolve(value.substring("file:".length())))
                    .strip()
                : value));
  }

  private void write(List<Report> reports) throws IOException {
    Format format = parsed.commandSpec().findOption("--format").getValue();
    Optional<Path> file = CheckOptions.value(parsed, "--output");
    if (file.isPresent()) {
      Path path = terminal.directory().resolve(file.get());
      Files.writeString(path, format.write(reports));
      terminal.err().println("The report is in " + file.get() + ".");
      return;
    }
    boolean coloured = format == Format.TEXT && terminal.colour();
    terminal.out().print(coloured ? Format.inColour(reports) : format.write(reports));
  }
}
