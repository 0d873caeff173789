package dev.ostiary.http.netty;

import dev.ostiary.http.ContentLimit;
import dev.ostiary.http.Exchange;
import dev.ostiary.http.Request;

/**
 * The head of a request, and what its reply must know of it.
 *
 * @param oldest whether it speaks HTTP/1.0, which knows no chunks
 */
record AssembledRequest(Request request, boolean oldest, Incoming incoming) {
  /** The connection that the request came on; used on its event loop only. */
  interface Incoming {
    /** Whether the connection can serve another request after the reply to this one. */
    boolean isReusable();

    void read(ContentLimit limit, Exchange.Content content);

    /** The memory of the content is not needed any more. */
    void release();

    /** The reply has left. */
    void done(boolean closing);
  }
}
