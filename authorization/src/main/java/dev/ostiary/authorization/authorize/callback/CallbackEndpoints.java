package dev.ostiary.authorization.authorize.callback;

import dev.ostiary.authorization.authorize.response.BrowserDependencies;
import dev.ostiary.authorization.upstream.Upstreams;
import dev.ostiary.http.Endpoint;
import java.util.List;

/** Opens the callback of each upstream. */
public final class CallbackEndpoints {
  private CallbackEndpoints() {}

  public static List<Endpoint> of(
      BrowserDependencies with, SignIns signIns, Upstreams upstreams, SignInCompletion completion) {
    return upstreams.all().stream()
        .<Endpoint>map(
            upstream -> new CallbackEndpoint(with, upstream, upstreams, signIns, completion))
        .toList();
  }
}
