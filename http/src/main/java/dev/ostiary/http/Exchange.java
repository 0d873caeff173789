package dev.ostiary.http;

import java.util.function.Consumer;

/**
 * One request on its way to one reply. The reply may come later and from another thread; the code
 * that makes it can learn that the client does not wait any more.
 */
public interface Exchange {
  /** The head of the request; its content is there only where the binding had read it before. */
  Request request();

  /** Answers. Only the first reply counts; a client that has gone away is answered in vain. */
  void reply(Reply reply);

  /**
   * Runs the action when the client goes away before it has the whole reply; at once, if it already
   * has. The action must not block. Who asks for nothing of the kind replies in any case, and the
   * content is held until then.
   */
  void onAbort(Runnable action);

  /**
   * Reads the content, at most once and before the reply. A request whose content is never asked
   * for is answered without it: what its client goes on sending is thrown away.
   */
  default void read(ContentLimit limit, Content content) {
    Body.Whole whole = request().body();
    if (whole.length() > limit.octets()) {
      content.refused(limit.tooLarge());
    } else {
      content.arrived(whole);
    }
  }

  /** Reads the content; one that cannot be read is answered as the binding has it. */
  default void read(ContentLimit limit, Consumer<Body.Whole> arrived) {
    read(
        limit,
        new Content() {
          @Override
          public void arrived(Body.Whole whole) {
            arrived.accept(whole);
          }

          @Override
          public void refused(Reply reply) {
            reply(reply);
          }
        });
  }

  /** Takes the content of a request, on the binding's event loop: it must not block. */
  interface Content {
    void arrived(Body.Whole whole);

    /** It is too large, too late, not framed as HTTP says, or there is no memory for it. */
    void refused(Reply reply);
  }
}
