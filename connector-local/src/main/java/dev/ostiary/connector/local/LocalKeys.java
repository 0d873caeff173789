package dev.ostiary.connector.local;

import static dev.ostiary.config.Key.key;
import static dev.ostiary.config.Key.table;

import dev.ostiary.config.Form;
import dev.ostiary.config.Problems;
import dev.ostiary.config.Section;
import dev.ostiary.protocol.Secret;
import java.util.Map;
import java.util.regex.Pattern;

/** The keys of the sign-in of this server itself. */
final class LocalKeys {
  /** It becomes a part of the user's id and is shown on pages. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,63}");

  private static final Section<LocalUser> USER =
      Section.of(
              LocalUser.class,
              key(
                      "password-hash",
                      Form.SECRET,
                      "The user's password as `ostiary hash-password` prints it (Argon2id).")
                  .otherwise("needed"))
          .defaults(_ -> new LocalUser(new Secret("")));

  static final Section<LocalSettings> SECTION =
      Section.of(LocalSettings.class, table("users", USER.named()))
          .defaults(_ -> new LocalSettings(Map.of()));

  private LocalKeys() {}

  static void check(Map<String, LocalUser> users, Problems problems) {
    if (users.isEmpty()) {
      problems.add(
          "users",
          null,
          "is missing, so that no user could sign in",
          "Write below it: alice: { password-hash: \"...\" }; `ostiary hash-password` makes the"
              + " hash.");
    }
    users.forEach((name, user) -> check(name, user, problems.in("users").in(name)));
  }

  private static void check(String name, LocalUser user, Problems problems) {
    if (!NAME.matcher(name).matches()) {
      problems.add(
          null,
          "must be named with at most 64 lower-case letters, digits, dots, hyphens, _ or @",
          "The name is what the user types, and part of their id in every token.");
    }
    if (PasswordHash.parse(user.passwordHash().reveal()).isEmpty()) {
      problems.add(
          "password-hash",
          null,
          user.passwordHash().reveal().isEmpty()
              ? "is missing"
              : "must be an Argon2id hash of a password, with at most 256 MiB and 10 passes",
          "Make one with `ostiary hash-password`, and quote it.");
    }
  }
}
