package dev.ostiary.simulator.api;

import dev.ostiary.simulator.http.Json;
import dev.ostiary.simulator.http.Origin;
import dev.ostiary.simulator.world.Account;
import dev.ostiary.simulator.world.Account.EmailAddress;
import dev.ostiary.simulator.world.Account.Profile;
import dev.ostiary.simulator.world.NodeId;
import dev.ostiary.simulator.world.Organization;
import dev.ostiary.simulator.world.Repository;
import dev.ostiary.simulator.world.World;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How the API shows accounts: in short, to everybody, and to the person. */
final class AccountJson {
  private final World world;
  private final Origin origin;

  AccountJson(World world, Origin origin) {
    this.world = world;
    this.origin = origin;
  }

  /** The owner of a repository, in short: a person or an organization. */
  ObjectNode owner(String login) {
    return world
        .account(login)
        .map(this::brief)
        .or(() -> world.organization(login).map(this::brief))
        .orElseThrow(() -> new IllegalStateException("nobody owns what " + login + " owns"));
  }

  ObjectNode brief(Account account) {
    return brief(account.login(), account.id(), "User").put("user_view_type", "public");
  }

  ObjectNode brief(Organization organization) {
    return brief(organization.login(), organization.id(), "Organization")
        .put("user_view_type", "public");
  }

  /** What everybody sees. */
  ObjectNode open(Account account) {
    return profile(account).put("user_view_type", "public");
  }

  /** What everybody sees of an organization, in the words for people. */
  ObjectNode open(Organization organization) {
    Profile profile = Profile.named(organization.name(), organization.since());
    Account alike = new Account(organization.id(), organization.login(), profile, List.of());
    return profile(alike)
        .setAll(brief(organization))
        .put("node_id", NodeId.of("Organization", organization.id()));
  }

  /** What the person sees. */
  ObjectNode whole(Account account) {
    List<Repository> hidden = owned(account).stream().filter(Repository::hidden).toList();
    int size = owned(account).stream().mapToInt(r -> r.figures().size()).sum();
    ObjectNode json = profile(account).put("user_view_type", "private");
    json.put("private_gists", 0);
    json.put("total_private_repos", hidden.size());
    json.put("owned_private_repos", hidden.size());
    json.put("disk_usage", size);
    json.put("collaborators", 0);
    json.put("two_factor_authentication", true);
    json.putObject("plan")
        .put("name", "free")
        .put("space", 976_562_499)
        .put("collaborators", 0)
        .put("private_repos", 10_000);
    return json;
  }

  static ArrayNode emails(List<EmailAddress> emails) {
    ArrayNode json = Json.array();
    for (EmailAddress email : emails) {
      json.addObject()
          .put("email", email.address())
          .put("primary", email.primary())
          .put("verified", email.verified())
          .put("visibility", email.primary() ? visibility(email) : null);
    }
    return json;
  }

  private static String visibility(EmailAddress email) {
    return email.shown() ? "public" : "private";
  }

  private ObjectNode profile(Account account) {
    Profile profile = account.profile();
    ObjectNode json = brief(account.login(), account.id(), "User");
    json.put("name", profile.name());
    json.put("company", profile.company());
    json.put("blog", "");
    json.put("location", profile.location());
    json.put("email", account.publicEmail().orElse(null));
    json.putNull("hireable");
    json.put("bio", profile.bio());
    json.putNull("twitter_username");
    json.put("public_repos", owned(account).stream().filter(r -> !r.hidden()).count());
    json.put("public_gists", 0);
    json.put("followers", profile.followers());
    json.put("following", profile.following());
    json.put("created_at", profile.since().toString());
    json.put("updated_at", profile.since().toString());
    return json;
  }

  private List<Repository> owned(Account account) {
    return world.repositories().stream().filter(r -> r.isOwnedBy(account)).toList();
  }

  private ObjectNode brief(String login, long id, String type) {
    String url = origin.api("/users/" + login);
    ObjectNode json = Json.object();
    json.put("login", login);
    json.put("id", id);
    json.put("node_id", NodeId.of(type, id));
    json.put("avatar_url", origin.web("/avatars/u/" + id + "?v=4"));
    json.put("gravatar_id", "");
    json.put("url", url);
    json.put("html_url", origin.web("/" + login));
    json.put("followers_url", url + "/followers");
    json.put("following_url", url + "/following{/other_user}");
    json.put("gists_url", url + "/gists{/gist_id}");
    json.put("starred_url", url + "/starred{/owner}{/repo}");
    json.put("subscriptions_url", url + "/subscriptions");
    json.put("organizations_url", url + "/orgs");
    json.put("repos_url", url + "/repos");
    json.put("events_url", url + "/events{/privacy}");
    json.put("received_events_url", url + "/received_events");
    json.put("type", type);
    json.put("site_admin", false);
    return json;
  }
}
