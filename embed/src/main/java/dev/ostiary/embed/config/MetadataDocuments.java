package dev.ostiary.embed.config;

import dev.ostiary.authorization.client.document.DomainPattern;
import dev.ostiary.http.fetch.FetchProxy;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether and how clients may be named by the URL of a metadata document.
 *
 * @param enabled whether they may at all
 * @param allow if there are any, only documents of these hosts
 * @param deny never documents of these hosts
 * @param sizeLimit the largest document, in bytes
 * @param timeout how long fetching one may take
 * @param staleFor how long an old one will do while its host is down
 * @param proxy that they are fetched through; null to go straight
 */
public record MetadataDocuments(
    boolean enabled,
    List<DomainPattern> allow,
    List<DomainPattern> deny,
    int sizeLimit,
    Duration timeout,
    Duration staleFor,
    @Nullable FetchProxy proxy) {
  public static final MetadataDocuments DEFAULTS =
      new MetadataDocuments(
          true, List.of(), List.of(), 5 * 1024, Duration.ofSeconds(5), Duration.ofDays(1), null);

  /** No client is named by a URL. */
  public static final MetadataDocuments OFF =
      new MetadataDocuments(
          false,
          DEFAULTS.allow(),
          DEFAULTS.deny(),
          DEFAULTS.sizeLimit(),
          DEFAULTS.timeout(),
          DEFAULTS.staleFor(),
          null);

  public MetadataDocuments {
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
  }
}
