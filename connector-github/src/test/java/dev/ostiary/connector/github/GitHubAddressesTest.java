package dev.ostiary.connector.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.requirements.Requirement;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GitHubAddressesTest {
  @ParameterizedTest
  @CsvSource({
    "https://github.com, https://github.com/login/oauth, https://api.github.com/user",
    "https://github.com/, https://github.com/login/oauth, https://api.github.com/user",
    "https://acme.ghe.com, https://acme.ghe.com/login/oauth, https://api.acme.ghe.com/user",
    "https://git.acme.com, https://git.acme.com/login/oauth, https://git.acme.com/api/v3/user",
    "http://127.0.0.1:9001, http://127.0.0.1:9001/login/oauth, http://127.0.0.1:9001/api/v3/user"
  })
  @Requirement("G-10")
  void followTheKindOfGitHub(URI base, String issuer, URI user) {
    GitHubAddresses addresses = GitHubAddresses.of(base);

    assertThat(addresses.issuer()).isEqualTo(issuer);
    assertThat(addresses.authorize()).isEqualTo(issuer + "/authorize");
    assertThat(addresses.accessToken()).isEqualTo(URI.create(issuer + "/access_token"));
    assertThat(addresses.api("/user")).isEqualTo(user);
  }

  @Test
  void tellTheApiFromForeignAddresses() {
    GitHubAddresses addresses = GitHubAddresses.of(GitHubSettings.GITHUB);

    assertThat(addresses.isApi(URI.create("https://api.github.com/user/repos?page=2"))).isTrue();
    assertThat(addresses.isApi(URI.create("https://api.github.com.evil.example/user"))).isFalse();
    assertThat(addresses.isApi(URI.create("http://api.github.com/user"))).isFalse();
  }
}
