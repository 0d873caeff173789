package dev.ostiary.store.jdbc.sqlite;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A backup was not made or not restored. The message says why, to the operator. */
public final class BackupProblem extends Exception {
  @Serial private static final long serialVersionUID = 1;

  BackupProblem(String message) {
    this(message, null);
  }

  BackupProblem(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
