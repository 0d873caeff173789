package dev.ostiary.http.fetch;

/** Why nothing was fetched. Says nothing of what was read. */
public sealed interface FetchRefusal {
  /** The URL is not one that is fetched: not https, or with user information, or without a host. */
  record UrlNotFetchable() implements FetchRefusal {}

  /** The host is a number in a form that hides which address it is. */
  record HostDisguised() implements FetchRefusal {}

  /** The host is, or resolves to, an address that is not public. */
  record AddressNotPublic() implements FetchRefusal {}

  /** The name resolves to nothing. */
  record NameUnknown() implements FetchRefusal {}

  /** No connection to any of its addresses, or to the proxy. */
  record Unreachable() implements FetchRefusal {}

  /** No TLS, or a certificate that is not trusted or for another name. */
  record NoTls() implements FetchRefusal {}

  /** Not whole within the time. */
  record TooLate() implements FetchRefusal {}

  /** A redirect, which is never followed. */
  record Redirected(int status) implements FetchRefusal {}

  /** Another status than 200. */
  record StatusNotOk(int status) implements FetchRefusal {}

  /** A media type other than {@code application/json} and {@code application/…+json}, or none. */
  record NotJson() implements FetchRefusal {}

  /** A content coding, such as gzip, though none was asked for. */
  record Encoded() implements FetchRefusal {}

  /** More content than is read. */
  record TooLarge(int limit) implements FetchRefusal {}

  /** An answer that is not HTTP, or a connection that ended in the middle of it. */
  record BrokenOff() implements FetchRefusal {}

  /** Too many fetches at once, here or to this host. */
  record Busy() implements FetchRefusal {}

  /** Whether the same fetch may succeed a little later, with nothing changed at the other end. */
  default boolean passing() {
    return switch (this) {
      case NameUnknown(), Unreachable(), TooLate(), BrokenOff(), Busy() -> true;
      case StatusNotOk(int status) -> status == 408 || status == 429 || status >= 500;
      case UrlNotFetchable(), HostDisguised(), AddressNotPublic(), NoTls() -> false;
      case Redirected _, NotJson(), Encoded(), TooLarge _ -> false;
    };
  }
}
