package dev.ostiary.server;

import dev.ostiary.embed.config.key.MasterKeyPlace;
import dev.ostiary.embed.config.store.StoreEntry;
import dev.ostiary.protocol.Result;
import dev.ostiary.server.config.ConfigSource.Kept;
import dev.ostiary.server.data.DataDirectory;
import dev.ostiary.server.data.MasterKeySource;
import dev.ostiary.server.exit.StartRefused;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options by which operating commands find the data: where {@code run} keeps it. */
final class OperatingOptions {
  private static final String CONFIG = "--config";
  static final String DATA = "--data";

  private OperatingOptions() {}

  /** A command with these options and those that all have. */
  static CommandSpec spec(Command command, String name, String... description) {
    CommandSpec spec =
        CommandSpec.wrapWithoutInspection(command)
            .name(name)
            .mixinStandardHelpOptions(true)
            .version(Version.text());
    all().forEach(spec::addOption);
    spec.usageMessage().description(description).optionListHeading("%nOptions:%n");
    return spec;
  }

  private static List<OptionSpec> all() {
    return List.of(
        OptionSpec.builder(CONFIG)
            .paramLabel("FILE")
            .type(Path.class)
            .description(
                "The configuration of the server, which says where its data is. Without one,"
                    + " ostiary.yaml in the working directory is taken if there is one.")
            .build(),
        data());
  }

  /** The data directory, without a look at the configuration. */
  static OptionSpec data() {
    return OptionSpec.builder(DATA)
        .paramLabel("DIR")
        .type(Path.class)
        .description(
            "The data directory; overrides the configuration. Where records are kept on a"
                + " database server, name the configuration too.")
        .build();
  }

  static DataDirectory directory(ParseResult parsed, Invocation invocation) throws StartRefused {
    return directory(parsed, invocation, parsed.matchedOptionValue(CONFIG, null));
  }

  /** The same, but one that no server has used yet is made. */
  static DataDirectory anyDirectory(ParseResult parsed, Invocation invocation) throws StartRefused {
    Kept kept = kept(parsed, invocation, parsed.matchedOptionValue(CONFIG, null));
    return DataDirectory.open(kept.data(), kept.store());
  }

  /**
   * @param config the configuration that was named; null if none was
   */
  static DataDirectory directory(ParseResult parsed, Invocation invocation, @Nullable Path config)
      throws StartRefused {
    Kept kept = kept(parsed, invocation, config);
    return DataDirectory.existing(kept.data(), kept.store());
  }

  private static Kept kept(ParseResult parsed, Invocation invocation, @Nullable Path config)
      throws StartRefused {
    @Nullable Path data = parsed.matchedOptionValue(DATA, null);
    Kept kept =
        data != null && config == null
            ? new Kept(data, StoreEntry.FILE)
            : configured(ConfigFile.of(invocation, config));
    Path directory = data == null ? kept.data() : data;
    return new Kept(invocation.directory().resolve(directory).normalize(), kept.store());
  }

  /**
   * Where the master key of these data is, asked when it is needed. A data directory that is named
   * without a configuration has its own.
   */
  static MasterKeySource masterKey(
      ParseResult parsed, Invocation invocation, DataDirectory directory) {
    @Nullable Path config = parsed.matchedOptionValue(CONFIG, null);
    if (config == null && parsed.hasMatchedOption(DATA)) {
      return MasterKeySource.existing(directory, null);
    }
    return store ->
        switch (ConfigFile.of(invocation, config).source().masterKey()) {
          case Result.Ok<Optional<MasterKeyPlace>, String>(var place) ->
              MasterKeySource.existing(directory, place.orElse(null)).read(store);
          case Result.Refused<Optional<MasterKeyPlace>, String>(String report) ->
              throw StartRefused.configuration(report);
        };
  }

  private static Kept configured(ConfigFile file) throws StartRefused {
    return switch (file.source().kept()) {
      case Result.Ok<Kept, String>(Kept kept) -> kept;
      case Result.Refused<Kept, String>(String report) -> throw StartRefused.configuration(report);
    };
  }
}
