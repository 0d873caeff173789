package dev.ostiary.server.config;

import dev.ostiary.authorization.client.document.DomainPattern;
import dev.ostiary.http.fetch.FetchProxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The keys about metadata documents of clients, in the order of the reference page. */
final class DocumentKeys {
  static final Key<Boolean> ENABLED =
      Key.of(
          "metadata-documents.enabled",
          Form.SWITCH,
          config -> config.metadataDocuments().enabled(),
          "Whether a client may be named by the URL of its metadata document, as Claude Code,"
              + " Codex, VS Code and ChatGPT prefer. Switch it off on a machine without internet:"
              + " clients then register instead.");

  static final Key<DomainPattern> ALLOW =
      Key.listOf(
          "metadata-documents.allow",
          Form.DOMAIN,
          config -> config.metadataDocuments().allow(),
          "If there are any, only documents of these hosts are used: `claude.ai`, or"
              + " `*.example.com` for every host below `example.com`, but not itself.");

  static final Key<DomainPattern> DENY =
      Key.listOf(
          "metadata-documents.deny",
          Form.DOMAIN,
          config -> config.metadataDocuments().deny(),
          "Documents of these hosts are never used, whatever is allowed.");

  static final Key<Integer> SIZE_LIMIT =
      Key.of(
          "metadata-documents.size-limit",
          Form.SIZE,
          config -> config.metadataDocuments().sizeLimit(),
          "The largest document that is read: `1 KiB` to `64 KiB`.");

  static final Key<Duration> TIMEOUT =
      Key.of(
          "metadata-documents.timeout",
          Form.TIME,
          config -> config.metadataDocuments().timeout(),
          "How long fetching a document may take, all in all.");

  static final Key<Duration> STALE_FOR =
      Key.of(
          "metadata-documents.stale-for",
          Form.TIME,
          config -> config.metadataDocuments().staleFor(),
          "How long a document that should be fetched again will do for sign-ins while its host is"
              + " down.");

  static final Key<FetchProxy> PROXY =
      Key.listOf(
              "metadata-documents.proxy",
              Form.PROXY,
              config -> Optional.ofNullable(config.metadataDocuments().proxy()).stream().toList(),
              "An HTTP proxy that documents are fetched through, by `CONNECT`. The proxy then"
                  + " resolves the names, so it has to keep away from private addresses itself;"
                  + " what this machine resolves to one is still refused here.")
          .single();

  static final List<Key<?>> ALL =
      List.of(ENABLED, ALLOW, DENY, SIZE_LIMIT, TIMEOUT, STALE_FOR, PROXY);

  private DocumentKeys() {}
}
