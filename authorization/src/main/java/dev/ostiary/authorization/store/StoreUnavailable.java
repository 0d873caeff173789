package dev.ostiary.authorization.store;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The storage did not answer or refused to. Whether the operation took place is not known. */
public sealed class StoreUnavailable extends RuntimeException permits StoreInUse {
  @Serial private static final long serialVersionUID = 1;

  private static final String SILENT = "the storage does not answer";

  private final String reason;

  public StoreUnavailable(String message) {
    super(message);
    this.reason = SILENT;
  }

  public StoreUnavailable(String message, Throwable cause) {
    this(SILENT, message, cause);
  }

  /**
   * @param reason a clause without names of files, for those who only want to know what is wrong
   */
  public StoreUnavailable(String reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Why, without names of files. */
  public String reason() {
    return reason;
  }
}
