package dev.ostiary.authorization.page;

import dev.ostiary.authorization.client.document.DocumentRefusal;
import dev.ostiary.http.fetch.FetchRefusal;
import dev.ostiary.protocol.ClientIdUrl;
import dev.ostiary.protocol.registration.ClientDocument;

/** English, about metadata documents. */
final class EnglishDocumentTexts {
  private static final String NO_INTERNET =
      " If this server cannot reach the internet, its operator can set"
          + " metadata-documents.enabled to false, or give ostiary demo the option"
          + " --no-metadata-documents; apps then register instead.";

  private EnglishDocumentTexts() {}

  static Explanation explain(String clientId, DocumentRefusal refusal) {
    String developer = "client_id “" + clientId + "”: " + developer(refusal);
    if (refusal.passing()) {
      return new Explanation(
          "This app’s description cannot be read right now",
          "The app is described by a document on its makers’ website, and that did not arrive. Wait"
              + " a moment, go back to the app and try again. Nothing was shared.",
          developer);
    }
    if (refusal instanceof DocumentRefusal.DomainNotTrusted) {
      return new Explanation(
          "This app is not accepted here",
          "The operator of this server does not accept apps of this website. If you need this one,"
              + " ask them. Nothing was shared.",
          developer);
    }
    return new Explanation(
        "This app’s description cannot be used",
        "The app is described by a document on its makers’ website, and there is something wrong"
            + " with it. Trying again will not help: tell the makers of the app. Nothing was"
            + " shared.",
        developer);
  }

  private static String developer(DocumentRefusal refusal) {
    return switch (refusal) {
      case DocumentRefusal.UrlMalformed(ClientIdUrl.Refusal why) -> url(why);
      case DocumentRefusal.DomainNotTrusted() ->
          "its host is not one that metadata-documents.allow and metadata-documents.deny of this"
              + " server let in.";
      case DocumentRefusal.NotFetched(FetchRefusal why) -> fetch(why);
      case DocumentRefusal.NotADocument(ClientDocument.Refusal why) -> document(why);
      case DocumentRefusal.NotRegistrable(String problem) -> "in the document, " + problem + ".";
    };
  }

  private static String url(ClientIdUrl.Refusal why) {
    return switch (why) {
      case TOO_LONG -> "the URL is too long.";
      case MALFORMED -> "this is not a URL, or has a character that a URL cannot have.";
      case NOT_HTTPS -> "the URL must begin with https:// in lower case.";
      case USER_INFORMATION -> "the URL must not have a user name or password.";
      case FRAGMENT -> "the URL must not have a fragment.";
      case HOST -> "the URL has no proper host name or port.";
      case NO_PATH -> "the URL must have a path, such as /oauth/client.json.";
      case DOT_SEGMENT -> "the path of the URL must not have . or .. in it.";
    };
  }

  private static String fetch(FetchRefusal why) {
    return switch (why) {
      case FetchRefusal.UrlNotFetchable() ->
          "this URL has no host that a document is fetched from.";
      case FetchRefusal.HostDisguised() -> "the host is a number; use a name.";
      case FetchRefusal.AddressNotPublic() ->
          "the host has an address that is not public (private, loopback, link-local or reserved,"
              + " RFC 6890). Documents are fetched from the public internet only.";
      case FetchRefusal.NameUnknown() -> "the host name has no address." + NO_INTERNET;
      case FetchRefusal.Unreachable() -> "no connection to the host." + NO_INTERNET;
      case FetchRefusal.NoTls() ->
          "no TLS with the host: its certificate is not trusted, has expired, or is for another"
              + " name.";
      case FetchRefusal.TooLate() -> "the document did not arrive in time." + NO_INTERNET;
      case FetchRefusal.Redirected(int status) ->
          "the answer is a redirect ("
              + status
              + "). Redirects are not followed: serve the"
              + " document at the URL itself.";
      case FetchRefusal.StatusNotOk(int status) ->
          "the answer has status " + status + "; it must be 200.";
      case FetchRefusal.NotJson() ->
          "the answer is not JSON: Content-Type must be application/json, or application/…+json.";
      case FetchRefusal.Encoded() ->
          "the answer is compressed although nothing of the kind was asked for; send no"
              + " Content-Encoding.";
      case FetchRefusal.TooLarge(int limit) -> "the document is larger than " + limit + " bytes.";
      case FetchRefusal.BrokenOff() -> "the connection broke off, or the answer is not HTTP.";
      case FetchRefusal.Busy() -> "too many documents are being fetched from this host just now.";
    };
  }

  private static String document(ClientDocument.Refusal why) {
    return switch (why) {
      case ClientDocument.Refusal.NotAnObject() ->
          "the document must be one JSON object in UTF-8, with no member twice.";
      case ClientDocument.Refusal.Missing(String member) ->
          "the document has no " + member + ", which it must have.";
      case ClientDocument.Refusal.OtherClient() ->
          "client_id in the document must be this URL, character by character.";
      case ClientDocument.Refusal.Secret(String member) ->
          "the document holds a secret, which everybody can read ("
              + member
              + "). Take it out, and"
              + " do not use the secret again.";
      case ClientDocument.Refusal.SecretMethod() ->
          "token_endpoint_auth_method needs a secret, which a public document cannot hold; use none"
              + " or private_key_jwt.";
      case ClientDocument.Refusal.Malformed(String member, String problem) ->
          "in the document, " + member + " " + problem + ".";
    };
  }
}
