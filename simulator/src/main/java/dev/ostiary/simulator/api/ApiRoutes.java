package dev.ostiary.simulator.api;

import static dev.ostiary.simulator.api.ApiRoute.application;
import static dev.ostiary.simulator.api.ApiRoute.open;
import static dev.ostiary.simulator.api.ApiRoute.person;

import dev.ostiary.simulator.http.Origin;
import dev.ostiary.simulator.token.Ledger;
import dev.ostiary.simulator.world.World;
import java.time.InstantSource;
import java.util.List;

/** The table of the API: path, scopes, permissions, resource. */
public final class ApiRoutes {
  private ApiRoutes() {}

  public static List<ApiRoute> of(World world, Origin origin, Ledger ledger, InstantSource time) {
    var accounts = new AccountJson(world, origin);
    var organizations = new OrganizationJson(accounts, origin);
    var people = new PersonResources(world, origin, accounts, organizations);
    var repositories = new RepositoryResources(world, origin, new RepositoryJson(accounts, origin));
    var tokens = new TokenResources(ledger, origin, accounts, time);
    String token = "/applications/{client_id}/token";
    return List.of(
        open("/", new RootResource(origin)::links),
        person("/user", "", "metadata=read", people::user),
        person("/user/emails", "user, user:email", "email_addresses=read", people::emails),
        person("/user/repos", "", "metadata=read", repositories::mine),
        person("/user/orgs", "admin:org, read:org, user, write:org", "", people::organizations),
        person(
            "/user/memberships/orgs/{org}",
            "admin:org, read:org, write:org",
            "members=read",
            people::membership),
        person(
            "/orgs/{org}/teams/{team}/memberships/{login}",
            "admin:org, read:org, repo, user, write:org",
            "members=read",
            people::teamMembership),
        open("/users/{login}", people::byLogin),
        open("/repos/{owner}/{repo}", repositories::one),
        application("POST", token, tokens::check),
        application("PATCH", token, tokens::reset),
        application("DELETE", token, tokens::revoke),
        application("DELETE", "/applications/{client_id}/grant", tokens::endGrant));
  }
}
