package dev.ostiary.authorization.authorize.request;

import dev.ostiary.authorization.authorize.consent.ConsentForm;
import dev.ostiary.authorization.authorize.consent.RememberedConsent;
import dev.ostiary.authorization.authorize.consent.UpstreamChoice;
import dev.ostiary.authorization.authorize.response.BrowserDependencies;
import dev.ostiary.authorization.model.ProtectedServer;
import dev.ostiary.authorization.model.ResourceAliases;
import dev.ostiary.http.Endpoint;
import java.util.List;

/** Opens the authorization endpoint. */
public final class AuthorizeEndpoints {
  private AuthorizeEndpoints() {}

  /**
   * @param servers those a request without {@code resource} may be for
   * @param aliases the server that a {@code resource} value means
   */
  public static Endpoint of(
      BrowserDependencies with,
      List<ProtectedServer> servers,
      ResourceAliases aliases,
      RememberedConsent earlier,
      UpstreamChoice upstreams,
      ConsentForm form) {
    return new AuthorizeEndpoint(
        with, new RequestChecks(with.clients(), servers, aliases), earlier, upstreams, form);
  }
}
