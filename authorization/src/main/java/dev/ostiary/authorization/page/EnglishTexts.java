package dev.ostiary.authorization.page;

import dev.ostiary.authorization.document.DocumentRefusal;
import dev.ostiary.protocol.Scope;
import dev.ostiary.protocol.ScopeEffect;

/** English. */
final class EnglishTexts implements Texts {
  @Override
  public String tag() {
    return "en";
  }

  @Override
  public String unnamedClient() {
    return "An app without a name";
  }

  @Override
  public String consentTitle() {
    return "Allow access?";
  }

  @Override
  public String consentHeading(String client, String server) {
    return client + " wants to use " + server;
  }

  @Override
  public String consentHeadingWithChoice(String client) {
    return client + " wants to use one of your servers";
  }

  @Override
  public String selfDeclared() {
    return "The app chose this name itself. Nobody has checked it.";
  }

  @Override
  public String describedBy(String host) {
    return "The app says who it is at "
        + host
        + ". That website has been checked, the app has not.";
  }

  @Override
  public String namedByOperator() {
    return "Whoever runs this server has added this app to it.";
  }

  @Override
  public String describedByUnproven(String host) {
    return "The app says that it is the one described at "
        + host
        + ". Any program on this device can say so: it does not prove which program is asking.";
  }

  @Override
  public String clientIdLabel() {
    return "Client ID";
  }

  @Override
  public String whereHeading() {
    return "Where your answer is sent";
  }

  @Override
  public String whereSite() {
    return "To the website";
  }

  @Override
  public String whereThisComputer() {
    return "To a program on this computer";
  }

  @Override
  public String whereProgram() {
    return "To the program on this device that opens links beginning with";
  }

  @Override
  public String thisComputerWarning() {
    return "Any program running on this computer could be asking. Go on only if you have just"
        + " started this in an app you trust.";
  }

  @Override
  public String programWarning() {
    return "Any program installed on this device could have claimed these links. Go on only if you"
        + " have just started this in an app you trust.";
  }

  @Override
  public String fullAddress() {
    return "Full address";
  }

  @Override
  public String whatHeading() {
    return "What it may do";
  }

  @Override
  public String whichHeading() {
    return "Which server it may use";
  }

  @Override
  public String noScopes() {
    return "Use this server on your behalf";
  }

  @Override
  public String scope(Scope scope) {
    return switch (scope.value()) {
      case "read:user" -> "Read your profile";
      case "user:email" -> "Read your e-mail addresses";
      case "user" -> "Read and change your profile";
      case "repo" -> "Read and change all your repositories, private ones too";
      case "public_repo" -> "Read and change your public repositories";
      case "read:org" -> "Read your organizations and teams";
      case "gist" -> "Create and change gists";
      case "notifications" -> "Read and manage your notifications";
      case "delete_repo" -> "Delete your repositories";
      case "security_events" -> "Read and change security alerts of your repositories";
      case "project" -> "Read and change your projects";
      case "read:project" -> "Read your projects";
      case "offline_access" -> "Stay connected when you are not there";
      case "mcp" -> "Use everything that this server offers, on your behalf";
      default -> "A permission that nobody has described here";
    };
  }

  @Override
  public String effect(ScopeEffect effect) {
    return switch (effect) {
      case DELETE -> "Can delete";
      case CHANGE -> "Can change things";
      case PRIVATE -> "Private data";
      case READ, STAY -> "";
    };
  }

  @Override
  public String addedScope() {
    return "New";
  }

  @Override
  public String addedScopes() {
    return "You have allowed this app some of this before. What is new is marked.";
  }

  @Override
  public String upstreamScopes(String upstream) {
    return "Asked for at " + upstream + ":";
  }

  @Override
  public String nextHeading() {
    return "What happens next";
  }

  @Override
  public String nextSignIn(String upstream) {
    return "If you allow this, you sign in at " + upstream + ". Your password stays there.";
  }

  @Override
  public String nextSignInSomewhere() {
    return "If you allow this, you sign in at the account provider of that server. Your password"
        + " stays there.";
  }

  @Override
  public String signedInAs(String user) {
    return "You last signed in here as " + user + ".";
  }

  @Override
  public String useAnotherAccount() {
    return "Use another account";
  }

  @Override
  public String approve() {
    return "Allow and continue";
  }

  @Override
  public String deny() {
    return "Don’t allow";
  }

  @Override
  public String approveHint() {
    return "Nothing has been shared yet.";
  }

