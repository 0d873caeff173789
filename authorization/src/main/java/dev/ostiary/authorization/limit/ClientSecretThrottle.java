package dev.ostiary.authorization.limit;

import dev.ostiary.authorization.model.Limit;
import dev.ostiary.http.Request;
import dev.ostiary.protocol.ClientId;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Keeps client secrets from being guessed (OAuth 2.1 §2.4.1) without letting anybody lock a client
 * out. Wrong secrets count for the address they come from and for the client they are meant for.
 * When either has had too many, secrets are compared no more between an address and a client where
 * one has been wrong lately. Where none was wrong, one is always compared: so the client itself,
 * from its own address, gets in during an attack on it, and so does another client from the
 * attacker's address, while an attacker with many addresses has one guess from each.
 */
public final class ClientSecretThrottle {
  private final KeyedRateLimiter<ClientNetwork> addresses;
  private final KeyedRateLimiter<ClientId> clients;
  private final KeyedRateLimiter<Pair> pairs;
  private final LimitLog addressLog;
  private final LimitLog clientLog;

  ClientSecretThrottle(Limit ofAddress, Limit ofClient, InstantSource time) {
    this.addresses = new KeyedRateLimiter<>(ofAddress, time);
    this.clients = new KeyedRateLimiter<>(ofClient, time);
    this.pairs = new KeyedRateLimiter<>(once(ofAddress, ofClient), time);
    this.addressLog = new LimitLog("wrong client secrets from one address", time);
    this.clientLog = new LimitLog("wrong secrets of one client", time);
  }

  /** What came of a secret. */
  public sealed interface Guess {
    /** It was compared. */
    record Compared(boolean right) implements Guess {}

    /** It was not even compared. */
    record Refused(RateLimited tooMany) implements Guess {}
  }

  /**
   * Has a secret compared, unless too many were wrong. Comparisons come one after the other, so
   * that of many at the same time no more are made than of as many in a row.
   *
   * @param comparison does not block
   */
  public synchronized Guess guess(Request request, ClientId client, BooleanSupplier comparison) {
    Optional<RateLimited> tooMany = tooMany(request, client);
    if (tooMany.isPresent()) {
      return new Guess.Refused(tooMany.get());
    }
    boolean right = comparison.getAsBoolean();
    if (!right) {
      wrong(request, client);
    }
    return new Guess.Compared(right);
  }

  /** When this client may try again from there, if too many were wrong. */
  public synchronized Optional<RateLimited> tooMany(Request request, ClientId client) {
    ClientNetwork source = ClientNetwork.of(request.remote());
    if (pairs.look(new Pair(source, client)).isEmpty()) {
      return Optional.empty();
    }
    Optional<RateLimited> ofAddress = addresses.look(source);
    Optional<RateLimited> ofClient = clients.look(client);
    ofAddress.ifPresent(_ -> addressLog.reached(request.remote().getHostAddress(), request.id()));
    ofClient.ifPresent(_ -> clientLog.reached("client " + client.value(), request.id()));
    return ofAddress.or(() -> ofClient);
  }

  /** Counts what was wrong, where finding that out takes longer than a comparison may. */
  public synchronized void wrong(Request request, ClientId client) {
    ClientNetwork source = ClientNetwork.of(request.remote());
    addresses.take(source);
    clients.take(client);
    pairs.take(new Pair(source, client));
  }

  /** One wrong secret is remembered for the longer of both times. */
  private static Limit once(Limit ofAddress, Limit ofClient) {
    var longer = ofAddress.per().compareTo(ofClient.per()) > 0 ? ofAddress.per() : ofClient.per();
    return new Limit(1, longer, 1);
  }

  private record Pair(ClientNetwork source, ClientId client) {}
}
