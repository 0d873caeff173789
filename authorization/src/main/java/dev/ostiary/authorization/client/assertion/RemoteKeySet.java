package dev.ostiary.authorization.client.assertion;

import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.fetch.CachedFetch;
import dev.ostiary.http.fetch.FetchRefusal;
import dev.ostiary.http.fetch.Fetched;
import dev.ostiary.protocol.Result;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * The keys at one address, kept for a while. They are fetched again when their time is over, or
 * when a signature fits none of them, since the client may have new ones (OpenID Connect Core
 * §10.1.1).
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

  private enum Trouble {
    /** The same fetch may succeed a little later. */
    PASSING,
    /** Something has to be changed at the address first. */
    LASTING
  }

  private final URI uri;
  private final Function<URI, Fetched> fetch;
  private final CachedFetch<ClientKeySet, Trouble> keys;

  RemoteKeySet(URI uri, Function<URI, Fetched> fetch, InstantSource time) {
    this.uri = uri;
    this.fetch = fetch;
    this.keys =
        new CachedFetch<>(this::read, new CachedFetch.Times(FLOOR, FLOOR, PAUSE, STALE), time);
  }

  /** The keys. Blocks if they have to be fetched. */
  KeyAnswer keys() {
    return answer(keys.current());
  }

  /** Newer keys than these, which did not fit, or these if there are none. Blocks. */
  KeyAnswer newerThan(ClientKeySet seen) {
    return answer(keys.newerThan(seen));
  }

  private CachedFetch.Outcome<ClientKeySet, Trouble> read() {
    return switch (fetch.apply(uri)) {
      case Fetched.Document(Body.Whole content, Headers headers) ->
          ClientKeySet.parse(content.utf8()) instanceof Result.Ok(ClientKeySet set)
              ? new CachedFetch.Value<>(set, bounded(MaxAge.of(headers).orElse(USUAL)))
              : new CachedFetch.Failure<>(Trouble.LASTING);
      case Fetched.NotModified _ -> new CachedFetch.Failure<>(Trouble.PASSING);
      case Fetched.Refused(FetchRefusal reason) ->
          new CachedFetch.Failure<>(reason.passing() ? Trouble.PASSING : Trouble.LASTING);
    };
  }

  /** A fetch that broke off without a word counts as one that may succeed. */
  private KeyAnswer answer(CachedFetch.Outcome<ClientKeySet, Trouble> outcome) {
    return switch (outcome) {
      case CachedFetch.Value<ClientKeySet, Trouble>(ClientKeySet set, var _) ->
          new KeyAnswer.Known(set);
      case CachedFetch.Failure<ClientKeySet, Trouble>(var reason) ->
          reason == Trouble.LASTING
              ? new KeyAnswer.Unusable()
              : new KeyAnswer.Unavailable(
                  Math.toIntExact(Math.max(1, keys.untilNext().toSeconds())));
    };
  }

  private static Duration bounded(Duration age) {
    return age.compareTo(FLOOR) < 0 ? FLOOR : age.compareTo(CAP) > 0 ? CAP : age;
  }
}
