package dev.ostiary.embed;

import dev.ostiary.gateway.stdio.Account;
import dev.ostiary.gateway.stdio.Homes;
import dev.ostiary.protocol.Subject;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** In place of private directories where there is no server that needs them. */
final class NoHomes implements Homes {
  static final Homes NONE = new NoHomes();

  private NoHomes() {}

  @Override
  public String open(String server, Subject user, @Nullable Account owner) throws IOException {
    throw new IOException("there are no private directories here");
  }

  @Override
  public void release(String server, Subject user) {}
}
