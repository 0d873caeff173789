package dev.ostiary.authorization.authorize.consent;

import dev.ostiary.authorization.authorize.callback.SignIns;
import dev.ostiary.authorization.authorize.response.BrowserDependencies;
import dev.ostiary.authorization.authorize.session.CookieFamily;
import dev.ostiary.authorization.authorize.session.LastUpstream;
import dev.ostiary.authorization.key.DerivedKey;
import dev.ostiary.authorization.key.Sealer;
import dev.ostiary.authorization.model.ProtectedServer;
import dev.ostiary.authorization.page.Pages;
import dev.ostiary.authorization.store.GrantStore;
import dev.ostiary.authorization.upstream.Upstreams;
import dev.ostiary.http.Endpoint;
import java.time.Duration;
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
  public static RememberedConsent earlier(BrowserDependencies with, SignIns signIns) {
    return new RememberedConsent(with, signIns);
  }

  /** Where people sign in, as far as it need not be asked. */
  public static UpstreamChoice upstreams(LastUpstream last) {
    return new UpstreamChoice(last);
  }

  /** The endpoint that takes the answer. */
  public static Endpoint of(
      BrowserDependencies with,
      ConsentForm form,
      LastUpstream last,
      List<ProtectedServer> servers,
      SignIns signIns) {
    return new ConsentEndpoint(
        with,
        form,
        new PendingRequestValidator(with.clients(), servers),
        new ConsentDecisions(with, form, last, signIns));
  }
}
