package dev.ostiary.authorization.limit;

import dev.ostiary.authorization.model.Limit;
import dev.ostiary.http.Request;
import java.time.InstantSource;
import java.util.Optional;

/** A limit on what comes from one address. */
final class AddressLimit {
  private final KeyedRateLimiter<ClientNetwork> buckets;
  private final LimitLog log;

  AddressLimit(String what, Limit limit, InstantSource time) {
    this.buckets = new KeyedRateLimiter<>(limit, time);
    this.log = new LimitLog(what, time);
  }

  /** Counts a request. */
  Optional<RateLimited> take(Request request) {
    Optional<RateLimited> tooMany = buckets.take(ClientNetwork.of(request.remote()));
    if (tooMany.isPresent()) {
      log.reached(request.remote().getHostAddress(), request.id());
    }
    return tooMany;
  }
}
