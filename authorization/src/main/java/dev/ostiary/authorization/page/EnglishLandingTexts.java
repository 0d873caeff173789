package dev.ostiary.authorization.page;

/** The landing page in English. */
final class EnglishLandingTexts implements LandingTexts {
  @Override
  public String title() {
    return "Connect an app";
  }

  @Override
  public String heading(String server) {
    return "Connect an app to " + server;
  }

  @Override
  public String headingOfSeveral() {
    return "Connect an app";
  }

  @Override
  public String what() {
    return "This is an address for AI apps (MCP). There is nothing to do here in a browser: give"
        + " the address to your app. It sends you back here to sign in, and you decide what"
        + " it may do.";
  }

  @Override
  public String addressLabel() {
    return "Address";
  }

  @Override
  public String claudeHow() {
    return "Settings → Connectors → Add custom connector. Paste the address, then choose Connect.";
  }

  @Override
  public String chatGptHow() {
    return "Settings → Apps & Connectors → Advanced settings: switch Developer mode on. Then choose"
        + " Create, and paste the address.";
  }

  @Override
  public String outOfReach() {
    return "It runs in the cloud and cannot reach an address of this computer: that takes a public"
        + " https address.";
  }

  @Override
  public String inATerminal() {
    return "In a terminal:";
  }

  @Override
  public String thenSignIn(String command) {
    return "Then sign in with " + command + ".";
  }

  @Override
  public String signsInAtOnce() {
    return "It opens the sign-in at once.";
  }

  @Override
  public String addTo(String client) {
    return "Add to " + client;
  }

  @Override
  public String orByHand(String file) {
    return "Or by hand, in " + file + ":";
  }

  @Override
  public String others() {
    return "Another app";
  }

  @Override
  public String othersHow() {
    return "Whatever speaks MCP over HTTP takes the address, and finds the rest by itself. Leave"
        + " fields for a client id and a secret empty.";
  }
}
