package dev.ostiary.server.operate;

import dev.ostiary.authorization.audit.AuditEvent;
import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.store.Store;
import dev.ostiary.protocol.Json;
import dev.ostiary.store.jdbc.SqliteStore;
import dev.ostiary.store.jdbc.sqlite.BackupProblem;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;

/** Makes backups of the store. */
@FunctionalInterface
public interface Backups {
  /**
   * Makes one, while others go on writing.
   *
   * @param target absolute; a new file
   * @param updates is told how many bytes there are so far
   */
  Answer make(Path target, Updates updates);

  /** Copies of the file, if the store is one, each with an event in the audit stream. */
  static Backups of(Store store, AuditLog audit, InstantSource time) {
    return store instanceof SqliteStore file
        ? of(file, audit, time)
        : none(
            "the records are kept on a database server: back it up with its own tools, such as"
                + " pg_dump");
  }

  private static Backups of(SqliteStore store, AuditLog audit, InstantSource time) {
    return (target, updates) -> {
      try {
        long bytes = store.backUp(target, updates::written);
        audit.record(new AuditEvent.StoreBackedUp(time.instant(), "-", target.toString()));
        return new Answer.Done(Json.object().put("file", target.toString()).put("bytes", bytes));
      } catch (BackupProblem problem) {
        return new Answer.Refused(409, String.valueOf(problem.getMessage()));
      }
    };
  }

  /** None can be made here. */
  static Backups none(String reason) {
    return (_, _) -> new Answer.Refused(409, reason);
  }

  /** A number of bytes, for people. */
  static String size(long bytes) {
    return bytes < 1024 * 1024
        ? (bytes + 1023) / 1024 + " KiB"
        : String.format(Locale.ROOT, "%.1f MiB", bytes / (1024.0 * 1024));
  }
}
