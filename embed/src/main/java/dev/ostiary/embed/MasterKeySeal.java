package dev.ostiary.embed;

import dev.ostiary.authorization.key.MasterKey;
import dev.ostiary.authorization.key.Sealer;
import dev.ostiary.authorization.store.Sealed;
import dev.ostiary.gateway.session.SessionSeal;
import java.util.Base64;
import java.util.Optional;

/** Seals session ids with a key of their own, which every node derives from the master key. */
final class MasterKeySeal implements SessionSeal {
  private final Sealer sealer;

  MasterKeySeal(MasterKey masterKey) {
    this.sealer = masterKey.sealer("session-ids");
  }

  @Override
  public String seal(String plain, String context) {
    byte[] sealed = sealer.seal(plain, context).bytes();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  @Override
  public Optional<String> open(String sealed, String context) {
    try {
      return sealer.open(Sealed.of(Base64.getUrlDecoder().decode(sealed)), context);
    } catch (IllegalArgumentException junk) {
      return Optional.empty();
    }
  }
}
