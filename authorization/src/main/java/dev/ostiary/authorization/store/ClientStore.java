package dev.ostiary.authorization.store;

import dev.ostiary.protocol.ClientId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Remembers registered clients. */
public interface ClientStore {
  /** How exactly it is remembered when a client was used last. */
  Duration USE_NOTED = Duration.ofHours(1);

  /** Remembers a client; being registered is its first use. */
  void add(RegisteredClient client);

  Optional<RegisteredClient> find(ClientId id);

  /**
   * One page of all clients, in the order of their ids.
   *
   * @param after the last of the page before; null for the first page
   * @param most how long a page is, unless it is the last
   */
  List<ListedClient> list(@Nullable ClientId after, int most);

  /**
   * Puts this secret and metadata in place of those of the client with this id. Its kind, its
   * registration token and its age stay.
   *
   * @return whether there is such a client
   */
  boolean replace(RegisteredClient client);

  /**
   * Puts a client in place of whatever is known under its id, also of its age; being kept is use.
   * Of any number of concurrent calls with the same client, one sees what was there before them
   * all.
   *
   * @return what was there
   */
  Optional<RegisteredClient> keep(RegisteredClient client);

  /**
   * Forgets a client. Its grants stay: the caller ends them.
   *
   * @return whether this call did it
   */
  boolean remove(ClientId id);

  /**
   * Notes that a client is in use. Writes nothing if that was noted less than {@link #USE_NOTED}
   * ago, so it costs little to say so often.
   */
  void used(ClientId id, Instant now);

  /**
   * Forgets clients that no operator named and that have not been used since then. One that has a
   * grant in force, or waiting for its code, counts as used now instead, so that it need not be
   * looked at again before long. Each is judged and forgotten in one transaction.
   *
   * @param since before now
   * @return how many were forgotten
   */
  int forgetUnused(Instant since, Instant now);
}
