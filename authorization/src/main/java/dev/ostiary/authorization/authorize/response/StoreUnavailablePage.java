package dev.ostiary.authorization.authorize.response;

import dev.ostiary.authorization.page.Language;
import dev.ostiary.authorization.page.Pages;
import dev.ostiary.authorization.page.Problem;
import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.http.Access;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Route;

/** An endpoint for browsers that shows a page when the storage does not answer. */
public final class StoreUnavailablePage implements Endpoint {
  private static final System.Logger LOG = System.getLogger(StoreUnavailablePage.class.getName());

  private final Pages pages;
  private final Endpoint inner;

  private StoreUnavailablePage(Pages pages, Endpoint inner) {
    this.pages = pages;
    this.inner = inner;
  }

  public static Endpoint of(Pages pages, Endpoint inner) {
    return new StoreUnavailablePage(pages, inner);
  }

  @Override
  public Route route() {
    return inner.route();
  }

  @Override
  public Access access() {
    return inner.access();
  }

  @Override
  public Reply handle(Request request) {
    try {
      return inner.handle(request);
    } catch (StoreUnavailable trouble) {
      LOG.log(System.Logger.Level.ERROR, "no page for request " + request.id(), trouble);
      return pages.problem(Language.of(request.headers()), new Problem.Unavailable(), request.id());
    }
  }
}
