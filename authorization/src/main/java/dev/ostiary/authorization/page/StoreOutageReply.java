package dev.ostiary.authorization.page;

import dev.ostiary.authorization.client.ErrorReply;
import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.http.Access;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Route;

/** An endpoint that answers 503 when the store does not answer: a page to browsers, else JSON. */
public final class StoreOutageReply implements Endpoint {
  private static final System.Logger LOG = System.getLogger(StoreOutageReply.class.getName());

  private final Pages pages;
  private final Endpoint inner;

  private StoreOutageReply(Pages pages, Endpoint inner) {
    this.pages = pages;
    this.inner = inner;
  }

  public static Endpoint of(Pages pages, Endpoint inner) {
    return new StoreOutageReply(pages, inner);
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
    } catch (StoreUnavailable outage) {
      LOG.log(
          System.Logger.Level.ERROR,
          "request " + request.id() + " at " + inner.route().path() + ": no answer of the store",
          outage);
      return access() == Access.BROWSER
          ? pages.problem(Language.of(request.headers()), new Problem.Unavailable(), request.id())
          : ErrorReply.unavailable();
    }
  }
}
