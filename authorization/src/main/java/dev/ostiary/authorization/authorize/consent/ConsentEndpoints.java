package dev.ostiary.authorization.authorize.consent;

import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.authorize.callback.SignIns;
import dev.ostiary.authorization.authorize.response.Approvals;
import dev.ostiary.authorization.authorize.response.AuthorizationResponses;
import dev.ostiary.authorization.authorize.session.CookieFamily;
import dev.ostiary.authorization.authorize.session.Sessions;
import dev.ostiary.authorization.client.Clients;
import dev.ostiary.authorization.key.DerivedKey;
import dev.ostiary.authorization.key.Sealer;
import dev.ostiary.authorization.model.ProtectedServer;
import dev.ostiary.authorization.page.Pages;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.upstream.Upstreams;
import dev.ostiary.http.Endpoint;
import dev.ostiary.protocol.Issuer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Opens the consent form and the endpoint that takes its answer. */
public final class ConsentEndpoints {
  private ConsentEndpoints() {}

  /**
   * The form.
   *
   * @param csrf its cookies
   * @param key what its fields hang on, the same on every node
   * @param grants that tell what a client has already
   * @param patience how long it waits for an answer
   */
  public static ConsentForm form(
      Pages pages,
      Sealer sealer,
      CookieFamily csrf,
      DerivedKey key,
      Upstreams upstreams,
      GrantStore grants,
      Duration patience) {
    return new ConsentForm(pages, sealer, new CsrfToken(csrf, key), upstreams, grants, patience);
  }

  /** What spares people the form. */
  public static RememberedConsent earlier(Approvals approvals, SignIns signIns, AuditLog audit) {
    return new RememberedConsent(approvals, signIns, audit);
  }

  /** The endpoint that the form posts to. */
  public static Endpoint of(
      Issuer issuer,
      ConsentForm form,
      Clients clients,
      List<ProtectedServer> servers,
      SignIns signIns,
      Sessions sessions,
      AuthorizationResponses responses,
      AuditLog audit,
      InstantSource time) {
    return new ConsentEndpoint(
        issuer.path() + "/consent",
        form,
        new SameOrigin(issuer),
        new PendingRequestValidator(clients, servers),
        new ConsentDecisions(signIns, sessions, form, responses, audit),
        responses,
        time);
  }
}
