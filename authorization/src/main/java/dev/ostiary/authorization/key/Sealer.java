package dev.ostiary.authorization.key;

import com.google.crypto.tink.Aead;
import dev.ostiary.authorization.store.Sealed;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;

/**
 * Seals secrets, bound to a context that says what they are and whose: sealed text that was moved
 * somewhere else does not open.
 */
public final class Sealer {
  private final Aead aead;

  Sealer(Aead aead) {
    this.aead = aead;
  }

  public Sealed seal(String plain, String context) {
    try {
      return Sealed.of(
          aead.encrypt(
              plain.getBytes(StandardCharsets.UTF_8), context.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("cannot seal", impossible);
    }
  }

  /** The plain text; empty if it was sealed with another key, in another context, or changed. */
  public Optional<String> open(Sealed sealed, String context) {
    try {
      return Optional.of(
          new String(
              aead.decrypt(sealed.bytes(), context.getBytes(StandardCharsets.UTF_8)),
              StandardCharsets.UTF_8));
    } catch (GeneralSecurityException foreign) {
      return Optional.empty();
    }
  }
}
