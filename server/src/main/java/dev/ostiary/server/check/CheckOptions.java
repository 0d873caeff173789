package dev.ostiary.server.check;

import dev.ostiary.checker.profile.Profile;
import dev.ostiary.checker.report.Format;
import dev.ostiary.mcp.Revision;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** What may be asked of a check, on the command line. */
public final class CheckOptions {
  static final String ALLOW_PRIVATE = "--allow-private";

  private CheckOptions() {}

  /** The options that {@code check} and {@code doctor} share. */
  public static void addTo(CommandSpec spec) {
    spec.addOption(
            flag(
                "--sign-in",
                "Signs in, and goes through the life of a token. It registers clients of its own,"
                    + " removes them again, and creates nothing else."))
        .addOption(
            option("--auto", "PATTERN", String.class)
                .arity("1")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(
                    "Signs in without a person, for test set-ups: presses the button that says yes"
                        + " on pages with this address, * for any characters. May repeat; implies"
                        + " --sign-in.")
                .build())
        .addOption(
            option("--fill", "FIELD=VALUE", String.class)
                .arity("1")
                .type(Map.class)
                .auxiliaryTypes(String.class, String.class)
                .description(
                    "What --auto types into a field of this name, as a user name and a password of"
                        + " the test set-up. May repeat.")
                .build())
        .addOption(
            option("--token", "TOKEN", String.class)
                .description("An access token from elsewhere. file:PATH reads it from a file.")
                .build())
        .addOption(
            option("--client-id", "ID", String.class)
                .description(
                    "A client that is registered already, for servers without registration. With a"
                        + " secret and without --sign-in: for the grant type client_credentials.")
                .build())
        .addOption(
            option("--client-secret", "SECRET", String.class)
                .description("Its secret. file:PATH reads it from a file.")
                .build())
        .addOption(
            option("--redirect-uri", "URI", String.class)
                .description(
                    "The redirect URI of that client, on loopback. Otherwise a free port of"
                        + " 127.0.0.1.")
                .build());
    addMore(spec);
  }

  private static void addMore(CommandSpec spec) {
    spec.addOption(
            option("--metadata-url", "URL", URI.class)
                .description("A public client id metadata document, to be tried.")
                .build())
        .addOption(
            flag(
                "--thorough",
                "Tries what is noisy or takes long, too: floods, storms, expiry, many sign-ins."))
        .addOption(
            flag(
                ALLOW_PRIVATE,
                "Goes wherever the server sends it. Otherwise a server on the internet cannot name"
                    + " addresses of this machine or of a private network, nor one on this machine"
                    + " those of a network."))
        .addOption(flag("--strict", "What could not be tested counts as failed."))
        .addOption(
            option("--revision", "DATE", Revision.class)
                .converters(CheckOptions::revision)
                .description("Only this revision of MCP. Otherwise all that the server speaks.")
                .build())
        .addOption(
            option("--format", "FORMAT", Format.class)
                .converters(CheckOptions::format)
                .defaultValue("text")
                .description("text, json, junit, sarif, markdown or html.")
                .build())
        .addOption(
            option("--output", "FILE", Path.class)
                .description("Where the report goes, instead of to standard output.")
                .build());
  }

  /** The option that asks for a real client's steps. */
  public static OptionSpec profile() {
    return option("--profile", "CLIENT", Profile.class)
        .converters(CheckOptions::profile)
        .description(
            "Will this client connect? Replays its steps instead: "
                + String.join(", ", Arrays.stream(Profile.values()).map(Profile::title).toList())
                + ".")
        .build();
  }

  /** The value of an option, if it was given. */
  public static <T> Optional<T> value(ParseResult parsed, String name) {
    return Optional.ofNullable(parsed.matchedOptionValue(name, (T) null));
  }

  private static OptionSpec.Builder option(String name, String label, Class<?> type) {
    return OptionSpec.builder(name).paramLabel(label).type(type);
  }

  private static OptionSpec flag(String name, String description) {
    return OptionSpec.builder(name).description(description).build();
  }

  private static Revision revision(String text) {
    return Revision.of(text)
        .orElseThrow(
            () -> wrong(text, Arrays.stream(Revision.values()).map(Revision::wire).toList()));
  }

  private static Format format(String text) {
    return Format.of(text)
        .orElseThrow(() -> wrong(text, Arrays.stream(Format.values()).map(Format::word).toList()));
  }

  private static Profile profile(String text) {
    return Profile.of(text)
        .orElseThrow(
            () -> wrong(text, Arrays.stream(Profile.values()).map(Profile::title).toList()));
  }

  private static TypeConversionException wrong(String text, List<String> known) {
    return new TypeConversionException("'" + text + "' is none of " + String.join(", ", known));
  }
}
