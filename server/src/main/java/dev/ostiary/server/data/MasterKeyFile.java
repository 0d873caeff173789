package dev.ostiary.server.data;

import dev.ostiary.authorization.key.MasterKey;
import dev.ostiary.server.exit.StartRefused;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.EnumSet;
import java.util.Set;

/** The file of the master key: readable by its owner only, and never made twice. */
final class MasterKeyFile {
  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final Path file;

  MasterKeyFile(Path file) {
    this.file = file;
  }

  /**
   * Reads the key, or makes one.
   *
   * @param needed whether something is sealed with it already
   */
  MasterKey read(boolean needed) throws StartRefused {
    try {
      if (isMissing()) {
        if (needed) {
          throw StartRefused.data(
              file
                  + " is missing, and without it the database beside it cannot be read. Restore the"
                  + " key from your backup. To begin anew and sign everybody out, move the"
                  + " database away.");
        }
        write(MasterKey.generate());
      }
      return existing();
    } catch (IOException failure) {
      throw unusable(failure);
    }
  }

  /** The key that an operator has put there; none is made. */
  MasterKey configured() throws StartRefused {
    try {
      if (isMissing()) {
        throw StartRefused.data(
            "The master key "
                + file
                + " is missing. Restore it from your backup: without it, what it sealed cannot be"
                + " read. For a new installation make one: (umask 077; openssl rand -hex 32 > "
                + file
                + ").");
      }
      return existing();
    } catch (IOException failure) {
      throw unusable(failure);
    }
  }

  private MasterKey existing() throws StartRefused, IOException {
    refuseIfOthersMayRead();
    try {
      return MasterKey.parse(Files.readString(file));
    } catch (GeneralSecurityException broken) {
      throw StartRefused.data(file + " does not hold a master key. Restore it from your backup.");
    }
  }

  private StartRefused unusable(IOException failure) {
    return StartRefused.data(
        "The master key " + file + " cannot be used: " + IoErrors.of(failure) + ".");
  }

  private void refuseIfOthersMayRead() throws IOException, StartRefused {
    if (!isPosix()) {
      return;
    }
    Set<PosixFilePermission> open = EnumSet.noneOf(PosixFilePermission.class);
    open.addAll(Files.getPosixFilePermissions(file));
    open.remove(PosixFilePermission.OWNER_EXECUTE);
    if (!OWNER.containsAll(open)) {
      throw StartRefused.data(
          file
              + " can be read by others ("
              + PosixFilePermissions.toString(open)
              + "), and who has it can read every token. Close it: chmod 600 "
              + file);
    }
  }

  /**
   * An empty file is what a version that wrote it in place left on a full disk: it sealed nothing.
   */
  boolean isMissing() throws IOException {
    return Files.notExists(file) || Files.size(file) == 0;
  }

  /**
   * On the disk, and whole, before anything is sealed with it: it gets its name when it has been
   * synced, and the name is synced too.
   */
  private void write(String key) throws IOException {
    Path unnamed = file.resolveSibling(file.getFileName() + ".new");
    FileAttribute<?>[] closed =
        isPosix()
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
            : new FileAttribute<?>[0];
    Files.deleteIfExists(unnamed);
    try (FileChannel channel =
        FileChannel.open(
            unnamed, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), closed)) {
      ByteBuffer bytes = ByteBuffer.wrap(key.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (IOException failure) {
      Files.deleteIfExists(unnamed);
      throw failure;
    }
    Files.move(unnamed, file, StandardCopyOption.ATOMIC_MOVE);
    if (isPosix()) {
      try (FileChannel directory = FileChannel.open(file.toAbsolutePath().getParent())) {
        directory.force(true);
      }
    }
  }

  private boolean isPosix() {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
