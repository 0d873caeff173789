package dev.ostiary.authorization.client.registration;

import dev.ostiary.protocol.DisplayName;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an operator may call a client. The answers are predicates of a sentence, for the operator.
 */
public final class NamingRules {
  /** What needs no encoding in a URL, a form or a header; no such id is a document's address. */
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._~-]{0,99}");

  private static final int LONGEST_NAME = 200;

  private NamingRules() {}

  /** What is wrong with an id. */
  public static Optional<String> problemOfId(String id) {
    return ID.matcher(id).matches()
        ? Optional.empty()
        : Optional.of(
            "must be up to 100 letters, digits, dots, hyphens, underscores or tildes, the first"
                + " a letter or a digit");
  }

  /** What is wrong with a name, which people read on the consent page. */
  public static Optional<String> problemOfName(String name) {
    if (DisplayName.isBlank(name)) {
      return Optional.of("must not be empty");
    }
    if (name.length() > LONGEST_NAME) {
      return Optional.of("must not be longer than " + LONGEST_NAME + " characters");
    }
    return name.codePoints().anyMatch(DisplayName::isDeceptive)
        ? Optional.of("must not have an invisible character")
        : Optional.empty();
  }
}
