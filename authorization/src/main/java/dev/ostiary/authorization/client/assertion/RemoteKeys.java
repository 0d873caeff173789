package dev.ostiary.authorization.client.assertion;

import dev.ostiary.http.fetch.Fetched;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The keys at the addresses that clients have named, each address for itself. */
final class RemoteKeys {
  private static final int MOST_ADDRESSES = 1000;

  private final Function<URI, Fetched> fetch;
  private final InstantSource time;
  private final Map<URI, RemoteKeySet> sets = new LinkedHashMap<>(16, 0.75f, true);

  RemoteKeys(Function<URI, Fetched> fetch, InstantSource time) {
    this.fetch = fetch;
    this.time = time;
  }

  /** What is known of this address; the ones that were asked for longest ago are forgotten. */
  RemoteKeySet at(URI uri) {
    synchronized (sets) {
      RemoteKeySet set =
          sets.computeIfAbsent(uri, address -> new RemoteKeySet(address, fetch, time));
      if (sets.size() > MOST_ADDRESSES) {
        sets.remove(sets.keySet().iterator().next());
      }
      return set;
    }
  }
}
