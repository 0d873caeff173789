package dev.ostiary.authorization.limit;

import dev.ostiary.authorization.model.Limits;
import dev.ostiary.http.Endpoint;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.protocol.ClientId;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Every rate limit, with what it has counted on this node since it started. */
public final class RateLimits {
  private final AddressLimit registration;
  private final AddressLimit authorization;
  private final TokenLimits token;
  private final SecretThrottle<ClientId> secrets;

  private RateLimits(Limits limits, InstantSource time) {
    this.registration =
        new AddressLimit("client registrations from one address", limits.registration(), time);
    this.authorization =
        new AddressLimit("authorization requests from one address", limits.authorization(), time);
    this.token = new TokenLimits(limits.token(), limits.refusal(), time);
    this.secrets = SecretThrottle.ofClients(limits, time);
  }

  public static RateLimits of(Limits limits, InstantSource time) {
    return new RateLimits(limits, time);
  }

  /**
   * The registration endpoints, which count together.
   *
   * @param refusal what a client is told whose request is one too many
   */
  public List<Endpoint> registration(
      List<Endpoint> endpoints, Function<RateLimited, Reply> refusal) {
    return endpoints.stream()
        .<Endpoint>map(
            endpoint ->
                new LimitedEndpoint(registration, (_, tooMany) -> refusal.apply(tooMany), endpoint))
        .toList();
  }

  /**
   * The authorization endpoint.
   *
   * @param refusal what a person is shown whose request is one too many
   */
  public Endpoint authorization(
      Endpoint endpoint, BiFunction<Request, RateLimited, Reply> refusal) {
    return new LimitedEndpoint(authorization, refusal, endpoint);
  }

  public TokenLimits token() {
    return token;
  }

  public SecretThrottle<ClientId> secrets() {
    return secrets;
  }
}
