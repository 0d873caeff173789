package dev.ostiary.simulator.signin;

import dev.ostiary.http.Reply;
import dev.ostiary.simulator.http.Html;
import dev.ostiary.simulator.http.Page;
import dev.ostiary.simulator.signin.Browsers.Browser;
import dev.ostiary.simulator.world.Account;
import java.util.Comparator;
import java.util.List;

/** "Sign in to GitHub (simulated)": a button for each account instead of a password. */
final class SignInPage {
  private SignInPage() {}

  /**
   * Shows the accounts.
   *
   * @param suggested the login that stands first and stands out; the first account if it is unknown
   * @param mentionsSignUp whether newcomers are addressed
   */
  static Reply show(
      List<Account> accounts,
      String suggested,
      boolean mentionsSignUp,
      String returnTo,
      Browser browser) {
    List<Account> ordered =
        accounts.stream().sorted(Comparator.comparing(a -> !a.isCalled(suggested))).toList();
    List<Html> buttons =
        ordered.stream()
            .map(account -> button(account, account.equals(ordered.getFirst())))
            .toList();
    Html content =
        Html.of(
            """
            <h1>Sign in to GitHub <b>(simulated)</b></h1>
            <form method="post" action="/session" class="card">
            {}
            {}
            <p class="quiet">Choose who you want to be. There are no passwords here.</p>
            <ul>
            {}
            </ul>
            {}
            </form>
            """,
            AuthorizePage.field("authenticity_token", browser.formToken()),
            AuthorizePage.field("return_to", returnTo),
            Html.join(buttons),
            mentionsSignUp ? signUp() : Html.NOTHING);
    return Page.show(200, "Sign in to GitHub", content);
  }

  private static Html button(Account account, boolean first) {
    return Html.of(
        """
        <li><button type="submit" name="login" value="{}" class="{}">{}
        <span>Sign in as {}</span></button></li>\
        """,
        account.login(),
        first ? "go" : "other",
        AuthorizePage.face(account.login()),
        account.login());
  }

  private static Html signUp() {
    return Html.of(
        "<p class=\"quiet\">New to GitHub? The simulated one has only these accounts.</p>");
  }
}
