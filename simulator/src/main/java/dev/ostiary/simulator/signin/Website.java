package dev.ostiary.simulator.signin;

import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.simulator.http.Page;
import dev.ostiary.simulator.settings.Faults;

/** What is not API: the pages and the two OAuth endpoints. */
public final class Website {
  private final AuthorizeEndpoint authorize;
  private final SignIn signIn;
  private final TokenEndpoint token;
  private final Faults faults;

  public Website(AuthorizeEndpoint authorize, SignIn signIn, TokenEndpoint token, Faults faults) {
    this.authorize = authorize;
    this.signIn = signIn;
    this.token = token;
    this.faults = faults;
  }

  public Reply visit(Request request) {
    return switch (request.method() + " " + request.path()) {
      case "GET /", "HEAD /" -> home();
      case "GET /login", "HEAD /login" -> signIn.page(request);
      case "POST /session" -> signIn.choose(request);
      case "GET /login/oauth/authorize" -> authorize.ask(request);
      case "POST /login/oauth/authorize" -> authorize.answer(request);
      case "POST /login/oauth/access_token" ->
          faults.tokenReply().orElseGet(() -> token.exchange(request));
      default -> Page.message(404, "Page not found", "The simulated GitHub has no such page.");
    };
  }

  private static Reply home() {
    return Page.message(
        200,
        "The simulated GitHub is running",
        "Start a sign-in from your application and it will lead you here.");
  }
}
