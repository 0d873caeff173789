package dev.ostiary.gateway.stdio;

import dev.ostiary.protocol.Subject;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Private directories of children: one for each server and user, closed to everybody else. */
public interface Homes {
  /**
   * The path of the directory, which is there from now on, until it is given back as often as it
   * was asked for. Blocks.
   *
   * @param owner of the directory; null for Ostiary's own user
   */
  String open(String server, Subject user, @Nullable Account owner) throws IOException;

  /** One child of this user less. The directory may be removed when there is none. */
  void release(String server, Subject user);
}
