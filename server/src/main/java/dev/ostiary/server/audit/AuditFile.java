package dev.ostiary.server.audit;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.audit.AuditLog;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Appends audit events to a file, in the order they were recorded, on a thread of its own. A queue
 * that is full makes those who record wait: nothing is dropped for want of room.
 */
public final class AuditFile implements AuditLog, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AuditFile.class.getName());
  private static final int CAPACITY = 8192;

  private final BlockingQueue<Optional<AuditEvent>> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final Writer file;
  private final Thread writer;

  private AuditFile(Writer file) {
    this.file = file;
    this.writer = Thread.ofPlatform().name("ostiary-audit").daemon().unstarted(this::run);
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
    FileChannel channel =
        FileChannel.open(
            path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND), closed);
    AuditFile audit = new AuditFile(Channels.newWriter(channel, StandardCharsets.UTF_8));
    audit.writer.start();
    return audit;
  }

  @Override
  public void record(AuditEvent event) {
    put(Optional.of(event));
  }

  /** Writes what has been recorded, and ends. */
  @Override
  public void close() throws IOException {
    put(Optional.empty());
    try {
      writer.join();
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    file.close();
  }

  private void put(Optional<AuditEvent> event) {
    boolean interrupted = false;
    while (true) {
      try {
        queue.put(event);
        break;
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    List<Optional<AuditEvent>> batch = new ArrayList<>();
    boolean open = true;
    while (open) {
      try {
        batch.add(queue.take());
      } catch (InterruptedException stray) {
        continue;
      }
      queue.drainTo(batch);
      open = write(batch);
      batch.clear();
    }
  }

  /** Whether more is to come. */
  private boolean write(List<Optional<AuditEvent>> batch) {
    StringBuilder lines = new StringBuilder();
    batch.forEach(event -> event.map(AuditLine::of).ifPresent(lines::append));
    try {
      file.write(lines.toString());
      file.flush();
    } catch (IOException failure) {
      LOG.log(System.Logger.Level.ERROR, "audit events could not be written: " + lines, failure);
    }
    return !batch.getLast().isEmpty();
  }
}
