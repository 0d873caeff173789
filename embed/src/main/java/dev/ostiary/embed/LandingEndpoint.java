package dev.ostiary.embed;

import dev.ostiary.authorization.authorize.signout.SignOutEndpoint;
import dev.ostiary.authorization.page.LandingPage;
import dev.ostiary.authorization.page.Language;
import dev.ostiary.authorization.page.PageSettings;
import dev.ostiary.authorization.page.Pages;
import dev.ostiary.http.Access;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Route;
import dev.ostiary.http.Service;
import dev.ostiary.protocol.Issuer;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says to a person with a browser what this is, and how to connect an app: at the root, and in
 * place of the JSON with which an MCP server answers a request without a token.
 */
final class LandingEndpoint implements Endpoint {
  private final Issuer issuer;
  private final Pages pages;
  private final List<ServerPlace> servers;
  private final @Nullable String signOut;

  /**
   * @param signsIn whether users sign in here, and may sign out
   */
  LandingEndpoint(
      Issuer issuer, PageSettings settings, List<ServerPlace> servers, boolean signsIn) {
    this.issuer = issuer;
    this.pages = Pages.of(issuer, settings);
    this.servers = List.copyOf(servers);
    this.signOut = signsIn ? issuer.path() + SignOutEndpoint.PATH : null;
  }

  @Override
  public Route route() {
    return Route.get(issuer.path() + "/");
  }

  @Override
  public Access access() {
    return Access.ANYBODY;
  }

  @Override
  public Reply handle(Request request) {
    return page(request, servers);
  }

  private Reply page(Request request, List<ServerPlace> of) {
    List<LandingPage.Server> listed =
        of.stream()
            .map(
                server ->
                    new LandingPage.Server(
                        server.name(), server.title(), server.resource().value()))
            .toList();
    return pages.landing(
        Language.of(request.headers()), new LandingPage(listed, !issuer.isLoopback(), signOut));
  }

  /** How the page looks. */
  Endpoint stylesheet() {
    return pages.stylesheet();
  }

  /** The same MCP servers, with this page for browsers. */
  Map<String, Service> inFrontOf(Map<String, Service> services) {
    Map<String, Service> shown = new HashMap<>(services);
    for (ServerPlace server : servers) {
      if (!server.resource().value().startsWith(issuer.value() + "/")) {
        continue; // it runs elsewhere
      }
      shown.computeIfPresent(
          URI.create(server.resource().value()).getRawPath(),
          (_, service) -> new PageForBrowsers(service, request -> page(request, List.of(server))));
    }
    return shown;
  }
}
