package dev.ostiary.embed;

import dev.ostiary.http.ContentLimit;
import dev.ostiary.http.Exchange;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Service;
import java.util.function.Function;

/** Gives a 401 to a browser a page as its content. Clients of MCP never ask for HTML. */
record PageForBrowsers(Service inner, Function<Request, Reply> page) implements Service {
  @Override
  public void serve(Exchange exchange) {
    Request request = exchange.request();
    boolean browser =
        request.method().equals("GET")
            && request.headers().all("Accept").stream().anyMatch(a -> a.contains("text/html"));
    inner.serve(browser ? new Browsing(exchange, page) : exchange);
  }

  private record Browsing(Exchange inner, Function<Request, Reply> page) implements Exchange {
    @Override
    public Request request() {
      return inner.request();
    }

    @Override
    public void reply(Reply reply) {
      inner.reply(reply.status() == 401 ? explained(reply) : reply);
    }

    /** With the challenge, and whatever else is not about the content. */
    private Reply explained(Reply refusal) {
      Reply shown = page.apply(inner.request());
      Reply explained = new Reply(refusal.status(), shown.headers(), shown.body());
      for (String challenge : refusal.headers().all("WWW-Authenticate")) {
        explained = explained.with("WWW-Authenticate", challenge);
      }
      return explained.with("Vary", "Accept");
    }

    @Override
    public void onAbort(Runnable action) {
      inner.onAbort(action);
    }

    @Override
    public void read(ContentLimit limit, Content content) {
      inner.read(limit, content);
    }
  }
}
