package dev.ostiary.authorization.page;

/** The words of the landing page. */
interface LandingTexts {
  String title();

  /**
   * @param server its title
   */
  String heading(String server);

  String headingOfSeveral();

  String what();

  String addressLabel();

  String claudeHow();

  String chatGptHow();

  /** Of apps that run in the cloud, on a server that only this computer reaches. */
  String outOfReach();

  String inATerminal();

  String thenSignIn(String command);

  String signsInAtOnce();

  String addTo(String client);

  String orByHand(String file);

  String others();

  String othersHow();
}
