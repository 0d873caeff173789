package dev.ostiary.authorization.store;

import java.io.Serial;

/** The storage did not answer or refused to. Whether the operation took place is not known. */
public sealed class StoreUnavailable extends RuntimeException permits StoreInUse {
  @Serial private static final long serialVersionUID = 1;

  public StoreUnavailable(String message) {
    super(message);
  }

  public StoreUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
