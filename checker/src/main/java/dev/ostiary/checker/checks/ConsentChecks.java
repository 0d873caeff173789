package dev.ostiary.checker.checks;

import static dev.ostiary.checker.Need.AUTOMATIC;
import static dev.ostiary.checker.Need.JOURNEY;
import static dev.ostiary.checker.Specification.AUTHORIZATION;
import static dev.ostiary.checker.site.Verdict.check;
import static dev.ostiary.checker.site.Verdict.holds;
import static dev.ostiary.checker.site.Verdict.untested;

import dev.ostiary.checker.Check;
import dev.ostiary.checker.http.Answer;
import dev.ostiary.checker.signin.Browser;
import dev.ostiary.checker.signin.PageForm;
import dev.ostiary.checker.signin.SignIn;
import dev.ostiary.checker.site.Attempt;
import dev.ostiary.checker.site.Client;
import dev.ostiary.checker.site.Clients;
import dev.ostiary.checker.site.TargetServer;
import dev.ostiary.checker.site.Verdict;
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
            .needs(JOURNEY, AUTOMATIC)
            .by(ConsentChecks::shown),
        Check.must("consent-names-the-place", AUTHORIZATION, "The page says where the answer goes")
            .section("MCP security considerations, Localhost Redirect URI Risks", "A-45", "A-53")
            .remedy("Show the host of the redirect URI.")
            .needs(JOURNEY, AUTOMATIC)
            .by(ConsentChecks::namesThePlace),
        Check.must(
                "consent-of-its-browser",
                AUTHORIZATION,
                "The yes of one browser is not taken from another")
            .section("MCP security best practices, Consent UI; OAuth 2.1 §7.5.4", "A-54", "A-60")
            .remedy("Bind the page to the browser by a cookie, and compare it.")
            .needs(JOURNEY, AUTOMATIC)
            .by(ConsentChecks::ofItsBrowser),
        Check.must("no-307", AUTHORIZATION, "No redirect repeats a form elsewhere")
            .section("OAuth 2.1 §7.5.4; RFC 9700 §4.12", "R-8")
            .remedy("Redirect with 303 after a form.")
            .needs(JOURNEY, AUTOMATIC)
            .by(ConsentChecks::no307));
  }

  private static SignIn.Automatic way(TargetServer site) {
    return Objects.requireNonNull(site.options().automatic());
  }

  private static Browser fresh(TargetServer site) throws IOException {
    Client client = Objects.requireNonNull(site.journey().tokens().client());
    var _ = site.journey().answer(site.journey().attempt(client));
    return Objects.requireNonNull(way(site).last());
  }

  /** A page to sign in is no question about the client: it has to name it. */
  private static Verdict shown(TargetServer site) throws IOException {
    String id = Objects.requireNonNull(site.journey().tokens().client()).id();
    List<Answer> pages = fresh(site).pages();
    boolean named =
        pages.stream()
            .anyMatch(page -> page.text().contains(id) || page.text().contains(Clients.NAME));
    return check(
        named,
        "a code was issued, and "
            + (pages.isEmpty() ? "no page was shown" : "no page named the client"));
  }

  private static Verdict namesThePlace(TargetServer site) throws IOException {
    List<Answer> pages = fresh(site).pages();
    if (pages.isEmpty()) {
      return untested("no page was shown");
    }
    String host = URI.create(site.clients().redirectUri()).getHost();
    return check(
        pages.stream().anyMatch(page -> page.text().contains(host)), "no page names " + host);
  }

  private static Verdict ofItsBrowser(TargetServer site) throws IOException {
    Client client = Objects.requireNonNull(site.journey().tokens().client());
    Attempt attempt = site.journey().attempt(client);
    Browser victim = way(site).browser(site.wire());
    Browser.Stop page = victim.open(URI.create(site.journey().address(attempt)));
    PageForm form = page.callback() == null ? PageForm.approving(page.page()) : null;
    if (form == null) {
      return untested("the first page has no form");
    }
    Browser.Stop end;
    try {
      end = way(site).browser(site.wire()).submit(page.page(), form);
    } catch (IOException stuck) {
      return holds();
    }
    boolean code = end.callback() != null && Browser.parameters(end.callback()).containsKey("code");
    return check(!code, "another browser sent the form and got a code");
  }

  private static Verdict no307(TargetServer site) throws IOException {
    return check(
        fresh(site).seen().stream().noneMatch(answer -> answer.status() == 307),
        "a redirect is a 307");
  }
}
