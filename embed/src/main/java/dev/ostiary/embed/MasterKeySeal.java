package dev.ostiary.embed;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.authorization.key.DerivedKey;
import dev.ostiary.authorization.key.MasterKey;
import dev.ostiary.authorization.key.Sealer;
import dev.ostiary.authorization.store.Sealed;
import dev.ostiary.gateway.session.SessionSeal;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

/** Seals session ids with a key of their own, which every node derives from the master key. */
final class MasterKeySeal implements SessionSeal {
  private final Sealer sealer;
  private final DerivedKey key;

  MasterKeySeal(MasterKey masterKey) {
    this.sealer = masterKey.sealer("session-ids");
    this.key = masterKey.derive("bound-ids");
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

  @Override
  public String bind(String plain, String context) {
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(UTF_8));
    return text + "." + key.of(context + "\n" + plain);
  }

  @Override
  public Optional<String> bound(String text, String context) {
    int dot = text.indexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text.substring(0, dot)), UTF_8);
      byte[] expected = bind(plain, context).getBytes(UTF_8);
      return MessageDigest.isEqual(expected, text.getBytes(UTF_8))
          ? Optional.of(plain)
          : Optional.empty();
    } catch (IllegalArgumentException junk) {
      return Optional.empty();
    }
  }
}
