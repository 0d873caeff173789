package dev.ostiary.authorization.limit;

import dev.ostiary.authorization.model.Limit;
import dev.ostiary.authorization.model.Limits;
import dev.ostiary.http.Request;
import dev.ostiary.protocol.ClientId;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Keeps secrets from being guessed, those of clients (OAuth 2.1 §2.4.1) or of users, without
 * letting anybody lock an owner out. Wrong secrets count for the address they come from and for the
 * owner they are meant for. When either has had too many, secrets are compared no more between an
 * address and an owner where one has been wrong lately. Where none was wrong, one is always
 * compared: so the owner, from an address of their own, gets in during an attack, and so does
 * another owner from the attacker's address, while an attacker with many addresses has one guess
 * from each.
 *
 * @param <K> what names an owner in the log
 */
public final class SecretThrottle<K> {
  private final KeyedRateLimiter<ClientNetwork> addresses;
  private final KeyedRateLimiter<K> owners;
  private final KeyedRateLimiter<Pair<K>> pairs;
  private final LimitLog addressLog;
  private final LimitLog ownerLog;
  private final String owner;

  private SecretThrottle(
      Limit ofAddress, Limit ofOwner, String secrets, String owner, InstantSource time) {
    this.addresses = new KeyedRateLimiter<>(ofAddress, time);
    this.owners = new KeyedRateLimiter<>(ofOwner, time);
    this.pairs = new KeyedRateLimiter<>(once(ofAddress, ofOwner), time);
    this.addressLog = new LimitLog("wrong " + secrets + " from one address", time);
    this.ownerLog = new LimitLog("wrong " + secrets + " of one " + owner, time);
    this.owner = owner;
  }

  /** Of client secrets. */
  static SecretThrottle<ClientId> ofClients(Limits limits, InstantSource time) {
    return new SecretThrottle<>(
        limits.failedSecretsOfAddress(),
        limits.failedSecretsOfClient(),
        "client secrets",
        "client",
        time);
  }

  /** Of passwords, by the names of their users. */
  public static SecretThrottle<String> ofUsers(Limit ofAddress, Limit ofUser, InstantSource time) {
    return new SecretThrottle<>(ofAddress, ofUser, "passwords", "user", time);
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
  public synchronized Guess guess(Request request, K owner, BooleanSupplier comparison) {
    Optional<RateLimited> tooMany = tooMany(request, owner);
    if (tooMany.isPresent()) {
      return new Guess.Refused(tooMany.get());
    }
    boolean right = comparison.getAsBoolean();
    if (!right) {
      wrong(request, owner);
    }
    return new Guess.Compared(right);
  }

  /** When this owner may try again from there, if too many were wrong. */
  public synchronized Optional<RateLimited> tooMany(Request request, K owner) {
    ClientNetwork source = ClientNetwork.of(request.remote());
    if (pairs.look(new Pair<>(source, owner)).isEmpty()) {
      return Optional.empty();
    }
    Optional<RateLimited> ofAddress = addresses.look(source);
    Optional<RateLimited> ofOwner = owners.look(owner);
    ofAddress.ifPresent(_ -> addressLog.reached(request.remote().getHostAddress(), request.id()));
    ofOwner.ifPresent(_ -> ownerLog.reached(this.owner + " " + owner, request.id()));
    return ofAddress.or(() -> ofOwner);
  }

  /** Counts what was wrong, where finding that out takes longer than a comparison may. */
  public synchronized void wrong(Request request, K owner) {
    ClientNetwork source = ClientNetwork.of(request.remote());
    addresses.take(source);
    owners.take(owner);
    pairs.take(new Pair<>(source, owner));
  }

  /** One wrong secret is remembered for the longer of both times. */
  private static Limit once(Limit ofAddress, Limit ofOwner) {
    var longer = ofAddress.per().compareTo(ofOwner.per()) > 0 ? ofAddress.per() : ofOwner.per();
    return new Limit(1, longer, 1);
  }

  private record Pair<K>(ClientNetwork source, K owner) {}
}
