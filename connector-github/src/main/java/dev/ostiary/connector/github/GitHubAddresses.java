package dev.ostiary.connector.github;

import java.net.URI;

/**
 * Where the parts of a GitHub are. github.com and ghe.com have a host of its own for the API; a
 * GitHub Enterprise Server has a path.
 *
 * @param web without a slash at the end
 * @param api without a slash at the end
 */
record GitHubAddresses(String web, String api) {
  static GitHubAddresses of(URI baseUrl) {
    String web = baseUrl.toString().replaceFirst("/+$", "");
    String host = baseUrl.getHost();
    boolean hosted = host.equals("github.com") || host.endsWith(".ghe.com");
    return new GitHubAddresses(web, hosted ? "https://api." + host : web + "/api/v3");
  }

  String authorize() {
    return web + "/login/oauth/authorize";
  }

  URI accessToken() {
    return URI.create(web + "/login/oauth/access_token");
  }

  /** What GitHub calls itself in authorization responses (RFC 9207), where it does. */
  String issuer() {
    return web + "/login/oauth";
  }

  URI api(String path) {
    return URI.create(api + path);
  }

  /** Whether an address that GitHub gave us is the API's, and so may have the user's token. */
  boolean isApi(URI uri) {
    return uri.toString().startsWith(api + "/");
  }
}
