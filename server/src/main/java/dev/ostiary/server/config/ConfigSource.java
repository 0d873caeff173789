package dev.ostiary.server.config;

import dev.ostiary.config.Node;
import dev.ostiary.embed.config.ConfigRemarks;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.protocol.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a configuration comes from: a file, or the environment alone. */
public final class ConfigSource {
  private final String name;
  private final String text;
  private final Environment surroundings;
  private final @Nullable Path file;
  private boolean secretWritten;

  private ConfigSource(
      @Nullable Path file, String text, Map<String, String> variables, Environment.Files files) {
    this.name = file == null ? "" : file.toString();
    this.text = text;
    this.surroundings = new Environment(variables, files, () -> secretWritten = true);
    this.file = file;
  }

  /** The defaults, with what they take from the environment. */
  public static ConfigSource environment(Map<String, String> variables) {
    return new ConfigSource(null, "", variables, Files::readString);
  }

  /**
   * A file.
   *
   * @throws IOException if it cannot be read
   */
  public static ConfigSource file(Path file, Map<String, String> variables) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Environment.Files files =
        path -> Files.readString(folder == null ? path : folder.resolve(path));
    return new ConfigSource(file, Files.readString(file), variables, files);
  }

  /**
   * Where the data is. Other keys may be wrong, or need variables that are not set: whoever asks
   * only for this need not have them.
   */
  public Result<Path, String> data() {
    List<Located> problems = new ArrayList<>();
    Node.Table root = YamlText.read(text, problems);
    Optional<Path> data = new Values(root, surroundings, problems).one(Keys.DATA);
    return problems.isEmpty()
        ? Result.ok(data.orElse(OstiaryConfig.DEFAULT_DATA))
        : Result.refused(new Report(name, problems).toString());
  }

  /** The configuration, or a report of everything that is wrong with it. */
  public Result<OstiaryConfig, String> read() {
    List<Located> problems = new ArrayList<>();
    Node.Table root = YamlText.read(text, problems);
    if (!problems.isEmpty() && root.equals(Node.Table.EMPTY)) {
      return Result.refused(new Report(name, problems).toString());
    }
    OstiaryConfig config = ConfigReader.read(root, surroundings, problems);
    return problems.isEmpty()
        ? Result.ok(config)
        : Result.refused(new Report(name, problems).toString());
  }

  /** That others can read a secret in the file, if it is so; it has to be read before. */
  public Optional<ConfigRemarks.Remark> exposure() {
    if (file == null || !secretWritten) {
      return Optional.empty();
    }
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      return permissions.contains(PosixFilePermission.GROUP_READ)
              || permissions.contains(PosixFilePermission.OTHERS_READ)
          ? Optional.of(
              new ConfigRemarks.Remark(
                  "%s has a secret in it and can be read by others (%s)."
                      .formatted(name, PosixFilePermissions.toString(permissions)),
                  "Close it with chmod 600, or take the secret from a variable, \"${NAME}\", or a"
                      + " file of its own, \"file:/run/secrets/name\"."))
          : Optional.empty();
    } catch (IOException | UnsupportedOperationException unknown) {
      return Optional.empty();
    }
  }
}
