package dev.ostiary.authorization.page;

import dev.ostiary.protocol.Scope;
import dev.ostiary.protocol.ScopeEffect;

/** The words on our pages. A language that leaves one out does not compile. */
interface Texts {
  /** The value of {@code lang} (BCP 47). */
  String tag();

  /** The name of a client that has none. */
  String unnamedClient();

  /** Any client, in the middle of a sentence. */
  String theApp();

  String consentTitle();

  String consentHeading(String client, String server);

  String consentHeadingWithChoice(String client);

  String selfDeclared();

  /** Of a client that the operator named. */
  String namedByOperator();

  /** Whose word the description of a client is that is named by a URL. */
  String describedBy(String host);

  /** Of such a client whose answer goes to a program on this device. */
  String describedByUnproven(String host);

  String clientIdLabel();

  String whereHeading();

  String whereSite();

  String whereThisComputer();

  String whereProgram();

  String thisComputerWarning();

  String programWarning();

  String fullAddress();

  String whatHeading();

  String whichHeading();

  String noScopes();

  /** What a scope lets the client do, in plain words. */
  String scope(Scope scope);

  /** The worst that a scope lets the client do; empty if that goes without saying. */
  String effect(ScopeEffect effect);

  /** Stands behind a scope that the client does not have yet. */
  String addedScope();

  String addedScopes();

  String upstreamScopes(String upstream);

  String nextHeading();

  String nextSignIn(String upstream);

  String nextSignInSomewhere();

  String signedInAs(String user);

  String useAnotherAccount();

  String approve();

  String deny();

  String approveHint();

  String problemTitle();

  String forDevelopers();

  /** Before the reference by which an operator finds what happened. */
  String referenceLabel();

  Explanation explain(Problem problem);

  String returnTitle();

  String returnHeading();

  String returnBody();

  String returnLink();

  String returnPlace(String place);

  String returnCarries();

  /** After an answer to a program with a scheme of its own, which leaves the page where it is. */
  String backTitle();

  String backHeading(String client);

  String backBody();

  String backLink(String client);

  String notAllowedTitle();

  String notAllowedHeading(String user);

  String notAllowedBody(String user, String upstream);

  /** The upstream does not accept this server. */
  String misconfiguredHeading(String upstream);

  String misconfiguredBody(String upstream);

  String forOperators();

  String wrongHostTitle();

  String wrongHostHeading();

  String wrongHostBody(String issuer);

  String wrongHostLink();

  String wrongHostStartAgain();

  String footer(String host);
}
