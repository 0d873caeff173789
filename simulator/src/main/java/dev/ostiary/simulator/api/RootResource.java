package dev.ostiary.simulator.api;

import dev.ostiary.simulator.http.Json;
import dev.ostiary.simulator.http.Origin;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The root of the API: where everything is. {@code HEAD} of it tells a token's scopes. */
final class RootResource {
  private static final List<Map.Entry<String, String>> LINKS =
      List.of(
          Map.entry("current_user_url", "/user"),
          Map.entry("code_search_url", "/search/code?q={query}{&page,per_page,sort,order}"),
          Map.entry("commit_search_url", "/search/commits?q={query}{&page,per_page,sort,order}"),
          Map.entry("emails_url", "/user/emails"),
          Map.entry("emojis_url", "/emojis"),
          Map.entry("events_url", "/events"),
          Map.entry("feeds_url", "/feeds"),
          Map.entry("followers_url", "/user/followers"),
          Map.entry("following_url", "/user/following{/target}"),
          Map.entry("gists_url", "/gists{/gist_id}"),
          Map.entry("issue_search_url", "/search/issues?q={query}{&page,per_page,sort,order}"),
          Map.entry("issues_url", "/issues"),
          Map.entry("keys_url", "/user/keys"),
          Map.entry("label_search_url", "/search/labels?q={query}&repository_id={repository_id}"),
          Map.entry("notifications_url", "/notifications"),
          Map.entry("organization_url", "/orgs/{org}"),
          Map.entry("organization_repositories_url", "/orgs/{org}/repos{?type,page,per_page,sort}"),
          Map.entry("organization_teams_url", "/orgs/{org}/teams"),
          Map.entry("public_gists_url", "/gists/public"),
          Map.entry("rate_limit_url", "/rate_limit"),
          Map.entry("repository_url", "/repos/{owner}/{repo}"),
          Map.entry(
              "repository_search_url", "/search/repositories?q={query}{&page,per_page,sort,order}"),
          Map.entry("current_user_repositories_url", "/user/repos{?type,page,per_page,sort}"),
          Map.entry("starred_url", "/user/starred{/owner}{/repo}"),
          Map.entry("starred_gists_url", "/gists/starred"),
          Map.entry("user_url", "/users/{user}"),
          Map.entry("user_organizations_url", "/user/orgs"),
          Map.entry("user_repositories_url", "/users/{user}/repos{?type,page,per_page,sort}"),
          Map.entry("user_search_url", "/search/users?q={query}{&page,per_page,sort,order}"));

  private final Origin origin;

  RootResource(Origin origin) {
    this.origin = origin;
  }

  Answer links(Call call) {
    ObjectNode json = Json.object();
    LINKS.forEach(link -> json.put(link.getKey(), origin.api(link.getValue())));
    json.put(
        "current_user_authorizations_html_url",
        origin.web("/settings/connections/applications{/client_id}"));
    if (call.version() == ApiVersion.V2022_11_28) {
      json.put("authorizations_url", origin.api("/authorizations"));
    }
    return Answer.ok(json);
  }
}
