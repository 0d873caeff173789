package dev.ostiary.simulator.world;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A person's account.
 *
 * @param id what identifies the person for ever; the login may change
 */
public record Account(long id, String login, Profile profile, List<EmailAddress> emails) {

  /** What the person tells about themselves, and when they came. */
  public record Profile(
      String name,
      @Nullable String company,
      @Nullable String location,
      @Nullable String bio,
      int followers,
      int following,
      Instant since) {

    /** A profile of which only the name is filled in. */
    public static Profile named(String name, Instant since) {
      return new Profile(name, null, null, null, 0, 0, since);
    }
  }

  /**
   * An e-mail address of the account.
   *
   * @param shown whether everybody sees it on the profile
   */
  public record EmailAddress(String address, boolean primary, boolean verified, boolean shown) {}

  public Account {
    emails = List.copyOf(emails);
  }

  public Optional<String> publicEmail() {
    return emails.stream().filter(EmailAddress::shown).map(EmailAddress::address).findFirst();
  }

  /** An application gets no token of a user whose primary address is not proven. */
  public boolean hasVerifiedPrimaryEmail() {
    return emails.stream().anyMatch(email -> email.primary() && email.verified());
  }

  public boolean isCalled(String someLogin) {
    return login.equalsIgnoreCase(someLogin);
  }
}
