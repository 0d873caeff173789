package dev.ostiary.authorization.client.document;

import dev.ostiary.http.fetch.Fetched;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** How documents are fetched: as {@link dev.ostiary.http.fetch.GuardedFetch} does. Blocks. */
@FunctionalInterface
public interface DocumentFetch {
  /**
   * @param entityTag of the document that is known; null if none is
   */
  Fetched get(URI uri, @Nullable String entityTag);
}
