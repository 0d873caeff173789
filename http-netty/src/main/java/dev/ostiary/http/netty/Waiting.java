package dev.ostiary.http.netty;

import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What a client has sent behind a request that is still being answered ("pipelining", RFC 9112
 * §9.3.2). It holds what came in one read; a client that packs more into it than this loses the
 * rest, and the connection with it.
 */
final class Waiting {
  private static final int MOST = 256;

  private final Deque<Object> messages = new ArrayDeque<>();
  private boolean overrun;

  void add(Object message) {
    if (messages.size() < MOST && !overrun) {
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
