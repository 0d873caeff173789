package dev.ostiary.gateway.stdio;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.http.PlainText;
import dev.ostiary.protocol.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What one child writes to its standard error: so many lines of so many octets are logged. */
final class ChildLog {
  /** Of one line; the rest is left out. */
  private static final int LONGEST = 1_000;

  /** Within {@link #PERIOD}. */
  private static final int MOST_LINES = 100;

  private static final long PERIOD = TimeUnit.SECONDS.toNanos(10);

  /** In a second; the child waits then. */
  private static final int MOST_OCTETS = 1024 * 1024;

  private static final int KEPT_LINES = 5;

  private final String server;
  private final @Nullable Secret token;
  private final Logger log;
  private final Deque<String> last = new ArrayDeque<>();
  private long begin = System.nanoTime();
  private int lines;
  private long omitted;

  /**
   * @param token is not shown; null if there is none
   */
  ChildLog(String server, @Nullable Secret token, Logger log) {
    this.server = server;
    this.token = token;
    this.log = log;
  }

  /** Reads all of it. Blocks. */
  void read(InputStream in) throws IOException {
    Pace pace = new Pace(MOST_OCTETS, Integer.MAX_VALUE);
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    byte[] read = new byte[8 * 1024];
    int length;
    while ((length = in.read(read)) >= 0) {
      pace.octets(length);
      for (int i = 0; i < length; i++) {
        if (read[i] == '\n') {
          tell(line.toString(UTF_8));
          line.reset();
        } else if (line.size() < LONGEST) {
          line.write(read[i]);
        }
      }
    }
    if (line.size() > 0) {
      tell(line.toString(UTF_8));
    }
    tellOmitted();
  }

  private synchronized void tell(String text) {
    String open = token == null ? text : text.replace(token.reveal(), token.toString());
    String line = PlainText.line(open.stripTrailing());
    if (line.isBlank()) {
      return;
    }
    if (last.size() == KEPT_LINES) {
      last.removeFirst();
    }
    last.addLast(line);
    long now = System.nanoTime();
    if (now - begin >= PERIOD) {
      tellOmitted();
      begin = now;
      lines = 0;
    }
    if (lines++ < MOST_LINES) {
      log.log(Level.INFO, () -> "server " + server + ": " + line);
    } else {
      omitted++;
    }
  }

  private synchronized void tellOmitted() {
    if (omitted > 0) {
      long number = omitted;
      log.log(Level.WARNING, () -> "server %s: %d lines left out".formatted(server, number));
      omitted = 0;
    }
  }

  /** The last lines. */
  synchronized List<String> last() {
    return List.copyOf(last);
  }
}
