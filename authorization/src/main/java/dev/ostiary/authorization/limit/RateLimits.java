package dev.ostiary.authorization.limit;

import dev.ostiary.authorization.model.Limits;
import dev.ostiary.authorization.page.Language;
import dev.ostiary.authorization.page.Pages;
import dev.ostiary.authorization.page.Problem;
import dev.ostiary.http.Endpoint;
import java.time.InstantSource;
import java.util.List;

/** Every rate limit, with what it has counted on this node since it started. */
public final class RateLimits {
  private final AddressLimit registration;
  private final AddressLimit authorization;
  private final TokenLimits token;
  private final ClientSecretThrottle secrets;

  private RateLimits(Limits limits, InstantSource time) {
    this.registration =
        new AddressLimit("client registrations from one address", limits.registration(), time);
    this.authorization =
        new AddressLimit("authorization requests from one address", limits.authorization(), time);
    this.token = new TokenLimits(limits.token(), limits.refusal(), time);
    this.secrets =
        new ClientSecretThrottle(
            limits.failedSecretsOfAddress(), limits.failedSecretsOfClient(), time);
  }

  public static RateLimits of(Limits limits, InstantSource time) {
    return new RateLimits(limits, time);
  }

  /** The registration endpoints, which count together. Clients are told in JSON. */
  public List<Endpoint> registration(List<Endpoint> endpoints) {
    return endpoints.stream()
        .<Endpoint>map(
            endpoint ->
                new LimitedEndpoint(registration, (_, tooMany) -> tooMany.reply(), endpoint))
        .toList();
  }

  /** The authorization endpoint. The person is told; a redirect would only come back. */
  public Endpoint authorization(Endpoint endpoint, Pages pages) {
    return new LimitedEndpoint(
        authorization,
        (request, tooMany) ->
            tooMany.withRetryAfter(
                pages.problem(
                    Language.of(request.headers()),
                    new Problem.TooManyRequests(tooMany.retryAfter()),
                    request.id())),
        endpoint);
  }

  public TokenLimits token() {
    return token;
  }

  public ClientSecretThrottle secrets() {
    return secrets;
  }
}
