package dev.ostiary.http;

import java.util.function.Function;

/** An endpoint made of its route and its answer. */
record FakeEndpoint(Route route, Function<Request, Reply> answer) implements Endpoint {
  @Override
  public Access access() {
    return Access.ANYBODY;
  }

  @Override
  public Reply handle(Request request) {
    return answer.apply(request);
  }
}
