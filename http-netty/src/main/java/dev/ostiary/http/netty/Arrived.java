package dev.ostiary.http.netty;

import dev.ostiary.http.Request;

/**
 * A request that is there as a whole, and what its reply must know of it.
 *
 * @param keepAlive whether the client wants to go on using the connection
 * @param oldest whether it speaks HTTP/1.0, which knows no chunks
 * @param done runs once, when the reply has left
 */
record Arrived(Request request, boolean keepAlive, boolean oldest, Done done) {
  /** What comes after a reply. */
  interface Done {
    void done(boolean closing);
  }
}
