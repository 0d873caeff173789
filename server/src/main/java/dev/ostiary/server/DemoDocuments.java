package dev.ostiary.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.authorization.client.document.DocumentFetch;
import dev.ostiary.authorization.client.document.DocumentRefusal;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.fetch.Fetched;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The metadata documents of known clients, from copies that are shipped with the program, so that a
 * demonstration fetches nothing for them. Other documents are fetched; one that cannot be had is
 * logged.
 */
final class DemoDocuments implements DocumentFetch {
  private static final System.Logger LOG = System.getLogger(DemoDocuments.class.getName());
  private static final String COPIES = "client-documents.json";
  private static final Headers FRESH =
      Headers.of("Content-Type", "application/json", "Cache-Control", "max-age=86400");

  private final DocumentFetch others;

  /**
   * @param others fetches what there is no copy of
   */
  DemoDocuments(DocumentFetch others) {
    this.others = others;
  }

  @Override
  public Fetched get(URI uri, @Nullable String entityTag) {
    Body.Whole copy = copies().get(uri);
    if (copy != null) {
      return new Fetched.Document(copy, FRESH);
    }
    Fetched fetched = others.get(uri, entityTag);
    if (fetched instanceof Fetched.Refused(var reason)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the metadata document of the client {0} cannot be fetched ({1}): without internet,"
              + " start the demo with --no-metadata-documents, and clients register instead",
          uri,
          new DocumentRefusal.NotFetched(reason).reason());
    }
    return fetched;
  }

  /**
   * Read when a document is asked for, which is seldom; reading them at the start would delay the
   * first answer.
   */
  private static Map<URI, Body.Whole> copies() {
    Map<URI, Body.Whole> copies = new HashMap<>();
    try (InputStream in =
        Objects.requireNonNull(DemoDocuments.class.getResourceAsStream(COPIES), COPIES)) {
      for (JsonNode document : JsonMapper.shared().readTree(in)) {
        URI url = URI.create(document.path("client_id").asString());
        copies.put(url, Body.of(document.toString().getBytes(UTF_8)));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return copies;
  }
}
