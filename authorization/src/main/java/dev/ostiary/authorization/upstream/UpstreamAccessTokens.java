package dev.ostiary.authorization.upstream;

import dev.ostiary.authorization.store.Grant;
import dev.ostiary.authorization.upstream.UpstreamCredentials.Refusal;
import dev.ostiary.protocol.Result;
import java.time.Duration;

/** The access tokens of upstreams, for clients of servers that take these in place of ours. */
@FunctionalInterface
public interface UpstreamAccessTokens {
  /**
   * The tokens behind a grant, which may wait for its code. Blocks.
   *
   * @param wanted how long the access token is to last: one that ends earlier is refreshed first.
   *     If that cannot be done at present, it is good for as long as it lasts.
   */
  Result<UpstreamTokenResponse, Refusal> find(Grant grant, Duration wanted);
}
