package dev.ostiary.authorization.authorize.request;

import dev.ostiary.authorization.authorize.consent.AuthorizationRequest;
import dev.ostiary.authorization.authorize.response.AuthorizationRefusal;
import dev.ostiary.authorization.authorize.response.ResponseTarget;
import dev.ostiary.authorization.client.Clients;
import dev.ostiary.authorization.model.ProtectedServer;
import dev.ostiary.authorization.model.ResourceAliases;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.http.Request;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.WireError;
import java.util.List;

/** Every check of an authorization request, in order; each takes what those before it proved. */
final class RequestChecks {
  private final ClientIsKnown clientIsKnown;
  private final ResourceIsOurs resourceIsOurs;

  RequestChecks(Clients clients, List<ProtectedServer> servers, ResourceAliases aliases) {
    this.clientIsKnown = new ClientIsKnown(clients);
    this.resourceIsOurs = new ResourceIsOurs(servers, aliases);
  }

  /** What fails up to the redirect is shown to the person. */
  Result<AuthorizationRequest, AuthorizationRefusal> check(Request request) {
    return ParametersParse.check(request)
        .then(
            received ->
                clientIsKnown
                    .check(received)
                    .then(
                        client ->
                            RedirectIsProven.check(received, client)
                                .then(to -> check(received, client, to))));
  }

  private Result<AuthorizationRequest, AuthorizationRefusal> check(
      ReceivedRequest received, RegisteredClient client, ResponseTarget to) {
    return switch (proven(received, client, to)) {
      case Result.Ok(AuthorizationRequest proven) -> Result.ok(proven);
      case Result.Refused(WireError error) ->
          Result.refused(new AuthorizationRefusal.SentToClient(client, to, error));
    };
  }

  /** What fails after the redirect is told to the client. */
  private Result<AuthorizationRequest, WireError> proven(
      ReceivedRequest received, RegisteredClient client, ResponseTarget to) {
    return ResponseTypeIsCode.check(received, client)
        .then(ResponseModeIsQuery::check)
        .then(ChallengeIsS256::check)
        .then(
            codeChallenge ->
                resourceIsOurs
                    .check(received)
                    .then(servers -> ScopesAreKnown.check(received, client, servers))
                    .then(
                        choices ->
                            PromptIsPossible.check(received)
                                .map(
                                    prompt ->
                                        new AuthorizationRequest(
                                            client,
                                            to,
                                            codeChallenge,
                                            choices,
                                            prompt,
                                            PromptIsPossible.selectAccount(received),
                                            null))));
  }
}
