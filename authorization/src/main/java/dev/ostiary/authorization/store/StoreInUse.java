package dev.ostiary.authorization.store;

import java.io.Serial;

/** Another process has the storage, which only one may have at a time. */
public final class StoreInUse extends StoreUnavailable {
  @Serial private static final long serialVersionUID = 1;

  public StoreInUse(String message) {
    super(message);
  }
}
