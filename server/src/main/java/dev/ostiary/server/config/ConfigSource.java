package dev.ostiary.server.config;

import dev.ostiary.config.Environment;
import dev.ostiary.config.Reading;
import dev.ostiary.config.Report;
import dev.ostiary.embed.config.ConfigKeys;
import dev.ostiary.embed.config.ConfigRemarks;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.embed.config.Program;
import dev.ostiary.embed.config.key.MasterKeyPlace;
import dev.ostiary.embed.config.store.StoreEntry;
import dev.ostiary.protocol.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a configuration comes from: a file, or the environment alone. */
public final class ConfigSource {
  private final String name;
  private final String text;
  private final Environment environment;
  private final @Nullable Path file;
  private boolean holdsSecret;

  private ConfigSource(
      @Nullable Path file, String text, Map<String, String> variables, Path folder) {
    this.name = file == null ? "" : file.toString();
    this.text = text;
    this.environment = new Environment(variables, path -> readFile(folder, path), YamlText::read);
    this.file = file;
  }

  /** The defaults, with what they take from the environment. */
  public static ConfigSource environment(Map<String, String> variables) {
    return new ConfigSource(null, "", variables, Path.of(""));
  }

  /**
   * A file.
   *
   * @throws IOException if it cannot be read
   */
  public static ConfigSource file(Path file, Map<String, String> variables) throws IOException {
    Path folder = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), Path.of(""));
    return new ConfigSource(file, Files.readString(file), variables, folder);
  }

  private static Result<String, String> readFile(Path folder, String path) {
    try {
      return Result.ok(Files.readString(folder.resolve(path)));
    } catch (NoSuchFileException missing) {
      return Result.refused("names a file that does not exist: " + path);
    } catch (IOException | InvalidPathException unreadable) {
      return Result.refused("names a file that cannot be read: " + path);
    }
  }

  /**
   * Where the data is. Other keys may be wrong, or need variables that are not set: a command that
   * asks only for this need not have them.
   */
  public Result<Kept, String> kept() {
    Reading reading = new Reading(text, environment);
    Path data = reading.read(ConfigKeys.DATA, Program.USUAL_DATA);
    return result(reading, new Kept(data, reading.read(ConfigKeys.STORE, StoreEntry.FILE)));
  }

  /**
   * Where the data is.
   *
   * @param data the directory
   * @param store where records are
   */
  public record Kept(Path data, StoreEntry store) {}

  /** Where the master key is; empty for the data directory. Other keys may be wrong here too. */
  public Result<Optional<MasterKeyPlace>, String> masterKey() {
    Reading reading = new Reading(text, environment);
    return result(reading, Optional.ofNullable(reading.read(ConfigKeys.MASTER_KEY)));
  }

  /** The configuration, or a report of everything that is wrong with it. */
  public Result<OstiaryConfig, String> read() {
    Reading reading = new Reading(text, environment);
    if (reading.isEmpty() && !reading.problems().isEmpty()) {
      return Result.refused(new Report(name, reading.problems()).toString());
    }
    OstiaryConfig config = reading.read(ConfigKeys.ROOT);
    holdsSecret = reading.holdsSecret();
    return result(reading, config);
  }

  private <T> Result<T, String> result(Reading reading, T value) {
    return reading.problems().isEmpty()
        ? Result.ok(value)
        : Result.refused(new Report(name, reading.problems()).toString());
  }

  /** That others can read a secret in the file, if it is so; it has to be read before. */
  public Optional<ConfigRemarks.Remark> exposure() {
    if (file == null || !holdsSecret) {
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
