package dev.ostiary.gateway.remote;

import dev.ostiary.gateway.session.SessionSeal;
import java.util.Optional;

/** Seals the ids of sessions that are bridged, which are told apart from passed ones by sight. */
public final class BridgedSeal implements SessionSeal {
  private static final String MARK = "bridged.";

  private final SessionSeal seal;

  public BridgedSeal(SessionSeal seal) {
    this.seal = seal;
  }

  /** Whether a client's id of a session is one of these. */
  static boolean isOne(String clientId) {
    return clientId.startsWith(MARK);
  }

  @Override
  public String seal(String plain, String context) {
    return MARK + seal.seal(plain, MARK + context);
  }

  @Override
  public Optional<String> open(String sealed, String context) {
    return isOne(sealed)
        ? seal.open(sealed.substring(MARK.length()), MARK + context)
        : Optional.empty();
  }

  @Override
  public String bind(String plain, String context) {
    return seal.bind(plain, context);
  }

  @Override
  public Optional<String> bound(String text, String context) {
    return seal.bound(text, context);
  }
}
