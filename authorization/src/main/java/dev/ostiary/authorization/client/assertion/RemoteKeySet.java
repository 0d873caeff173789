package dev.ostiary.authorization.client.assertion;

import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.fetch.FetchRefusal;
import dev.ostiary.http.fetch.Fetched;
import dev.ostiary.protocol.Result;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The keys at one address, kept for a while. They are fetched again when their time is over, or
 * when a signature fits none of them, since the client may have new ones (OpenID Connect Core
 * §10.1.1). However many ask at once, one fetch is under way, and however often they ask, there is
 * a pause between two. When the address does not answer, the keys that it had last stay good for a
 * while.
 */
final class RemoteKeySet {
  /** Between two fetches, and how long keys are kept at least. */
  static final Duration FLOOR = Duration.ofSeconds(30);

  /** Until the next attempt after one that failed. */
  static final Duration PAUSE = Duration.ofSeconds(10);

  /** How long keys are kept if their server says nothing of it. */
  static final Duration USUAL = Duration.ofMinutes(10);

  /** How long they are kept at most: so long may a key that the client took away be used. */
  static final Duration CAP = Duration.ofHours(1);

  /** How long keys stay good when there is no getting newer ones. */
  static final Duration STALE = Duration.ofHours(1);

  private enum Failure {
    /** The same fetch may succeed a little later. */
    PASSING,
    /** Something has to be changed at the address first. */
    LASTING
  }

  private record Kept(ClientKeySet keys, Instant freshUntil) {}

  private final URI uri;
  private final Function<URI, Fetched> fetch;
  private final InstantSource time;
  private @Nullable Kept kept;
  private @Nullable Failure failure;
  private Instant nextFetch = Instant.MIN;
  private @Nullable CompletableFuture<Void> underWay;

  RemoteKeySet(URI uri, Function<URI, Fetched> fetch, InstantSource time) {
    this.uri = uri;
    this.fetch = fetch;
    this.time = time;
  }

  /** The keys. Blocks if they have to be fetched. */
  KeyAnswer keys() {
    Instant now = time.instant();
    synchronized (this) {
      if (kept != null && now.isBefore(kept.freshUntil())) {
        return new KeyAnswer.Known(kept.keys());
      }
    }
    fetch(now);
    synchronized (this) {
      return kept != null && now.isBefore(kept.freshUntil().plus(STALE))
          ? new KeyAnswer.Known(kept.keys())
          : failure(now);
    }
  }

  /** Newer keys than these, which did not fit, or these if there are none. Blocks. */
  KeyAnswer newerThan(ClientKeySet seen) {
    Instant now = time.instant();
    synchronized (this) {
      if (kept != null && kept.keys() != seen) {
        return new KeyAnswer.Known(kept.keys());
      }
    }
    fetch(now);
    synchronized (this) {
      return failure == null && kept != null ? new KeyAnswer.Known(kept.keys()) : failure(now);
    }
  }

  /** Waits for the fetch that is under way, or does one unless it is too early. */
  private void fetch(Instant now) {
    CompletableFuture<Void> mine = new CompletableFuture<>();
    CompletableFuture<Void> running;
    synchronized (this) {
      running = underWay;
      if (running == null) {
        if (now.isBefore(nextFetch)) {
          return;
        }
        underWay = mine;
      }
    }
    if (running != null) {
      running.join();
      return;
    }
    try {
      remember(fetch.apply(uri), time.instant());
    } finally {
      synchronized (this) {
        underWay = null;
      }
      mine.complete(null);
    }
  }

  private synchronized void remember(Fetched answer, Instant now) {
    switch (answer) {
      case Fetched.Document(Body.Whole content, Headers headers) -> {
        if (ClientKeySet.parse(content.utf8()) instanceof Result.Ok(ClientKeySet keys)) {
          kept = new Kept(keys, now.plus(bounded(MaxAge.of(headers).orElse(USUAL))));
          failure = null;
          nextFetch = now.plus(FLOOR);
        } else {
          failed(Failure.LASTING, now);
        }
      }
      case Fetched.NotModified _ -> failed(Failure.PASSING, now);
      case Fetched.Refused(FetchRefusal reason) ->
          failed(reason.passing() ? Failure.PASSING : Failure.LASTING, now);
    }
  }

  private void failed(Failure what, Instant now) {
    failure = what;
    nextFetch = now.plus(PAUSE);
  }

  /** Why there are none; a fetch that broke off without a word counts as one that may succeed. */
  private KeyAnswer failure(Instant now) {
    return failure == Failure.LASTING
        ? new KeyAnswer.Unusable()
        : new KeyAnswer.Unavailable(
            Math.toIntExact(Math.max(1, Duration.between(now, nextFetch).toSeconds())));
  }

  private static Duration bounded(Duration age) {
    return age.compareTo(FLOOR) < 0 ? FLOOR : age.compareTo(CAP) > 0 ? CAP : age;
  }
}
