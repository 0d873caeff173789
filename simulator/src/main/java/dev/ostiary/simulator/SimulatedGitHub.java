package dev.ostiary.simulator;

import dev.ostiary.http.Body;
import dev.ostiary.http.ContentLimit;
import dev.ostiary.http.Exchange;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Route;
import dev.ostiary.http.Service;
import dev.ostiary.simulator.api.Api;
import dev.ostiary.simulator.api.ApiRoutes;
import dev.ostiary.simulator.api.Callers;
import dev.ostiary.simulator.http.Journal;
import dev.ostiary.simulator.http.MalformedEscape;
import dev.ostiary.simulator.http.Origin;
import dev.ostiary.simulator.settings.Faults;
import dev.ostiary.simulator.settings.Person;
import dev.ostiary.simulator.settings.SimulatorSettings;
import dev.ostiary.simulator.signin.AuthorizationRequests;
import dev.ostiary.simulator.signin.AuthorizeEndpoint;
import dev.ostiary.simulator.signin.Browsers;
import dev.ostiary.simulator.signin.Callbacks;
import dev.ostiary.simulator.signin.SignIn;
import dev.ostiary.simulator.signin.TokenEndpoint;
import dev.ostiary.simulator.signin.Website;
import dev.ostiary.simulator.token.Ledger;
import dev.ostiary.simulator.token.TokenFactory;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * A GitHub of our own: sign-in pages, OAuth web flow, token management and REST, laid out as on
 * GitHub Enterprise Server ({@code /login/oauth/…}, {@code /api/v3/…}). Everything is in memory,
 * and quick enough to be answered on the binding's thread.
 */
public final class SimulatedGitHub implements Service {
  private static final System.Logger LOG = System.getLogger(SimulatedGitHub.class.getName());

  private final Origin origin = new Origin();
  private final Journal journal = new Journal();
  private final Faults faults;
  private final Website website;
  private final Api api;
  private volatile @Nullable Person person;

  public SimulatedGitHub(SimulatorSettings settings, InstantSource time) {
    TokenFactory factory = new TokenFactory();
    Ledger ledger = Ledger.empty(factory, settings.limits());
    Browsers browsers = new Browsers(factory, origin);
    person = settings.person();
    faults = new Faults(ledger.tokens());

    Callbacks callbacks = new Callbacks(origin, faults, settings.sendsIssuer());
    AuthorizationRequests requests = new AuthorizationRequests(settings, callbacks, faults);
    website =
        new Website(
            new AuthorizeEndpoint(
                settings, requests, callbacks, browsers, ledger, () -> person, time),
            new SignIn(settings.world(), browsers),
            new TokenEndpoint(settings, ledger, time),
            faults);
    api =
        new Api(
            ApiRoutes.of(settings.world(), origin, ledger, time),
            new Callers(settings, ledger.tokens()),
            faults,
            settings.limits(),
            time);
  }

  /** Says under which address this is served. Needed before the first request. */
  public void at(URI base) {
    origin.is(base);
  }

  /** Who signs in and decides without a page from now on; null to show the pages. */
  public void person(@Nullable Person somebody) {
    person = somebody;
  }

  /** What has been received. */
  public Journal journal() {
    return journal;
  }

  /** What shall go wrong. */
  public Faults faults() {
    return faults;
  }

  @Override
  public void serve(Exchange exchange) {
    Request head = exchange.request();
    exchange.read(
        new ContentLimit(Route.FORM_LIMIT, head.remote()),
        content -> {
          Reply reply = answer(head.with(content));
          faults.deliver(() -> exchange.reply(reply));
        });
  }

  private Reply answer(Request request) {
    try {
      journal.add(request);
      return request.method().equals("HEAD") ? withoutBody(route(request)) : route(request);
    } catch (MalformedEscape malformed) {
      return Reply.text(400, "The request has a broken percent-encoding.");
    } catch (RuntimeException broken) {
      LOG.log(Level.ERROR, "the simulated GitHub failed at " + request, broken);
      return Reply.text(500, "The simulated GitHub failed. Request: " + request.id());
    }
  }

  private Reply route(Request request) {
    if (faults.isUnavailable()) {
      return Reply.text(503, "No server is currently available to service your request.");
    }
    String path = request.path();
    if (path.equals(Origin.API)) {
      return api.call(request, "/");
    }
    return path.startsWith(Origin.API + "/")
        ? api.call(request, path.substring(Origin.API.length()))
        : website.visit(request);
  }

  private static Reply withoutBody(Reply reply) {
    return new Reply(reply.status(), reply.headers(), Body.empty());
  }
}
