package dev.ostiary.authorization.key;

import java.io.Serial;

/** What is in the store was sealed with another master key than this one. */
public final class WrongMasterKey extends IllegalStateException {
  @Serial private static final long serialVersionUID = 1;

  WrongMasterKey() {
    super(
        "the store was sealed with another master key; nothing has been written. Configure that key"
            + " again, or restore it from your backup. If it is lost, what it sealed is lost too:"
            + " begin with an empty store, and everybody signs in again");
  }
}
