package dev.ostiary.gateway.foreign;

import dev.ostiary.http.fetch.FetchRefusal;

/** What operators are told of a fetch that came to nothing. */
final class FetchProblem {
  private FetchProblem() {}

  /** The predicate of a sentence whose subject is the URL. */
  static String text(FetchRefusal refusal) {
    return switch (refusal) {
      case FetchRefusal.UrlNotFetchable _ -> "is not an https URL that can be fetched";
      case FetchRefusal.HostDisguised _ -> "hides its address";
      case FetchRefusal.AddressNotPublic _ ->
          "is at an address that is not public, and the configuration does not name this host:"
              + " issuer or metadata-url must be at the same host";
      case FetchRefusal.NameUnknown _ -> "has a host name that cannot be resolved";
      case FetchRefusal.Unreachable _ -> "cannot be reached";
      case FetchRefusal.NoTls _ -> "has no TLS certificate that is trusted for its name";
      case FetchRefusal.TooLate _ -> "does not answer in time";
      case FetchRefusal.Redirected(int status) ->
          "answers " + status + ", a redirect, which is not followed";
      case FetchRefusal.StatusNotOk(int status) -> "answers " + status;
      case FetchRefusal.NotJson _ -> "does not answer with JSON";
      case FetchRefusal.Encoded _ -> "answers with a content coding that was not asked for";
      case FetchRefusal.TooLarge(int limit) -> "answers with more than " + limit + " bytes";
      case FetchRefusal.BrokenOff _ -> "broke off its answer";
      case FetchRefusal.Busy _ -> "has too many requests waiting already";
    };
  }

  /** Whether the host itself is out of reach, so that another path of it is no better. */
  static boolean isOfTheHost(FetchRefusal refusal) {
    return switch (refusal) {
      case FetchRefusal.NameUnknown _,
          FetchRefusal.Unreachable _,
          FetchRefusal.NoTls _,
          FetchRefusal.TooLate _,
          FetchRefusal.BrokenOff _,
          FetchRefusal.Busy _,
          FetchRefusal.HostDisguised _,
          FetchRefusal.AddressNotPublic _ ->
          true;
      case FetchRefusal.UrlNotFetchable _,
          FetchRefusal.Redirected _,
          FetchRefusal.StatusNotOk _,
          FetchRefusal.NotJson _,
          FetchRefusal.Encoded _,
          FetchRefusal.TooLarge _ ->
          false;
    };
  }
}
