package dev.ostiary.checker.checks;

import static dev.ostiary.checker.Need.AUTOMATIC;
import static dev.ostiary.checker.Need.FLOW;
import static dev.ostiary.checker.Specification.AUTHORIZATION;
import static dev.ostiary.checker.server.Verdict.check;
import static dev.ostiary.checker.server.Verdict.holds;
import static dev.ostiary.checker.server.Verdict.untested;

import dev.ostiary.checker.Check;
import dev.ostiary.checker.http.Answer;
import dev.ostiary.checker.server.Attempt;
import dev.ostiary.checker.server.Client;
import dev.ostiary.checker.server.Clients;
import dev.ostiary.checker.server.TargetServer;
import dev.ostiary.checker.server.Verdict;
import dev.ostiary.checker.signin.Browser;
import dev.ostiary.checker.signin.PageForm;
import dev.ostiary.checker.signin.SignIn;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;

/** What people see on the way, and whether only they can go on. MCP security best practices. */
final class ConsentChecks {
  private ConsentChecks() {}

  static List<Check> all() {
    return List.of(
        Check.should(
                "consent-shown",
                AUTHORIZATION,
                "A person is asked about a client before it gets a code")
            .section("MCP security best practices, Confused Deputy Problem", "A-51")
            .remedy("Show a page that names the client, and issue codes only after a yes.")
            .needs(FLOW, AUTOMATIC)
            .by(ConsentChecks::shown),
        Check.must("consent-names-the-place", AUTHORIZATION, "The page says where the answer goes")
            .section("MCP security considerations, Localhost Redirect URI Risks", "A-45", "A-53")
            .remedy("Show the host of the redirect URI.")
            .needs(FLOW, AUTOMATIC)
            .by(ConsentChecks::namesThePlace),
        Check.must(
                "consent-of-its-browser",
                AUTHORIZATION,
                "The yes of one browser is not taken from another")
            .section("MCP security best practices, Consent UI; OAuth 2.1 §7.5.4", "A-54", "A-60")
            .remedy("Bind the page to the browser by a cookie, and compare it.")
            .needs(FLOW, AUTOMATIC)
            .by(ConsentChecks::ofItsBrowser),
        Check.must("no-307", AUTHORIZATION, "No redirect repeats a form elsewhere")
            .section("OAuth 2.1 §7.5.4; RFC 9700 §4.12", "R-8")
            .remedy("Redirect with 303 after a form.")
            .needs(FLOW, AUTOMATIC)
            .by(ConsentChecks::no307));
  }

  private static SignIn.Automatic way(TargetServer target) {
    return Objects.requireNonNull(target.options().automatic());
  }

  private static Browser fresh(TargetServer target) throws IOException {
    Client client = Objects.requireNonNull(target.flow().tokens().client());
    var _ = target.flow().answer(target.flow().attempt(client));
    return Objects.requireNonNull(way(target).last());
  }

  /** A page to sign in is no question about the client: it has to name it. */
  private static Verdict shown(TargetServer target) throws IOException {
    String id = Objects.requireNonNull(target.flow().tokens().client()).id();
    List<Answer> pages = fresh(target).pages();
    boolean named =
        pages.stream()
            .anyMatch(page -> page.text().contains(id) || page.text().contains(Clients.NAME));
    return check(
        named,
        "a code was issued, and "
            + (pages.isEmpty() ? "no page was shown" : "no page named the client"));
  }

  private static Verdict namesThePlace(TargetServer target) throws IOException {
    List<Answer> pages = fresh(target).pages();
    if (pages.isEmpty()) {
      return untested("no page was shown");
    }
    String host = URI.create(target.clients().redirectUri()).getHost();
    return check(
        pages.stream().anyMatch(page -> page.text().contains(host)), "no page names " + host);
  }

  private static Verdict ofItsBrowser(TargetServer target) throws IOException {
    Client client = Objects.requireNonNull(target.flow().tokens().client());
    Attempt attempt = target.flow().attempt(client);
    Browser victim = way(target).browser(target.http());
    Browser.Stop page = victim.open(URI.create(target.flow().address(attempt)));
    PageForm form = page.callback() == null ? PageForm.approving(page.page()) : null;
    if (form == null) {
      return untested("the first page has no form");
    }
    Browser.Stop end;
    try {
      end = way(target).browser(target.http()).submit(page.page(), form);
    } catch (IOException stuck) {
      return holds();
    }
    boolean code = end.callback() != null && Browser.parameters(end.callback()).containsKey("code");
    return check(!code, "another browser sent the form and got a code");
  }

  private static Verdict no307(TargetServer target) throws IOException {
    return check(
        fresh(target).seen().stream().noneMatch(answer -> answer.status() == 307),
        "a redirect is a 307");
  }
}
