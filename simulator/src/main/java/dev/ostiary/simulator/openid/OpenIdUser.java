package dev.ostiary.simulator.openid;

import dev.ostiary.simulator.http.Json;
import dev.ostiary.simulator.world.Account;
import dev.ostiary.simulator.world.World;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A user of the provider.
 *
 * @param subject never changes
 */
record OpenIdUser(
    String subject,
    String login,
    String name,
    String email,
    boolean emailVerified,
    List<String> groups) {
  private static final Map<String, List<String>> GROUPS =
      Map.of(
          "octocat", List.of("engineering"),
          "mona", List.of("engineering", "design"),
          "hubot", List.of("robots"));

  static List<OpenIdUser> of(World world) {
    return world.accounts().stream().map(OpenIdUser::of).toList();
  }

  private static OpenIdUser of(Account account) {
    Account.EmailAddress email = account.emails().getFirst();
    return new OpenIdUser(
        "user-" + account.id(),
        account.login(),
        account.profile().name(),
        email.address(),
        email.verified(),
        GROUPS.getOrDefault(account.login(), List.of()));
  }

  /** What these scopes tell about the user (OpenID Connect Core §5.4); groups with the profile. */
  ObjectNode claims(Set<String> scopes) {
    ObjectNode claims = Json.object().put("sub", subject);
    if (scopes.contains("profile")) {
      claims.put("name", name).put("preferred_username", login);
      ArrayNode listed = claims.putArray("groups");
      groups.forEach(listed::add);
    }
    if (scopes.contains("email")) {
      claims.put("email", email).put("email_verified", emailVerified);
    }
    return claims;
  }
}
