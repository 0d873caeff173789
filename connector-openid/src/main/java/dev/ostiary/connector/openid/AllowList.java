package dev.ostiary.connector.openid;

import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.connector.AllowRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who may sign in, or use a server: who is on any of the lists. */
final class AllowList {
  private final AllowRule allow;
  private final String groupsClaim;
  private final Refusals refusals;

  AllowList(AllowRule allow, String groupsClaim, Refusals refusals) {
    this.allow = allow;
    this.groupsClaim = groupsClaim;
    this.refusals = refusals;
  }

  /** Why a user may not come in; empty if they may. */
  Optional<UpstreamRefusal> refusal(String userId, UserClaims claims) {
    boolean allowed =
        allow.isOpen()
            || allow.subjects().contains(userId)
            || allow.emailDomains().stream().anyMatch(claims::isInDomain)
            || claims.groups(groupsClaim).stream().anyMatch(allow.groups()::contains);
    if (allowed) {
      return Optional.empty();
    }
    if (!allow.groups().isEmpty() && claims.hasMoreGroups(groupsClaim)) {
      return Optional.of(refusals.overage(groupsClaim));
    }
    return Optional.of(new UpstreamRefusal.NotAllowed(userId, claims.userName(), lacks(claims)));
  }

  private List<String> lacks(UserClaims claims) {
    List<String> lacks = new ArrayList<>();
    if (!allow.subjects().isEmpty()) {
      lacks.add("is not one of the subjects");
    }
    if (!allow.emailDomains().isEmpty()) {
      lacks.add(email(claims));
    }
    if (!allow.groups().isEmpty()) {
      lacks.add(
          claims.has(groupsClaim)
              ? "is in none of the groups"
              : "came without the claim "
                  + groupsClaim
                  + " ("
                  + refusals.key(OpenIdKeys.GROUPS_CLAIM)
                  + "), which the provider may have to be told to send");
    }
    return lacks;
  }

  private static String email(UserClaims claims) {
    return claims.has(claims.proofOfDomain())
        ? "has no verified e-mail address in the domains"
        : "came without the claim "
            + claims.proofOfDomain()
            + ", by which the provider vouches for the e-mail address";
  }
}
