package dev.ostiary.embed.config;

import dev.ostiary.authorization.client.document.DocumentPolicy;
import dev.ostiary.http.fetch.FetchProxy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether and how clients may be named by the URL of a metadata document.
 *
 * @param enabled whether they may at all
 * @param policy whose documents are used
 * @param sizeLimit the largest document, in bytes
 * @param timeout how long fetching one may take
 * @param proxy that they are fetched through; null to go straight
 */
public record MetadataDocuments(
    boolean enabled,
    DocumentPolicy policy,
    int sizeLimit,
    Duration timeout,
    @Nullable FetchProxy proxy) {
  public static final MetadataDocuments DEFAULTS =
      new MetadataDocuments(true, DocumentPolicy.DEFAULTS, 5 * 1024, Duration.ofSeconds(5), null);

  /** No client is named by a URL. */
  public static final MetadataDocuments OFF =
      new MetadataDocuments(
          false, DEFAULTS.policy(), DEFAULTS.sizeLimit(), DEFAULTS.timeout(), null);
}
