package dev.ostiary.simulator.signin;

import dev.ostiary.http.Reply;
import dev.ostiary.simulator.http.Html;
import dev.ostiary.simulator.http.Page;
import dev.ostiary.simulator.signin.Browsers.Browser;
import dev.ostiary.simulator.token.App;
import dev.ostiary.simulator.token.ScopeName;
import dev.ostiary.simulator.token.Scopes;
import dev.ostiary.simulator.world.Account;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** "Authorize …": who asks, for what, and where the answer will go. */
final class AuthorizePage {
  private AuthorizePage() {}

  static Reply show(
      AuthorizationRequest request,
      Account account,
      Scopes scopes,
      boolean reducible,
      Browser browser,
      String otherAccount) {
    Html content =
        Html.of(
            """
            <h1>Authorize <b>{}</b></h1>
            <form method="post" action="/login/oauth/authorize" class="card">
            <div class="person">{}<span><b>{}</b>
            <span>wants to access the account <strong>{}</strong></span></span></div>
            {}
            {}
            <p class="choice"><button type="submit" name="authorize" value="1" class="go">Authorize {}</button>
            <button type="submit" name="authorize" value="0">Cancel</button></p>
            </form>
            <div class="card quiet">
            <dl><dt>Authorizing will redirect to</dt><dd><strong>{}</strong></dd></dl>
            <p>Signed in as {}. <a href="{}">Use another account</a></p>
            </div>
            """,
            request.app().name(),
            face(request.app().name()),
            request.app().name(),
            account.login(),
            hidden(request, browser),
            scopes.names().isEmpty() ? publicOnly(request.app()) : list(scopes, reducible),
            request.app().name(),
            destination(request.redirectUri()),
            account.login(),
            otherAccount);
    return Page.show(200, "Authorize " + request.app().name(), content);
  }

  static Html face(String name) {
    return Html.of(
        "<span class=\"face\" aria-hidden=\"true\">{}</span>",
        name.substring(0, 1).toUpperCase(Locale.ROOT));
  }

  private static Html hidden(AuthorizationRequest request, Browser browser) {
    List<Html> carried =
        AuthorizationRequest.CARRIED.stream()
            .filter(name -> request.parameters().find(name).isPresent())
            .map(name -> field(name, request.parameters().value(name)))
            .toList();
    return Html.join(List.of(Html.join(carried), field("authenticity_token", browser.formToken())));
  }

  static Html field(String name, String value) {
    return Html.of("<input type=\"hidden\" name=\"{}\" value=\"{}\">", name, value);
  }

  private static Html publicOnly(App app) {
    return app.isOAuthApp()
        ? Html.of("<p><b>Public data only</b><br>Read what everybody can see.</p>")
        : Html.of("<p>Act on your behalf, within the permissions of the app.</p>");
  }

  private static Html list(Scopes scopes, boolean reducible) {
    List<Html> items =
        scopes.names().stream().map(name -> reducible ? box(name) : line(name)).toList();
    String hint =
        reducible ? "Untick anything it should not be able to do." : "It will be able to:";
    return Html.of("<p class=\"quiet\">{}</p>\n<ul>\n{}\n</ul>", hint, Html.join(items));
  }

  private static Html box(ScopeName scope) {
    return Html.of(
        """
        <li><label class="scope"><input type="checkbox" name="granted_scope" value="{}" checked>
        <span><b>{}</b><span>{}</span></span></label></li>\
        """,
        scope.wire(),
        scope.title(),
        scope.explanation());
  }

  private static Html line(ScopeName scope) {
    return Html.of(
        "<li class=\"scope\"><span><b>{}</b><span>{}</span></span></li>",
        scope.title(),
        scope.explanation());
  }

  private static String destination(String redirectUri) {
    URI uri = URI.create(redirectUri);
    return uri.getRawAuthority() == null
        ? redirectUri
        : uri.getScheme() + "://" + uri.getRawAuthority();
  }
}
