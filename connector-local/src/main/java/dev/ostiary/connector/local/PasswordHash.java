package dev.ostiary.connector.local;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import dev.ostiary.protocol.Secret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Argon2id hash of a password (RFC 9106), in the PHC string format: {@code
 * $argon2id$v=19$m=19456,t=2,p=1$SALT$HASH}. Checking one takes the memory {@code m} in KiB, so it
 * is bounded.
 */
public final class PasswordHash {
  private static final int MEMORY = 19_456;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int SALT = 16;
  private static final int LENGTH = 32;

  private static final int MOST_MEMORY = 262_144;
  private static final int MOST_PASSES = 10;
  private static final int MOST_LANES = 4;

  private static final Pattern TEXT =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,6}),t=(\\d{1,2}),p=(\\d)"
              + "\\$[A-Za-z0-9+/]{11,86}\\$[A-Za-z0-9+/]{22,86}");

  private final String text;

  private PasswordHash(String text) {
    this.text = text;
  }

  /** A hash; empty if it is of another kind, or takes too much memory or time to check. */
  static Optional<PasswordHash> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
            && isWithin(matcher.group(1), 8, MOST_MEMORY)
            && isWithin(matcher.group(2), 1, MOST_PASSES)
            && isWithin(matcher.group(3), 1, MOST_LANES)
        ? Optional.of(new PasswordHash(text))
        : Optional.empty();
  }

  private static boolean isWithin(String number, int least, int most) {
    int value = Integer.parseInt(number);
    return value >= least && value <= most;
  }

  /** The text of a new hash, with a salt of its own. */
  public static String of(Secret password) {
    byte[] salt = new byte[SALT];
    new SecureRandom().nextBytes(salt);
    return Argon2Function.getInstance(MEMORY, PASSES, LANES, LENGTH, Argon2.ID)
        .hash(bytes(password), salt)
        .getResult();
  }

  /** Whether it is the hash of this password. Takes some 100 ms and the memory of the hash. */
  boolean matches(Secret password) {
    return Argon2Function.getInstanceFromHash(text)
        .check(bytes(password), text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] bytes(Secret password) {
    return password.reveal().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "PasswordHash[*****]";
  }
}
