package dev.ostiary.simulator.token;

import java.util.List;
import java.util.Optional;

/**
 * A scope of OAuth Apps: how it is written, how the authorization page words it, and which scopes
 * it includes.
 */
public enum ScopeName {
  REPO_STATUS("repo:status", "Commit statuses", "Read and write statuses of commits."),
  REPO_DEPLOYMENT("repo_deployment", "Deployments", "Read and write deployment statuses."),
  PUBLIC_REPO(
      "public_repo",
      "Public repositories",
      "Read and write code, issues and pull requests of public repositories."),
  REPO_INVITE("repo:invite", "Repository invitations", "Accept invitations to repositories."),
  SECURITY_EVENTS("security_events", "Security events", "Read and write code scanning alerts."),
  REPO(
      "repo",
      "Repositories: public and private",
      "Read and write all your repositories: code, issues, pull requests, wikis, settings."),
  READ_REPO_HOOK("read:repo_hook", "Repository webhooks (read-only)", "Read webhooks."),
  WRITE_REPO_HOOK("write:repo_hook", "Repository webhooks", "Read and write webhooks."),
  ADMIN_REPO_HOOK("admin:repo_hook", "Repository webhooks", "Read, write and delete webhooks."),
  READ_ORG(
      "read:org",
      "Organizations and teams (read-only)",
      "Read your organization and team membership."),
  WRITE_ORG("write:org", "Organizations and teams", "Read and write membership."),
  ADMIN_ORG("admin:org", "Organizations and teams", "Fully manage organizations."),
  READ_PUBLIC_KEY("read:public_key", "Public SSH keys (read-only)", "Read your public SSH keys."),
  WRITE_PUBLIC_KEY("write:public_key", "Public SSH keys", "Read and write your SSH keys."),
  ADMIN_PUBLIC_KEY("admin:public_key", "Public SSH keys", "Fully manage your SSH keys."),
  ADMIN_ORG_HOOK("admin:org_hook", "Organization webhooks", "Manage organization webhooks."),
  GIST("gist", "Gists", "Read and write your public and secret gists."),
  NOTIFICATIONS("notifications", "Notifications", "Read your notifications and subscriptions."),
  READ_USER("read:user", "Profile information (read-only)", "Read your whole profile."),
  USER_EMAIL("user:email", "Email addresses (read-only)", "Read your private email addresses."),
  USER_FOLLOW("user:follow", "Followers", "Follow and unfollow other users."),
  USER("user", "Personal user data", "Read and write your profile, email addresses and followers."),
  READ_PROJECT("read:project", "Projects (read-only)", "Read your projects."),
  PROJECT("project", "Projects", "Read and write your projects."),
  DELETE_REPO("delete_repo", "Delete repositories", "Delete any repository you administer."),
  READ_PACKAGES("read:packages", "Packages (read-only)", "Download packages."),
  WRITE_PACKAGES("write:packages", "Packages", "Upload packages."),
  DELETE_PACKAGES("delete:packages", "Delete packages", "Delete packages."),
  READ_GPG_KEY("read:gpg_key", "GPG keys (read-only)", "Read your GPG keys."),
  WRITE_GPG_KEY("write:gpg_key", "GPG keys", "Read and write your GPG keys."),
  ADMIN_GPG_KEY("admin:gpg_key", "GPG keys", "Fully manage your GPG keys."),
  CODESPACE("codespace", "Codespaces", "Create and manage your codespaces."),
  WORKFLOW("workflow", "Workflows", "Change the workflow files of GitHub Actions."),
  MANAGE_RUNNERS("manage_runners:enterprise", "Enterprise runners", "Manage runners."),
  MANAGE_BILLING("manage_billing:enterprise", "Enterprise billing", "Read and write billing."),
  READ_ENTERPRISE("read:enterprise", "Enterprise (read-only)", "Read enterprise profiles."),
  ADMIN_ENTERPRISE("admin:enterprise", "Enterprise", "Fully manage enterprises."),
  READ_AUDIT_LOG("read:audit_log", "Audit log (read-only)", "Read the audit log."),
  SITE_ADMIN("site_admin", "Site administration", "Use site administrators' endpoints.");

  private final String wire;
  private final String title;
  private final String explanation;

  ScopeName(String wire, String title, String explanation) {
    this.wire = wire;
    this.title = title;
    this.explanation = explanation;
  }

  static Optional<ScopeName> named(String wire) {
    for (ScopeName name : values()) {
      if (name.wire.equals(wire)) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  public String wire() {
    return wire;
  }

  public String title() {
    return title;
  }

  public String explanation() {
    return explanation;
  }

  /** Whether holding this one is holding the other. */
  boolean covers(ScopeName other) {
    return this == other || includes().stream().anyMatch(included -> included.covers(other));
  }

  private List<ScopeName> includes() {
    return switch (this) {
      case REPO -> List.of(REPO_STATUS, REPO_DEPLOYMENT, PUBLIC_REPO, REPO_INVITE, SECURITY_EVENTS);
      case WRITE_REPO_HOOK -> List.of(READ_REPO_HOOK);
      case ADMIN_REPO_HOOK -> List.of(WRITE_REPO_HOOK);
      case WRITE_ORG -> List.of(READ_ORG);
      case ADMIN_ORG -> List.of(WRITE_ORG);
      case WRITE_PUBLIC_KEY -> List.of(READ_PUBLIC_KEY);
      case ADMIN_PUBLIC_KEY -> List.of(WRITE_PUBLIC_KEY);
      case USER -> List.of(READ_USER, USER_EMAIL, USER_FOLLOW);
      case PROJECT -> List.of(READ_PROJECT);
      case WRITE_PACKAGES -> List.of(READ_PACKAGES);
      case WRITE_GPG_KEY -> List.of(READ_GPG_KEY);
      case ADMIN_GPG_KEY -> List.of(WRITE_GPG_KEY);
      case ADMIN_ENTERPRISE -> List.of(MANAGE_RUNNERS, MANAGE_BILLING, READ_ENTERPRISE);
      default -> List.of();
    };
  }
}
