package dev.ostiary.simulator.api;

import dev.ostiary.simulator.http.Json;
import dev.ostiary.simulator.http.Origin;
import dev.ostiary.simulator.world.Account;
import dev.ostiary.simulator.world.NodeId;
import dev.ostiary.simulator.world.Organization;
import dev.ostiary.simulator.world.Organization.Member;
import dev.ostiary.simulator.world.Organization.Team;
import tools.jackson.databind.node.ObjectNode;

/** How the API shows organizations and memberships. */
final class OrganizationJson {
  private final AccountJson accounts;
  private final Origin origin;

  OrganizationJson(AccountJson accounts, Origin origin) {
    this.accounts = accounts;
    this.origin = origin;
  }

  ObjectNode item(Organization organization) {
    String url = url(organization);
    ObjectNode json = Json.object();
    json.put("login", organization.login());
    json.put("id", organization.id());
    json.put("node_id", NodeId.of("Organization", organization.id()));
    json.put("url", url);
    json.put("repos_url", url + "/repos");
    json.put("events_url", url + "/events");
    json.put("hooks_url", url + "/hooks");
    json.put("issues_url", url + "/issues");
    json.put("members_url", url + "/members{/member}");
    json.put("public_members_url", url + "/public_members{/member}");
    json.put("avatar_url", origin.web("/avatars/u/" + organization.id() + "?v=4"));
    json.put("description", organization.description());
    return json;
  }

  ObjectNode membership(Organization organization, Member member, Account account) {
    ObjectNode json = Json.object();
    json.put("url", url(organization) + "/memberships/" + account.login());
    json.put("state", member.active() ? "active" : "pending");
    json.put("role", member.admin() ? "admin" : "member");
    json.put("organization_url", url(organization));
    json.set("user", accounts.brief(account));
    json.set("organization", item(organization));
    return json;
  }

  ObjectNode teamMembership(Organization organization, Team team, Account account) {
    ObjectNode json = Json.object();
    json.put(
        "url", url(organization) + "/teams/" + team.slug() + "/memberships/" + account.login());
    json.put("role", "member");
    json.put("state", "active");
    return json;
  }

  private String url(Organization organization) {
    return origin.api("/orgs/" + organization.login());
  }
}
