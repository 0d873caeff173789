package dev.ostiary.authorization.authorize.callback;

import dev.ostiary.authorization.hash.BindingHash;
import dev.ostiary.authorization.hash.StateHash;
import dev.ostiary.http.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers of callbacks that have just come, for a browser that sends one again: it was reloaded,
 * restored a tab, or lost the answer. Only who has the cookie that the sign-in is bound to gets the
 * answer again, and nothing is done for it a second time; the code in it works once. Kept in memory
 * for a few seconds, and nowhere else.
 */
final class RepeatedCallbacks {
  static final Duration WINDOW = Duration.ofSeconds(10);

  private static final int MOST = 1_000;

  private record Key(StateHash state, BindingHash binding) {}

  /** An answer that is being made, or was. */
  private static final class Given {
    private final CompletableFuture<Optional<Reply>> reply = new CompletableFuture<>();
    private @Nullable Instant until;
  }

  private final InstantSource time;
  private final Map<Key, Given> given = new LinkedHashMap<>();

  RepeatedCallbacks(InstantSource time) {
    this.time = time;
  }

  /**
   * The answer, made by the first who asks. Of any number of concurrent calls one makes it, and the
   * others wait for that.
   *
   * @param make the answer; nothing if there is no such sign-in to be finished
   */
  Optional<Reply> once(StateHash state, BindingHash binding, Supplier<Optional<Reply>> make) {
    Key key = new Key(state, binding);
    Given mine = new Given();
    Given before = putIfAbsent(key, mine);
    if (before != null) {
      return join(before);
    }
    try {
      Optional<Reply> reply = make.get();
      keep(key, mine, reply.isPresent());
      mine.reply.complete(reply);
      return reply;
    } catch (RuntimeException | Error failure) {
      keep(key, mine, false);
      mine.reply.completeExceptionally(failure);
      throw failure;
    }
  }

  private static Optional<Reply> join(Given before) {
    try {
      return before.reply.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException same ? same : failed;
    }
  }

  private synchronized @Nullable Given putIfAbsent(Key key, Given mine) {
    Instant now = time.instant();
    given.values().removeIf(each -> each.until != null && !now.isBefore(each.until));
    Given before = given.putIfAbsent(key, mine);
    if (given.size() > MOST) {
      Iterator<Given> oldest = given.values().iterator();
      oldest.next();
      oldest.remove();
    }
    return before;
  }

  private synchronized void keep(Key key, Given mine, boolean answered) {
    if (answered) {
      mine.until = time.instant().plus(WINDOW);
    } else {
      given.remove(key, mine);
    }
  }
}
