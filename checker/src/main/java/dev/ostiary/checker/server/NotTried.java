package dev.ostiary.checker.server;

import java.io.IOException;
import java.io.Serial;

/** Something that the checker may not do here, so that what needs it is not tested. */
public final class NotTried extends IOException {
  @Serial private static final long serialVersionUID = 1;

  /**
   * @param why what is missing
   */
  public NotTried(String why) {
    super(why);
  }
}
