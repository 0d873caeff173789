package dev.ostiary.server.audit;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.audit.AuditLog;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Appends audit events to a file, in the order they were recorded. An event is with the operating
 * system when {@link #record} returns, and so before the request it belongs to is answered: it
 * survives the end of this process. Events that come together are written together, by the thread
 * that comes first.
 */
public final class AuditFile implements AuditLog, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AuditFile.class.getName());

  private final OutputStream file;
  private final EventBudget budget = new EventBudget();
  private final ReentrantLock waitingLock = new ReentrantLock();
  private final ReentrantLock fileLock = new ReentrantLock();
  private StringBuilder waiting = new StringBuilder();
  private long recorded;
  private long written;
  private boolean lineIsOpen;
  private volatile @Nullable String trouble;

  private AuditFile(OutputStream file, boolean lineIsOpen) {
    this.file = file;
    this.lineIsOpen = lineIsOpen;
  }

  /** Opens the file, or creates it for its owner alone. */
  public static AuditFile open(Path path) throws IOException {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] closed =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    if (Files.notExists(path)) {
      Files.createFile(path, closed);
    }
    return new AuditFile(new FileOutputStream(path.toFile(), true), endsAmidALine(path));
  }

  /** What was killed while it wrote, or on a full disk, leaves a line without its end. */
  private static boolean endsAmidALine(Path path) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      if (file.length() == 0) {
        return false;
      }
      file.seek(file.length() - 1);
      return file.read() != '\n';
    }
  }

  @Override
  public void record(AuditEvent event) {
    write(add(budget.admitted(event).stream().map(AuditLine::of).toList()));
  }

  @Override
  public Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  /** Tells what was omitted last, and ends. */
  @Override
  public void close() throws IOException {
    write(add(budget.omitted().stream().map(AuditLine::of).toList()));
    file.close();
  }

  /** The number of the last line. */
  private long add(Iterable<String> lines) {
    waitingLock.lock();
    try {
      for (String line : lines) {
        waiting.append(line);
        recorded++;
      }
      return recorded;
    } finally {
      waitingLock.unlock();
    }
  }

  /** Returns when the line with this number has been written, by this call or another. */
  private void write(long number) {
    fileLock.lock();
    try {
      if (written < number) {
        write(take());
      }
    } finally {
      fileLock.unlock();
    }
  }

  private String take() {
    waitingLock.lock();
    try {
      String lines = waiting.toString();
      waiting = new StringBuilder();
      written = recorded;
      return lines;
    } finally {
      waitingLock.unlock();
    }
  }

  private void write(String lines) {
    try {
      String text = lineIsOpen ? "\n" + lines : lines;
      lineIsOpen = true;
      file.write(text.getBytes(StandardCharsets.UTF_8));
      lineIsOpen = false;
      trouble = null;
    } catch (IOException failure) {
      trouble = "audit events cannot be written";
      LOG.log(System.Logger.Level.ERROR, "audit events could not be written: " + lines, failure);
    }
  }
}
