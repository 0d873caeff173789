package dev.ostiary.authorization.authorize.callback;

import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.authorize.response.Approvals;
import dev.ostiary.authorization.authorize.response.AuthorizationResponses;
import dev.ostiary.authorization.authorize.session.Sessions;
import dev.ostiary.authorization.client.Clients;
import dev.ostiary.authorization.model.Lifetimes;
import dev.ostiary.authorization.page.Pages;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.upstream.UpstreamTokens;
import dev.ostiary.authorization.upstream.Upstreams;
import dev.ostiary.http.Endpoint;
import java.time.InstantSource;
import java.util.List;

/** Opens the callback of each upstream. */
public final class CallbackEndpoints {
  private CallbackEndpoints() {}

  public static List<Endpoint> of(
      Upstreams upstreams,
      SignIns signIns,
      Clients clients,
      GrantStore grants,
      UpstreamTokens tokens,
      Approvals approvals,
      Sessions sessions,
      AuthorizationResponses responses,
      Pages pages,
      AuditLog audit,
      Lifetimes lifetimes,
      InstantSource time) {
    SignInCompletion completion =
        new SignInCompletion(
            new GrantIssue(grants, tokens, lifetimes),
            tokens,
            approvals,
            sessions,
            responses,
            pages,
            audit);
    return upstreams.all().stream()
        .<Endpoint>map(
            upstream ->
                new CallbackEndpoint(
                    upstream, upstreams, signIns, clients, completion, pages, audit, time))
        .toList();
  }
}
