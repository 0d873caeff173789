package dev.ostiary.simulator.signin;

import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.simulator.http.Page;
import dev.ostiary.simulator.http.Parameters;
import dev.ostiary.simulator.signin.Browsers.Browser;
import dev.ostiary.simulator.world.World;

/** The account chooser at {@code /login} and what its buttons do. */
public final class SignIn {
  private static final String AUTHORIZE = "/login/oauth/authorize?";

  private final World world;
  private final Browsers browsers;

  public SignIn(World world, Browsers browsers) {
    this.world = world;
    this.browsers = browsers;
  }

  Reply page(Request request) {
    Browser browser = browsers.recognize(request);
    String returnTo = safe(Parameters.query(request).value("return_to"));
    Parameters asked = Parameters.parse(returnTo.substring(returnTo.indexOf('?') + 1));
    Reply page =
        SignInPage.show(
            world.accounts(),
            asked.value("login"),
            !asked.value("allow_signup").equals("false"),
            returnTo,
            browser);
    return browsers.keep(browser, page);
  }

  Reply choose(Request request) {
    Parameters form = Parameters.form(request);
    Browser browser = browsers.recognize(request);
    if (!form.value("authenticity_token").equals(browser.formToken())) {
      return expired();
    }
    return world
        .account(form.value("login"))
        .map(
            account ->
                browsers.keep(
                    browsers.signIn(browser, account.login()),
                    Page.found(safe(form.value("return_to")))))
        .orElseGet(() -> Page.message(422, "No such account", "Go back and choose another one."));
  }

  /** The answer to a form that none of our pages sent, or an old one did. */
  static Reply expired() {
    return Page.message(
        422,
        "This form has expired",
        "It was filled in at another time or in another browser. Start again from the"
            + " application.");
  }

  /** Where the chooser is left to: an authorization request for it, without the wish to choose. */
  static String loginPath(Parameters authorization) {
    String returnTo = AUTHORIZE + authorization.without("prompt").encoded();
    return "/login?" + Parameters.pair("return_to", returnTo);
  }

  private static String safe(String returnTo) {
    return returnTo.startsWith(AUTHORIZE) ? returnTo : "/";
  }
}
