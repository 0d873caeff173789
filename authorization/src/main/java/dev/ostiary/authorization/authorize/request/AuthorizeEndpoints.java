package dev.ostiary.authorization.authorize.request;

import dev.ostiary.authorization.authorize.consent.ConsentForm;
import dev.ostiary.authorization.authorize.consent.RememberedConsent;
import dev.ostiary.authorization.authorize.response.BrowserDependencies;
import dev.ostiary.authorization.client.Clients;
import dev.ostiary.authorization.model.ProtectedServer;
import dev.ostiary.authorization.model.ResourceAliases;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Request;
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
      ConsentForm form) {
    return new AuthorizeEndpoint(with, checks(with.clients(), servers, aliases), earlier, form);
  }

  /**
   * Every check, in order. What fails up to the redirect is shown to the person; what fails after
   * it is told to the client.
   */
  private static Step<Request, PromptedRequest> checks(
      Clients clients, List<ProtectedServer> servers, ResourceAliases aliases) {
    return new ParametersParse()
        .then(new ClientIsKnown(clients))
        .then(new RedirectIsProven())
        .then(new ResponseTypeIsCode())
        .then(new ResponseModeIsQuery())
        .then(new ChallengeIsS256())
        .then(new ResourceIsOurs(servers, aliases))
        .then(new ScopesAreKnown())
        .then(new PromptIsPossible());
  }
}
