package dev.ostiary.authorization.authorize.response;

import dev.ostiary.authorization.client.redirect.RedirectTarget;
import dev.ostiary.authorization.hash.DescriptionHash;
import dev.ostiary.authorization.store.Approval;
import dev.ostiary.authorization.store.ApprovalStore;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.authorization.store.SignIn;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Resource;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The approvals of those who have signed in. One stands only for the same person, client, redirect
 * URI and resource, for scopes that were all approved together, as long as the client is what it
 * was then, and for a limited time.
 *
 * <p>Only web sites are remembered: on a loopback address or a private-use scheme, any program on
 * the device could ask under the name of a client that was approved once (RFC 8252 §8.6).
 */
public final class Approvals {
  private final ApprovalStore store;
  private final @Nullable Duration age;

  private Approvals(ApprovalStore store, @Nullable Duration age) {
    this.store = store;
    this.age = age;
  }

  /**
   * @param age how long an approval stands; null if people are asked each time
   */
  public static Approvals of(ApprovalStore store, @Nullable Duration age) {
    return new Approvals(store, age);
  }

  /** Whether this person need not be asked. */
  public boolean cover(
      Subject subject,
      RegisteredClient client,
      RedirectUri redirectUri,
      Resource resource,
      Scopes scopes,
      Instant now) {
    return standing(subject, client, redirectUri, now)
        .anyMatch(
            approval ->
                approval.resource().equals(resource) && approval.scopes().containsAll(scopes));
  }

  /** Whether this person has approved of this client at this address, for whatever. */
  public boolean know(
      Subject subject, RegisteredClient client, RedirectUri redirectUri, Instant now) {
    return standing(subject, client, redirectUri, now).findAny().isPresent();
  }

  /**
   * Remembers what a user has approved who has now signed in. A sign-in that an earlier approval
   * has begun prolongs nothing.
   */
  public void remember(SignIn signIn, Subject subject, Instant now) {
    if (age == null || signIn.approvedBefore() != null || !isSite(signIn.redirectUri())) {
      return;
    }
    store.keep(
        new Approval(
            subject,
            signIn.client(),
            signIn.redirectUri(),
            signIn.resource(),
            signIn.scopes(),
            signIn.description(),
            now,
            now.plus(age)));
  }

  /** The age is looked at again, since the limit may have been lowered. */
  private Stream<Approval> standing(
      Subject subject, RegisteredClient client, RedirectUri redirectUri, Instant now) {
    Duration limit = age;
    if (limit == null || !isSite(redirectUri)) {
      return Stream.empty();
    }
    DescriptionHash description = DescriptionHash.of(client.metadata());
    return store.find(subject, client.id(), redirectUri, now).stream()
        .filter(approval -> approval.description().equals(description))
        .filter(approval -> now.isBefore(approval.approvedAt().plus(limit)));
  }

  private static boolean isSite(RedirectUri uri) {
    return RedirectTarget.of(uri).kind() == RedirectTarget.Kind.WEB;
  }
}
