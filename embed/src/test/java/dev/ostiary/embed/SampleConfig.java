package dev.ostiary.embed;

import dev.ostiary.connector.AllowRule;
import dev.ostiary.connector.github.GitHubSettings;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Secret;

/** Configurations to start from. */
public final class SampleConfig {
  public static final GitHubSettings GITHUB =
      new GitHubSettings(GitHubSettings.GITHUB, "id", new Secret("s3cr3t"), AllowRule.ANYBODY);

  private SampleConfig() {}

  public static OstiaryConfig at(String url) {
    return OstiaryConfig.at(new Issuer(url), GITHUB);
  }
}
