package dev.ostiary.authorization.page;

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
  public String theApp() {
    return "the app";
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
    return "The operator of this server has added this app to it.";
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
    return "Where you will be redirected";
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
    return "Requested from " + upstream + ":";
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
    return "Sign-in stopped";
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
    return EnglishProblemTexts.explain(problem);
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
  public String backTitle() {
    return "Back to the app";
  }

  @Override
  public String backHeading(String client) {
    return "You can go back to " + client;
  }

  @Override
  public String backBody() {
    return "Your browser may ask whether to open it. If nothing happens, use the button below."
        + " After that you can close this page.";
  }

  @Override
  public String backLink(String client) {
    return "Open " + client;
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
        + " not among them. Use another account, or ask the operator of this server to let this one"
        + " in and give them the reference below.";
  }

  @Override
  public String misconfiguredHeading(String upstream) {
    return upstream + " does not accept this server";
  }

  @Override
  public String misconfiguredBody(String upstream) {
    return "You have not been signed in. This server is not registered at "
        + upstream
        + " as it should be, and only its operator can change that. Tell them, and give them the"
        + " reference below.";
  }

  @Override
  public String forOperators() {
    return "For the operator of this server";
  }

  @Override
  public String wrongHostTitle() {
    return "Another address";
  }

  @Override
  public String wrongHostHeading() {
    return "Wrong address for this server";
  }

  @Override
  public String wrongHostBody(String issuer) {
    return "Its address is "
        + issuer
        + ". Browsers keep cookies for each name apart, so signing in works only under that one.";
  }

  @Override
  public String wrongHostLink() {
    return "Continue at the correct address";
  }

  @Override
  public String wrongHostStartAgain() {
    return "Go back to the app and start again there.";
  }

  @Override
  public String footer(String host) {
    return host + " is protected by Ostiary";
  }
}
