package dev.ostiary.authorization.limit;

import dev.ostiary.http.Access;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.http.Route;
import java.util.function.BiFunction;

/** An endpoint that an address may not call too often. */
record LimitedEndpoint(
    AddressLimit limit, BiFunction<Request, RateLimited, Reply> refusal, Endpoint inner)
    implements Endpoint {
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
    return limit
        .take(request)
        .map(tooMany -> refusal.apply(request, tooMany))
        .orElseGet(() -> inner.handle(request));
  }
}
