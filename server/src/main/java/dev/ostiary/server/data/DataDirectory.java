package dev.ostiary.server.data;

import dev.ostiary.authorization.key.MasterKey;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.embed.config.store.StoreEntry;
import dev.ostiary.protocol.Secret;
import dev.ostiary.server.exit.StartRefused;
import dev.ostiary.store.jdbc.PostgresqlStore;
import dev.ostiary.store.jdbc.SqliteStore;
import dev.ostiary.store.jdbc.copy.StoreCopy;
import dev.ostiary.store.jdbc.postgresql.PostgresqlSettings;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** The directory of all data; only its owner can read it. */
public final class DataDirectory {
  private static final System.Logger LOG = System.getLogger(DataDirectory.class.getName());
  private static final String DATABASE = "ostiary.db";

  private final Path path;
  private final StoreEntry store;

  private DataDirectory(Path path, StoreEntry store) {
    this.path = path;
    this.store = store;
  }

  /** One with a database in it. */
  public static DataDirectory open(Path path) throws StartRefused {
    return open(path, StoreEntry.FILE);
  }

  /** Creates the directory if there is none. One that is empty still is closed to others. */
  public static DataDirectory open(Path path, StoreEntry store) throws StartRefused {
    try {
      Files.createDirectories(path);
      if (isEmpty(path)) {
        close(path);
      }
    } catch (FileAlreadyExistsException file) {
      throw StartRefused.data(
          path + " is not a directory. Set 'data' to one, or move the file away.");
    } catch (IOException failure) {
      throw StartRefused.data(
          "The data directory " + path + " cannot be used: " + IoErrors.of(failure) + ".");
    }
    if (!Files.isWritable(path)) {
      throw StartRefused.data("The data directory " + path + " is not writable for this user.");
    }
    return new DataDirectory(path, store);
  }

  /** A directory that a server has used before; nothing is created. */
  public static DataDirectory existing(Path path, StoreEntry store) throws StartRefused {
    DataDirectory directory = new DataDirectory(path, store);
    if (Files.notExists(path)) {
      throw StartRefused.data("The data directory " + path + " does not exist.");
    }
    if (!Files.isDirectory(path)) {
      throw StartRefused.data(path + " is not a directory that this user may look into.");
    }
    if (!directory.isOfSharedStore() && Files.notExists(directory.database())) {
      throw StartRefused.data(
          "There is no data of Ostiary in " + path + ": no server has run there yet.");
    }
    return directory;
  }

  private static boolean isEmpty(Path path) throws IOException {
    try (Stream<Path> entries = Files.list(path)) {
      return entries.findAny().isEmpty();
    }
  }

  private static void close(Path path) throws IOException {
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /**
   * The key of this directory, made when the directory is new. Says so when a database is missing
   * where there has been one.
   */
  public MasterKey masterKey() throws StartRefused {
    try {
      MasterKeyFile file = new MasterKeyFile(path.resolve("master.key"));
      boolean stored = isStored();
      boolean used = !file.isMissing() || holdsSomething(auditStream());
      MasterKey key = file.read(stored);
      warnIfLost(used && !stored);
      return key;
    } catch (IOException failure) {
      throw unusable(failure);
    }
  }

  /** The key of a store that is not here, made here when that store is new. */
  MasterKey masterKey(Store shared) throws StartRefused {
    Path key = path.resolve("master.key");
    boolean used = !shared.dataKeys().all().isEmpty() || !shared.keys().all().isEmpty();
    try {
      MasterKeyFile file = new MasterKeyFile(key);
      if (used && file.isMissing()) {
        throw StartRefused.data(
            key
                + " is missing, and the store was sealed with a master key already. Copy it from"
                + " another node or from your backup, or set 'master-key' on all nodes.");
      }
      return file.read(used);
    } catch (IOException failure) {
      throw unusable(failure);
    }
  }

  /** Whether the records are on a database server. */
  public boolean isOfSharedStore() {
    return store.postgresql() != null;
  }

  /**
   * Looks at the database where its key is elsewhere.
   *
   * @throws StartRefused if a part of it is missing
   */
  void checkDatabase() throws StartRefused {
    if (isOfSharedStore()) {
      return;
    }
    try {
      warnIfLost(!isStored() && holdsSomething(auditStream()));
    } catch (IOException failure) {
      throw unusable(failure);
    }
  }

  private StartRefused unusable(IOException failure) {
    return StartRefused.data(
        "The data directory " + path + " cannot be used: " + IoErrors.of(failure) + ".");
  }

  private boolean isStored() throws IOException, StartRefused {
    boolean stored = holdsSomething(database());
    if (!stored && holdsSomething(path.resolve(DATABASE + "-wal"))) {
      throw StartRefused.data(
          database()
              + " is missing or empty, and its log "
              + DATABASE
              + "-wal is not. Restore the database from your backup. To begin anew and sign"
              + " everybody out, move the log away.");
    }
    return stored;
  }

  private void warnIfLost(boolean lost) {
    if (lost) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} is missing or empty, though a server has run here: this one begins with an empty"
              + " database, and everybody has to sign in again. If that is not meant, stop it and"
              + " restore the database from your backup",
          database());
    }
  }

  /** The key that is there; none is made. */
  public MasterKey existingMasterKey() throws StartRefused {
    return new MasterKeyFile(path.resolve("master.key")).read(true);
  }

  /** The file of the master key, if it is here. */
  public Optional<Path> masterKeyFile() {
    return Optional.of(path.resolve("master.key")).filter(Files::exists);
  }

  private static boolean holdsSomething(Path file) throws IOException {
    return Files.exists(file) && Files.size(file) > 0;
  }

  /**
   * Opens the store, here or on the database server.
   *
   * @throws dev.ostiary.authorization.store.StoreInUse if another process has it
   * @throws dev.ostiary.authorization.store.StoreUnavailable saying what else is in the way
   */
  public Store openStore() {
    StoreEntry.Postgresql server = store.postgresql();
    return server == null ? SqliteStore.open(database()) : PostgresqlStore.open(settings(server));
  }

  /**
   * Copies the database that is here to the database server.
   *
   * @return how many rows each table has
   * @throws dev.ostiary.authorization.store.StoreUnavailable saying what is in the way
   */
  public SequencedMap<String, Long> copyStore() throws StartRefused {
    StoreEntry.Postgresql server = store.postgresql();
    if (server == null) {
      throw StartRefused.configuration(
          "The configuration names no database to copy to: write it to store.postgresql.");
    }
    if (Files.notExists(database())) {
      throw StartRefused.data("There is no " + database() + " to copy.");
    }
    return StoreCopy.copy(database(), settings(server));
  }

  private static PostgresqlSettings settings(StoreEntry.Postgresql server) {
    Secret password = server.password();
    return new PostgresqlSettings(
        server.url(),
        server.user(),
        password == null ? null : password.reveal(),
        server.pool(),
        server.pooler());
  }

  public Path database() {
    return path.resolve(DATABASE);
  }

  /** By which commands reach the running server. */
  public Path socket() {
    return path.resolve("ostiary.sock");
  }

  public Path auditStream() {
    return path.resolve("audit.jsonl");
  }

  public Path path() {
    return path;
  }
}
