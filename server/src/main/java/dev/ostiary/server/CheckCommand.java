package dev.ostiary.server;

import dev.ostiary.server.check.CheckOptions;
import dev.ostiary.server.check.CheckRun;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code ostiary check}: is an MCP server's authorization right? */
final class CheckCommand implements Command {
  private final Invocation invocation;

  private CheckCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  static CommandSpec spec(Invocation invocation) {
    CommandSpec spec =
        CommandSpec.wrapWithoutInspection(new CheckCommand(invocation))
            .name("check")
            .mixinStandardHelpOptions(true)
            .version(Version.text())
            .addPositional(
                PositionalParamSpec.builder()
                    .paramLabel("URL")
                    .type(List.class)
                    .auxiliaryTypes(URI.class)
                    .arity("1..*")
                    .required(true)
                    .description(
                        "The MCP server, exactly as people type it into their client. Several give"
                            + " one comparison, and the token of each is tried at the next.")
                    .build());
    CheckOptions.addTo(spec);
    spec.addOption(CheckOptions.profile()).addOption(LogLevel.option(LogLevel.ERROR));
    spec.usageMessage()
        .description("Checks the authorization of any MCP server against the specifications.", "")
        .optionListHeading("%nOptions:%n")
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(exitCodes())
        .footer(
            "",
            "Without --sign-in it asks only what anybody may ask. It registers clients, and",
            "removes them again where the server lets it. Every format but text has what was",
            "sent and received, with secrets masked.");
    return spec;
  }

  static Map<String, String> exitCodes() {
    Map<String, String> codes = new LinkedHashMap<>();
    codes.put(" " + CheckRun.PASSED, "Nothing has failed.");
    codes.put(" " + CheckRun.FAILED, "A check has failed.");
    codes.put(" " + CheckRun.IMPOSSIBLE, "It could not be checked, or the command line is wrong.");
    return codes;
  }

  @Override
  public int run(ParseResult parsed) {
    LogLevel.apply(parsed);
    List<URI> urls = parsed.matchedPositionalValue(0, List.<URI>of());
    for (URI url : urls) {
      boolean address =
          ("https".equals(url.getScheme()) || "http".equals(url.getScheme()))
              && url.getHost() != null;
      if (!address) {
        throw new ParameterException(
            parsed.commandSpec().commandLine(),
            "'" + url + "' is not the address of a server: it begins with https:// or http://");
      }
    }
    return new CheckRun(parsed, terminal(invocation), Version.number(), invocation.time())
        .run(urls);
  }

  static CheckRun.Terminal terminal(Invocation invocation) {
    return new CheckRun.Terminal(
        invocation.out(), invocation.err(), invocation.colour(), invocation.directory());
  }
}