  @Override
  public String problemTitle() {
    return "This cannot go on";
  }

  @Override
  public String referenceLabel() {
    return "If you ask for help, give this reference:";
  }

  @Override
  public String forDevelopers() {
    return "For the app’s developer";
  }

  @Override
  public Explanation explain(Problem problem) {
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
              "It describes itself otherwise than when you agreed. Go back to the app and start"
                  + " again. Nothing was shared.",
              "The metadata document has another name, other redirect URIs or another way to"
                  + " authenticate than when the user agreed.");
      case Problem.RedirectMissing _ ->
          theAppIsWrong(
              "redirect_uri is missing; it may be left out only by a client that registered exactly"
                  + " one.");
      case Problem.RedirectUnknown(String redirectUri) ->
          new Explanation(
              "The answer would go to a place that is not the app’s",
              "The request asks for an answer at an address that the app never registered. This can"
                  + " be a mistake in the app or an attempt to get at your account, so it ends"
                  + " here. Nothing was shared.",
              "redirect_uri “"
                  + redirectUri
                  + "” is not registered for this client. It is compared character by character;"
                  + " only the port of a loopback address is free.");
      case Problem.StateTooLong(int limit) ->
          theAppIsWrong("state is longer than " + limit + " characters.");
      case Problem.FormForeign(int newest) ->
          new Explanation(
              "This form does not belong to this browser",
              "For your safety an answer counts only in the browser that was asked, and there only"
                  + " for the newest "
                  + newest
                  + " of these pages; cookies have to be allowed for this site. Go back to the app"
                  + " and start again. Nothing was shared.",
              "The CSRF token, Origin or Sec-Fetch-Site of the form is missing or does not fit.");
      case Problem.FormExpired _ ->
          new Explanation(
              "This page waited too long",
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
              "This sign-in does not belong here",
              "It was begun in another browser, is already finished, took too long, or more than "
                  + newest
                  + " others were begun in this browser since. If you are still waiting, go back to"
                  + " the app and start again. If you did not start anything, close this page:"
                  + " nothing was shared.",
              "The state of the callback is unknown, used, expired, or not bound to this browser.");
      case Problem.Unavailable _ ->
          new Explanation(
              "This does not work just now",
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
        "The app asked in a way that cannot be answered",
        "This is a mistake in the app, not yours. Go back to it and try again; if this page comes"
            + " back, tell whoever makes the app. Nothing was shared.",
        developer);
  }

  @Override
  public String returnTitle() {
    return "Return to the app";
  }

  @Override
  public String returnHeading() {
    return "The app’s request was not accepted";
  }

  @Override
  public String returnBody() {
    return "You have not been signed in, and nothing was shared. You can go back to the app, which"
        + " then learns why; or just close this page.";
  }

  @Override
  public String returnLink() {
    return "Return to the app";
  }

  @Override
  public String returnPlace(String place) {
    return "The link leads to " + place + ".";
  }

  @Override
  public String returnCarries() {
    return "What the app is told";
  }

  @Override
  public String notAllowedTitle() {
    return "No access";
  }

  @Override
  public String notAllowedHeading(String user) {
    return user + " has no access here";
  }

  @Override
  public String notAllowedBody(String user, String upstream) {
    return "You signed in at "
        + upstream
        + " as "
        + user
        + ", and that worked. But this server is open only to certain people, and this account is"
        + " not among them. Use another account, or ask whoever runs this server to let this one in"
        + " and give them the reference below.";
  }

  @Override
  public String misconfiguredHeading(String upstream) {
    return upstream + " does not accept this server";
  }

  @Override
  public String misconfiguredBody(String upstream) {
    return "You have not been signed in. This server is not registered at "
        + upstream
        + " as it should be, and only whoever runs it can change that. Tell them, and give them the"
        + " reference below.";
  }

  @Override
  public String forOperators() {
    return "For whoever runs this server";
  }

  @Override
  public String wrongHostTitle() {
    return "Another address";
  }

  @Override
  public String wrongHostHeading() {
    return "This server goes by another name";
  }

  @Override
  public String wrongHostBody(String issuer) {
    return "Its address is "
        + issuer
        + ". Browsers keep cookies for each name apart, so signing in works only under that one.";
  }

  @Override
  public String wrongHostLink() {
    return "Go on at the right address";
  }

  @Override
  public String wrongHostStartAgain() {
    return "Go back to the app and start again there.";
  }

  @Override
  public String footer(String host) {
    return "Access to " + host + " is kept by Ostiary";
  }
}
