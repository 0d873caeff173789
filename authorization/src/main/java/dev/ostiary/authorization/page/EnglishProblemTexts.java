package dev.ostiary.authorization.page;

import dev.ostiary.authorization.client.document.DocumentRefusal;

/** English, about what goes no further. */
final class EnglishProblemTexts {
  private EnglishProblemTexts() {}

  static Explanation explain(Problem problem) {
    return switch (problem) {
      case Problem.ParameterRepeated(String name) ->
          theAppIsWrong("The parameter “" + name + "” is there more than once (RFC 6749 §3.1).");
      case Problem.ParametersMalformed _ ->
          theAppIsWrong(
              "The parameters are not application/x-www-form-urlencoded in UTF-8 (RFC 6749,"
                  + " appendix B).");
      case Problem.ClientIdMissing _ -> theAppIsWrong("client_id is missing (RFC 6749 §4.1.1).");
      case Problem.ClientUnknown(String clientId) ->
          new Explanation(
              "This app is not known here",
              "It may have been connected to this server long ago, or to another one. Remove the"
                  + " connection in the app, add it again, and try once more. Nothing was shared.",
              "No client is registered under client_id “" + clientId + "”: register again.");
      case Problem.DocumentUnusable(String clientId, DocumentRefusal refusal) ->
          EnglishDocumentTexts.explain(clientId, refusal);
      case Problem.ClientChanged _ ->
          new Explanation(
              "The app has changed in the meantime",
              "Its details changed after you approved it. Go back to the app and start"
                  + " again. Nothing was shared.",
              "The metadata document has another name, other redirect URIs or another way to"
                  + " authenticate than when the user agreed.");
      case Problem.RedirectMissing _ ->
          theAppIsWrong(
              "redirect_uri is missing; it may be left out only by a client that registered exactly"
                  + " one.");
      case Problem.RedirectUnknown(String redirectUri, var known, var documentHost) ->
          new Explanation(
              "Redirect address not registered",
              "The request asks for an answer at an address that the app never registered. This can"
                  + " be a mistake in the app or an attempt to get at your account, so it ends"
                  + " here. Nothing was shared.",
              "redirect_uri “"
                  + redirectUri
                  + (documentHost == null
                      ? "” is not registered for this client. Registered: "
                      : "” is not in the client’s document at " + documentHost + ". There: ")
                  + (known.isEmpty() ? "none" : "“" + String.join("”, “", known) + "”")
                  + ". They are compared character by character; only the port of a loopback"
                  + " address is free.");
      case Problem.DocumentsOff(String clientId) ->
          new Explanation(
              "This app is not accepted here",
              "The app is described by a document on its makers’ website, and this server reads no"
                  + " such documents. Its operator can switch them on, or add the app. Nothing"
                  + " was shared.",
              "client_id “"
                  + clientId
                  + "” is a URL, and metadata-documents.enabled is false at this server, as its"
                  + " metadata says: register the client, or have the operator add it.");
      case Problem.StateTooLong(int limit) ->
          theAppIsWrong("state is longer than " + limit + " characters.");
      case Problem.FormForeign(int newest) ->
          new Explanation(
              "This form was opened in another browser, or cookies are blocked",
              "For your safety an answer counts only in the browser that was asked, and there only"
                  + " for the newest "
                  + newest
                  + " of these pages; cookies have to be allowed for this site. Go back to the app"
                  + " and start again. Nothing was shared.",
              "The CSRF token, Origin or Sec-Fetch-Site of the form is missing or does not fit.");
      case Problem.FormExpired _ ->
          new Explanation(
              "This page has expired",
              "Go back to the app and start again. Nothing was shared.",
              "The consent form has expired; send the browser to the authorization endpoint"
                  + " again.");
      case Problem.FormIncomplete _ ->
          new Explanation(
              "Something is missing from your answer",
              "Go back one page, choose, and send it again. Nothing was shared.",
              "The form needs decision (approve or deny), and resource if there was a choice.");
      case Problem.CallbackForeign(int newest) ->
          new Explanation(
              "This sign-in expired or was started elsewhere",
              "It was begun in another browser, is already finished, took too long, or more than "
                  + newest
                  + " others were begun in this browser since. If you are still waiting, go back to"
                  + " the app and start again. If you did not start anything, close this page:"
                  + " nothing was shared.",
              "The state of the callback is unknown, used, expired, or not bound to this browser.");
      case Problem.Unavailable _ ->
          new Explanation(
              "Temporarily unavailable",
              "Something this server needs does not answer. Wait a moment, then go back to the app"
                  + " and start again. Nothing was shared.",
              "The storage does not answer; Retry-After says when it is worth trying again.");
      case Problem.TooManyRequests(int retryAfter) ->
          new Explanation(
              "Too many sign-ins are being started",
              "They come from your network, not necessarily from you. Wait "
                  + (retryAfter == 1 ? "a second" : retryAfter + " seconds")
                  + ", then go back to the app and start again. Nothing was shared.",
              "This address has sent more authorization requests than the limit allows. Retry-After"
                  + " says when the next one has a chance.");
    };
  }

  private static Explanation theAppIsWrong(String developer) {
    return new Explanation(
        "The app sent an invalid request",
        "This is a mistake in the app, not yours. Go back to it and try again; if this page comes"
            + " back, tell the makers of the app. Nothing was shared.",
        developer);
  }
}
