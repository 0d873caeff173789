package dev.ostiary.authorization.client.document;

import dev.ostiary.protocol.ClientId;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/** Good documents in memory; of too many, those go that were not used for longest. */
final class DocumentCache {
  private static final int MOST = 1000;

  private final SequencedMap<ClientId, KnownDocument> documents =
      new LinkedHashMap<>(16, 0.75f, true);

  synchronized Optional<KnownDocument> find(ClientId id) {
    return Optional.ofNullable(documents.get(id));
  }

  synchronized void keep(KnownDocument document) {
    documents.put(document.client().id(), document);
    if (documents.size() > MOST) {
      documents.pollFirstEntry();
    }
  }

  synchronized void drop(ClientId id) {
    documents.remove(id);
  }
}
