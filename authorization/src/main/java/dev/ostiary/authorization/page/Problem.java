package dev.ostiary.authorization.page;

import dev.ostiary.authorization.client.document.DocumentRefusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a request from a browser goes no further here, told to the person and to the developer of the
 * client. Nothing is sent to the client: either it is not known yet whose request this is, or it is
 * not the client's business.
 */
public sealed interface Problem {
  /** A parameter that may be there once is there again (RFC 6749 §3.1). */
  record ParameterRepeated(String name) implements Problem {}

  /** The query or form cannot be decoded. */
  record ParametersMalformed() implements Problem {}

  /** No {@code client_id}. */
  record ClientIdMissing() implements Problem {}

  /** No such client here. */
  record ClientUnknown(String clientId) implements Problem {}

  /**
   * The client is named by a URL, and the document there is not used.
   *
   * @param clientId the URL
   */
  record DocumentUnusable(String clientId, DocumentRefusal refusal) implements Problem {}

  /** The client's document has changed between the person's answer and their sign-in. */
  record ClientChanged() implements Problem {}

  /** No {@code redirect_uri}, and not exactly one is registered. */
  record RedirectMissing() implements Problem {}

  /**
   * The client is named by a URL, and no documents are read here.
   *
   * @param clientId the URL
   */
  record DocumentsOff(String clientId) implements Problem {}

  /**
   * The {@code redirect_uri} is not one of the client's.
   *
   * @param known those it was compared with
   * @param documentHost where the document is that names them; null if they were registered
   */
  record RedirectUnknown(String redirectUri, List<String> known, @Nullable String documentHost)
      implements Problem {
    public RedirectUnknown {
      known = List.copyOf(known);
    }
  }

  /** The {@code state} is longer than we carry, so no answer could bring it back. */
  record StateTooLong(int limit) implements Problem {}

  /**
   * A form that this browser was not given, or that came from another site.
   *
   * @param newest how many of the newest a browser can answer
   */
  record FormForeign(int newest) implements Problem {}

  /** The consent page waited for too long. */
  record FormExpired() implements Problem {}

  /** A form without the answer that was asked for. */
  record FormIncomplete() implements Problem {}

  /**
   * A callback that this browser does not wait for: another's, an old one, or a repeated one.
   *
   * @param newest how many of the newest sign-ins a browser can finish
   */
  record CallbackForeign(int newest) implements Problem {}

  /** Too much comes from this address (RFC 6585 §4). */
  record TooManyRequests(int retryAfter) implements Problem {}

  /** The storage does not answer just now. */
  record Unavailable() implements Problem {}

  /** What it is called in the audit stream. */
  default String reason() {
    return switch (this) {
      case ParameterRepeated _ -> "parameter-repeated";
      case ParametersMalformed _ -> "parameters-malformed";
      case ClientIdMissing _ -> "client-id-missing";
      case ClientUnknown _ -> "client-unknown";
      case DocumentsOff _ -> "documents-off";
      case DocumentUnusable(String _, DocumentRefusal refusal) -> refusal.reason();
      case ClientChanged _ -> "client-changed";
      case RedirectMissing _ -> "redirect-missing";
      case RedirectUnknown _ -> "redirect-unknown";
      case StateTooLong _ -> "state-too-long";
      case FormForeign _ -> "form-foreign";
      case FormExpired _ -> "form-expired";
      case FormIncomplete _ -> "form-incomplete";
      case CallbackForeign _ -> "callback-foreign";
      case TooManyRequests _ -> "too-many-requests";
      case Unavailable _ -> "unavailable";
    };
  }

  /** After how many seconds the same request may succeed; 0 if that is not known. */
  default int retryAfter() {
    return switch (this) {
      case TooManyRequests(int seconds) -> seconds;
      case Unavailable _ -> 1;
      default -> 0;
    };
  }

  /** The HTTP status it goes with; never 401, which is for credentials (OAuth 2.1 §4.1.2.1). */
  default int status() {
    return switch (this) {
      case FormForeign _ -> 403;
      case TooManyRequests _ -> 429;
      case Unavailable _ -> 503;
      case DocumentUnusable(String _, DocumentRefusal refusal) -> refusal.passing() ? 503 : 400;
      default -> 400;
    };
  }
}
