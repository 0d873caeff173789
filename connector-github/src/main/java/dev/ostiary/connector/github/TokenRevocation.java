package dev.ostiary.connector.github;

import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.Secret;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.json.JsonMapper;

/** Gives a user's token back to GitHub: {@code DELETE /applications/{client_id}/token}. */
final class TokenRevocation {
  private static final Logger LOG = System.getLogger(TokenRevocation.class.getName());
  private static final int REPLY_LIMIT = 64 * 1024;

  private final GitHubAddresses addresses;
  private final String clientId;
  private final Secret clientSecret;
  private final Outbound outbound;
  private final JsonMapper json = new JsonMapper();

  TokenRevocation(
      GitHubAddresses addresses, String clientId, Secret clientSecret, Outbound outbound) {
    this.addresses = addresses;
    this.clientId = clientId;
    this.clientSecret = clientSecret;
    this.outbound = outbound;
  }

  /** How the application says who it is. */
  static String basic(String clientId, Secret clientSecret) {
    String credentials = clientId + ":" + clientSecret.reveal();
    return "Basic "
        + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }

  /** A token that GitHub does not know any more is as good as revoked. */
  void revoke(Secret accessToken) {
    Headers headers =
        Headers.of(
            "Accept", GitHubApi.ACCEPT,
            "X-GitHub-Api-Version", GitHubApi.VERSION,
            "User-Agent", GitHubApi.USER_AGENT,
            "Content-Type", "application/json",
            "Authorization", basic(clientId, clientSecret));
    Body.Whole body =
        Body.utf8(json.createObjectNode().put("access_token", accessToken.reveal()).toString());
    OutboundRequest request =
        new OutboundRequest(
            "DELETE",
            addresses.api("/applications/" + GitHubOAuth.encode(clientId) + "/token"),
            headers,
            body,
            OutboundRequest.PATIENCE);
    try {
      Reply reply = outbound.exchange(request, REPLY_LIMIT);
      if (reply.status() != 204 && reply.status() != 404 && reply.status() != 422) {
        LOG.log(Level.WARNING, "GitHub answered {0} to a revocation", reply.status());
      }
    } catch (IOException unreachable) {
      LOG.log(Level.WARNING, "GitHub could not be told of a revocation: {0}", unreachable);
    }
  }
}
