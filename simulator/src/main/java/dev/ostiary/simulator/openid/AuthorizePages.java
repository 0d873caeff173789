package dev.ostiary.simulator.openid;

import dev.ostiary.http.Reply;
import dev.ostiary.simulator.http.Html;
import dev.ostiary.simulator.http.Page;
import dev.ostiary.simulator.http.Parameters;
import java.util.List;

/** What a user sees: who signs in, and whether they approve. */
final class AuthorizePages {
  private AuthorizePages() {}

  static Reply accounts(List<OpenIdUser> users, Parameters request) {
    List<Html> buttons = users.stream().map(AuthorizePages::button).toList();
    return Page.showAtProvider(
        200,
        "Sign in",
        Html.of(
            """
            <h1>Sign in <b>(simulated)</b></h1>
            <form method="post" action="/authorize" class="card">
            {}
            <p class="quiet">Choose who you want to be. There are no passwords here.</p>
            <ul>
            {}
            </ul>
            </form>
            """,
            hidden(request),
            Html.join(buttons)));
  }

  static Reply approval(OpenIdUser user, OpenIdClient client, Parameters request) {
    return Page.showAtProvider(
        200,
        "Authorize " + client.id(),
        Html.of(
            """
            <h1>Let <b>{}</b> see who you are?</h1>
            <form method="post" action="/authorize" class="card">
            {}
            <input type="hidden" name="login" value="{}">
            <p>Signed in as {} ({}).</p>
            <p class="quiet">It asks for: {}</p>
            <p class="choice"><button type="submit" name="decision" value="cancel">Cancel</button>
            <button type="submit" name="decision" value="approve" class="go">Approve</button></p>
            </form>
            """,
            client.id(),
            hidden(request),
            user.login(),
            user.name(),
            user.email(),
            request.value("scope")));
  }

  static Reply refused(String text) {
    return Page.showAtProvider(
        400,
        "Request refused",
        Html.of("<h1>Request refused</h1>\n<div class=\"card\"><p>{}</p></div>", text));
  }

  private static Html button(OpenIdUser user) {
    return Html.of(
        """
        <li><button type="submit" name="login" value="{}">
        <span>Sign in as {}</span></button></li>\
        """,
        user.login(),
        user.login());
  }

  private static Html hidden(Parameters request) {
    List<Html> fields =
        request.without("login").without("decision").values().entrySet().stream()
            .map(
                entry ->
                    Html.of(
                        "<input type=\"hidden\" name=\"{}\" value=\"{}\">",
                        entry.getKey(),
                        entry.getValue().getLast()))
            .toList();
    return Html.join(fields);
  }
}
