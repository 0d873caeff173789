package dev.ostiary.http.netty;

import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What a client has sent of a request whose content is not read yet, and behind one that is still
 * being answered ("pipelining", RFC 9112 §9.3.2). It holds what came in one read; a client that
 * packs more into it than this loses the rest, and the connection with it.
 */
final class PipelinedMessages {
  private static final int MOST = 256;

  /** Chunks of content may be small; one read has no more of them than this. */
  private static final int MOST_OF_CONTENT = 4096;

  private final Deque<Object> messages = new ArrayDeque<>();
  private boolean overrun;

  void add(Object message, boolean content) {
    if (messages.size() < (content ? MOST_OF_CONTENT : MOST) && !overrun) {
      messages.add(message);
    } else {
      overrun = true;
      ReferenceCountUtil.release(message);
    }
  }

  @Nullable Object poll() {
    return messages.poll();
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }

  boolean overrun() {
    return overrun;
  }

  void clear() {
    messages.forEach(ReferenceCountUtil::release);
    messages.clear();
  }
}
