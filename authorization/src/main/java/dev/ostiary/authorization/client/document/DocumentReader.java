package dev.ostiary.authorization.client.document;

import dev.ostiary.authorization.client.registration.DocumentRegistration;
import dev.ostiary.authorization.client.registration.RegistrationRefusal;
import dev.ostiary.authorization.store.ClientKind;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.http.Headers;
import dev.ostiary.http.fetch.FetchRefusal;
import dev.ostiary.http.fetch.Fetched;
import dev.ostiary.protocol.ClientIdUrl;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.registration.ClientDocument;
import dev.ostiary.protocol.registration.ClientMetadata;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Fetches a document and judges it. */
final class DocumentReader {
  private static final System.Logger LOG = System.getLogger(DocumentReader.class.getName());

  private final DocumentFetch fetch;
  private final DocumentRegistration rules;
  private final InstantSource time;

  DocumentReader(DocumentFetch fetch, DocumentRegistration rules, InstantSource time) {
    this.fetch = fetch;
    this.rules = rules;
    this.time = time;
  }

  /**
   * Reads. Blocks.
   *
   * @param known what is known already, to be confirmed; or null
   */
  Result<KnownDocument, DocumentRefusal> read(ClientIdUrl url, @Nullable KnownDocument known) {
    if (url.hasQuery()) {
      LOG.log(System.Logger.Level.WARNING, "client {0} should have no query in its id", url);
    }
    return switch (fetch.get(url.uri(), known == null ? null : known.entityTag())) {
      case Fetched.Document(var content, Headers headers) -> judge(url, content.bytes(), headers);
      case Fetched.NotModified(Headers headers) when known != null -> {
        Instant now = time.instant();
        yield Result.ok(known.confirmed(now, now.plus(Freshness.of(headers))));
      }
      case Fetched.NotModified _ ->
          Result.refused(new DocumentRefusal.NotFetched(new FetchRefusal.StatusNotOk(304)));
      case Fetched.Refused(FetchRefusal refusal) -> {
        LOG.log(System.Logger.Level.DEBUG, "client {0}: nothing was fetched: {1}", url, refusal);
        yield Result.refused(new DocumentRefusal.NotFetched(refusal));
      }
    };
  }

  private Result<KnownDocument, DocumentRefusal> judge(
      ClientIdUrl url, byte[] content, Headers headers) {
    return switch (ClientDocument.parse(content, url.id())) {
      case Result.Refused(ClientDocument.Refusal refusal) ->
          Result.refused(new DocumentRefusal.NotADocument(refusal));
      case Result.Ok(ClientDocument document) ->
          switch (rules.decide(document)) {
            case Result.Refused(RegistrationRefusal refusal) ->
                Result.refused(new DocumentRefusal.NotRegistrable(refusal));
            case Result.Ok(ClientMetadata metadata) -> Result.ok(known(url, metadata, headers));
          };
    };
  }

  private KnownDocument known(ClientIdUrl url, ClientMetadata metadata, Headers headers) {
    Instant now = time.instant();
    return KnownDocument.of(
        new RegisteredClient(url.id(), ClientKind.DOCUMENT, null, null, metadata, now),
        now.plus(Freshness.of(headers)),
        headers.first("ETag").orElse(null));
  }
}
