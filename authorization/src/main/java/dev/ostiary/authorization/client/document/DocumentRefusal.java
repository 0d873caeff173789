package dev.ostiary.authorization.client.document;

import dev.ostiary.authorization.client.registration.RegistrationRefusal;
import dev.ostiary.http.fetch.FetchRefusal;
import dev.ostiary.protocol.ClientIdUrl;
import dev.ostiary.protocol.registration.ClientDocument;
import java.util.Locale;

/** Why a client that is named by a URL cannot be used. Says nothing of what was read. */
public sealed interface DocumentRefusal {
  /** The URL is not one that a client identifier can be. */
  record UrlMalformed(ClientIdUrl.Refusal refusal) implements DocumentRefusal {}

  /** The operator does not want documents of this domain. */
  record DomainNotTrusted() implements DocumentRefusal {}

  /** Nothing was fetched. */
  record NotFetched(FetchRefusal refusal) implements DocumentRefusal {}

  /** What was fetched is no document of this client. */
  record NotADocument(ClientDocument.Refusal refusal) implements DocumentRefusal {}

  /** A registration with the same members would be refused. */
  record NotRegistrable(RegistrationRefusal refusal) implements DocumentRefusal {}

  /** Whether trying again a little later may help. */
  default boolean passing() {
    return this instanceof NotFetched(FetchRefusal refusal) && refusal.passing();
  }

  /** Its name in the audit stream. */
  default String reason() {
    return switch (this) {
      case UrlMalformed _ -> "url-malformed";
      case DomainNotTrusted() -> "domain-not-trusted";
      case NotFetched(FetchRefusal refusal) -> "fetch-" + dashed(refusal.getClass());
      case NotADocument(ClientDocument.Refusal refusal) -> "document-" + dashed(refusal.getClass());
      case NotRegistrable _ -> "document-not-registrable";
    };
  }

  private static String dashed(Class<?> reason) {
    return reason.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}
