package dev.ostiary.authorization.client.registration;

import dev.ostiary.authorization.hash.SecretHash;

/** Who may register a client (RFC 7591 §1.3). */
public sealed interface RegistrationPolicy {
  /** Nobody: there is no registration endpoint. */
  record Off() implements RegistrationPolicy {}

  /** Anybody. */
  record Open() implements RegistrationPolicy {}

  /** The bearer of the initial access token, which the operator hands out (RFC 7591 §1.2). */
  record Protected(SecretHash initialAccessToken) implements RegistrationPolicy {}

  /** Whether clients can register themselves at all. */
  default boolean isOn() {
    return !(this instanceof Off);
  }
}
