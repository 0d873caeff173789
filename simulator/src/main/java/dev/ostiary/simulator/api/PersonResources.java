package dev.ostiary.simulator.api;

import dev.ostiary.simulator.http.Json;
import dev.ostiary.simulator.http.Origin;
import dev.ostiary.simulator.token.ScopeName;
import dev.ostiary.simulator.world.Organization;
import dev.ostiary.simulator.world.World;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;

/**
 * {@code /user} and what is below it: the person whose token it is. Also {@code /users/{login}}.
 */
final class PersonResources {
  private final World world;
  private final Origin origin;
  private final AccountJson accounts;
  private final OrganizationJson organizations;

  PersonResources(
      World world, Origin origin, AccountJson accounts, OrganizationJson organizations) {
    this.world = world;
    this.origin = origin;
    this.accounts = accounts;
    this.organizations = organizations;
  }

  /** The whole profile for those who may read it, otherwise what everybody sees. */
  Answer user(Call call) {
    boolean whole =
        call.token().app().isOAuthApp() && call.token().scopes().covers(ScopeName.READ_USER);
    return Answer.ok(whole ? accounts.whole(call.account()) : accounts.open(call.account()));
  }

  Answer emails(Call call) {
    if (!call.token().covers(ScopeName.USER_EMAIL)) {
      return Answer.notFound();
    }
    var slice = Slice.of(call.account().emails(), call.query(), origin.api(call.path()));
    return slice.onto(Answer.ok(AccountJson.emails(slice.items())));
  }

  Answer organizations(Call call) {
    if (!call.token().covers(ScopeName.READ_ORG) && !call.token().covers(ScopeName.USER)) {
      return Answer.error(
          403, "You need at least read:org scope or user scope to list your organizations.");
    }
    List<Organization> all =
        world.organizations().stream().filter(o -> o.hasActive(call.account())).toList();
    var slice = Slice.of(all, call.query(), origin.api(call.path()));
    ArrayNode json = Json.array();
    slice.items().forEach(organization -> json.add(organizations.item(organization)));
    return slice.onto(Answer.ok(json));
  }

  Answer membership(Call call) {
    if (!call.token().covers(ScopeName.READ_ORG)) {
      return Answer.error(403, "You need at least read:org scope to see your memberships.");
    }
    return world
        .organization(call.segment("{org}"))
        .flatMap(
            organization ->
                organization
                    .member(call.account())
                    .map(m -> organizations.membership(organization, m, call.account())))
        .map(Answer::ok)
        .orElseGet(Answer::notFound);
  }

  /** Members of an organization see who is in its teams; to others there is no such team. */
  Answer teamMembership(Call call) {
    if (!call.token().covers(ScopeName.READ_ORG)) {
      return Answer.error(403, "You need at least read:org scope to see teams.");
    }
    return world
        .organization(call.segment("{org}"))
        .filter(organization -> organization.hasActive(call.account()))
        .flatMap(
            organization ->
                organization
                    .team(call.segment("{team}"))
                    .flatMap(
                        team ->
                            world
                                .account(call.segment("{login}"))
                                .filter(team::has)
                                .map(
                                    account ->
                                        organizations.teamMembership(organization, team, account))))
        .map(Answer::ok)
        .orElseGet(Answer::notFound);
  }

  /** A person or an organization, as everybody sees it. */
  Answer byLogin(Call call) {
    String login = call.segment("{login}");
    return world
        .account(login)
        .map(accounts::open)
        .or(() -> world.organization(login).map(accounts::open))
        .map(Answer::ok)
        .orElseGet(Answer::notFound);
  }
}
