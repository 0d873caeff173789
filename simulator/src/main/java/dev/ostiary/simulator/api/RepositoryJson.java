package dev.ostiary.simulator.api;

import dev.ostiary.simulator.http.Json;
import dev.ostiary.simulator.http.Origin;
import dev.ostiary.simulator.world.Account;
import dev.ostiary.simulator.world.NodeId;
import dev.ostiary.simulator.world.Repository;
import dev.ostiary.simulator.world.Repository.Figures;
import dev.ostiary.simulator.world.Repository.Times;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How the API shows repositories. */
final class RepositoryJson {
  /** Where each kind of thing in a repository is, below the repository. */
  private static final List<Map.Entry<String, String>> LINKS =
      List.of(
          Map.entry("forks_url", "/forks"),
          Map.entry("keys_url", "/keys{/key_id}"),
          Map.entry("collaborators_url", "/collaborators{/collaborator}"),
          Map.entry("teams_url", "/teams"),
          Map.entry("hooks_url", "/hooks"),
          Map.entry("issue_events_url", "/issues/events{/number}"),
          Map.entry("events_url", "/events"),
          Map.entry("assignees_url", "/assignees{/user}"),
          Map.entry("branches_url", "/branches{/branch}"),
          Map.entry("tags_url", "/tags"),
          Map.entry("blobs_url", "/git/blobs{/sha}"),
          Map.entry("git_tags_url", "/git/tags{/sha}"),
          Map.entry("git_refs_url", "/git/refs{/sha}"),
          Map.entry("trees_url", "/git/trees{/sha}"),
          Map.entry("statuses_url", "/statuses/{sha}"),
          Map.entry("languages_url", "/languages"),
          Map.entry("stargazers_url", "/stargazers"),
          Map.entry("contributors_url", "/contributors"),
          Map.entry("subscribers_url", "/subscribers"),
          Map.entry("subscription_url", "/subscription"),
          Map.entry("commits_url", "/commits{/sha}"),
          Map.entry("git_commits_url", "/git/commits{/sha}"),
          Map.entry("comments_url", "/comments{/number}"),
          Map.entry("issue_comment_url", "/issues/comments{/number}"),
          Map.entry("contents_url", "/contents/{+path}"),
          Map.entry("compare_url", "/compare/{base}...{head}"),
          Map.entry("merges_url", "/merges"),
          Map.entry("archive_url", "/{archive_format}{/ref}"),
          Map.entry("downloads_url", "/downloads"),
          Map.entry("issues_url", "/issues{/number}"),
          Map.entry("pulls_url", "/pulls{/number}"),
          Map.entry("milestones_url", "/milestones{/number}"),
          Map.entry("notifications_url", "/notifications{?since,all,participating}"),
          Map.entry("labels_url", "/labels{/name}"),
          Map.entry("releases_url", "/releases{/id}"),
          Map.entry("deployments_url", "/deployments"));

  private final AccountJson accounts;
  private final Origin origin;

  RepositoryJson(AccountJson accounts, Origin origin) {
    this.accounts = accounts;
    this.origin = origin;
  }

  /** One repository of a list. The viewer is null without a signed-in user. */
  ObjectNode item(Repository repository, @Nullable Account viewer, ApiVersion version) {
    ObjectNode json = Json.object();
    identity(json, repository);
    links(json, repository);
    times(json, repository.times());
    figures(json, repository.figures());
    settings(json, repository, version);
    if (viewer != null) {
      permissions(json, repository.isOwnedBy(viewer), repository.isWorkedOnBy(viewer));
    }
    return json;
  }

  /** A repository by itself: an item and what is counted only then. */
  ObjectNode whole(Repository repository, @Nullable Account viewer, ApiVersion version) {
    return item(repository, viewer, version)
        .put("network_count", repository.figures().forks())
        .put("subscribers_count", 1);
  }

  private void identity(ObjectNode json, Repository repository) {
    json.put("id", repository.id());
    json.put("node_id", NodeId.of("Repository", repository.id()));
    json.put("name", repository.name());
    json.put("full_name", repository.fullName());
    json.put("private", repository.hidden());
    json.set("owner", accounts.owner(repository.owner()));
    json.put("html_url", origin.web("/" + repository.fullName()));
    json.put("description", repository.description());
    json.put("fork", false);
    json.put("url", origin.api("/repos/" + repository.fullName()));
  }

  private void links(ObjectNode json, Repository repository) {
    String api = origin.api("/repos/" + repository.fullName());
    LINKS.forEach(link -> json.put(link.getKey(), api + link.getValue()));
    json.put("git_url", "git://" + origin.host() + "/" + repository.fullName() + ".git");
    json.put("ssh_url", "git@" + origin.host() + ":" + repository.fullName() + ".git");
    json.put("clone_url", origin.web("/" + repository.fullName() + ".git"));
    json.put("svn_url", origin.web("/" + repository.fullName()));
    json.putNull("homepage");
    json.putNull("mirror_url");
  }

  private static void times(ObjectNode json, Times times) {
    json.put("created_at", times.created().toString());
    json.put("updated_at", times.updated().toString());
    json.put("pushed_at", times.pushed().toString());
  }

  private static void figures(ObjectNode json, Figures figures) {
    json.put("size", figures.size());
    json.put("stargazers_count", figures.stars());
    json.put("watchers_count", figures.stars());
    json.put("watchers", figures.stars());
    json.put("forks_count", figures.forks());
    json.put("forks", figures.forks());
    json.put("open_issues_count", figures.openIssues());
    json.put("open_issues", figures.openIssues());
  }

  private static void settings(ObjectNode json, Repository repository, ApiVersion version) {
    json.put("language", repository.language());
    json.putNull("license");
    json.put("default_branch", "main");
    json.put("visibility", repository.hidden() ? "private" : "public");
    json.put("has_issues", true);
    json.put("has_projects", true);
    json.put("has_wiki", !repository.hidden());
    json.put("has_pages", repository.name().endsWith(".github.io"));
    json.put("has_discussions", false);
    if (version == ApiVersion.V2022_11_28) {
      json.put("has_downloads", true);
    }
    json.put("archived", false);
    json.put("disabled", false);
    json.put("is_template", false);
    json.put("allow_forking", true);
    json.put("web_commit_signoff_required", false);
    ArrayNode topics = json.putArray("topics");
    repository.topics().forEach(topics::add);
  }

  private static void permissions(ObjectNode json, boolean owns, boolean worksOn) {
    json.putObject("permissions")
        .put("admin", owns)
        .put("maintain", owns)
        .put("push", owns || worksOn)
        .put("triage", owns || worksOn)
        .put("pull", true);
  }
}
