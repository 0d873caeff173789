package dev.ostiary.authorization.store;

import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Which grants are meant: those that everything agrees with which is not null.
 *
 * @param userName as the upstream called the user when they signed in
 */
public record GrantFilter(
    @Nullable GrantId id,
    @Nullable Subject subject,
    @Nullable String userName,
    @Nullable ClientId client) {
  public static final GrantFilter ALL = new GrantFilter(null, null, null, null);

  public static GrantFilter of(GrantId id) {
    return new GrantFilter(id, null, null, null);
  }

  public static GrantFilter of(Subject subject) {
    return new GrantFilter(null, subject, null, null);
  }

  public static GrantFilter of(ClientId client) {
    return new GrantFilter(null, null, null, client);
  }

  /** Whether this grant is meant. */
  public boolean matches(Grant grant) {
    return (id == null || id.equals(grant.id()))
        && (subject == null || subject.equals(grant.subject()))
        && (userName == null || userName.equals(grant.userName()))
        && (client == null || client.equals(grant.client()));
  }
}
