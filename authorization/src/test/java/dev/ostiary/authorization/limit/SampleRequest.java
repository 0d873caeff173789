package dev.ostiary.authorization.limit;

import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Request;
import java.net.InetAddress;

/** Requests for tests, from wherever they like. */
final class SampleRequest {
  private SampleRequest() {}

  static Request from(String address) {
    return new Request(
        "5e1f0000c0ffee00",
        "POST",
        "/register",
        "secret=query",
        Headers.none(),
        Body.empty(),
        InetAddress.ofLiteral(address));
  }
}
