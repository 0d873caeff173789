package dev.ostiary.connector.github;

import dev.ostiary.authorization.store.memory.MemoryStore;
import dev.ostiary.authorization.upstream.UpstreamCallback;
import dev.ostiary.authorization.upstream.UpstreamIdentity;
import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.connector.AllowRule;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.OutboundRequest;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import dev.ostiary.testkit.connector.ConnectorSamples;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A GitHub that answers with what a test gives it: one reply for tokens, one for the API. */
final class FakeReplies implements Outbound {
  static final Reply TOKEN =
      Reply.json(
          200, "{\"access_token\":\"gho_1\",\"token_type\":\"bearer\",\"scope\":\"read:user\"}");
  static final Reply OCTOCAT = Reply.json(200, "{\"id\":583231,\"login\":\"octocat\"}");

  private final Reply token;
  private final Function<OutboundRequest, Reply> api;

  FakeReplies(Reply token, Reply api) {
    this(token, _ -> api);
  }

  FakeReplies(Reply token, Function<OutboundRequest, Reply> api) {
    this.token = token;
    this.api = api;
  }

  /** Somebody comes back from GitHub. */
  Result<UpstreamIdentity, UpstreamRefusal> signIn(AllowRule allow) {
    GitHubSettings settings =
        new GitHubSettings(URI.create("https://github.example"), "id", new Secret("s3cr3t"), allow);
    return connector(settings)
        .upstream()
        .complete(
            new UpstreamCallback(
                Octocat.parameters("code=c"), Octocat.VERIFIER, Octocat.CALLBACK, Scopes.none()));
  }

  Result<UpstreamIdentity, UpstreamRefusal> signIn() {
    return signIn(AllowRule.ANYBODY);
  }

  static AllowRule only(String login) {
    return new AllowRule(List.of(login), List.of());
  }

  private GitHubConnector connector(GitHubSettings settings) {
    return new GitHubConnector(
        settings,
        ConnectorSamples.dependencies(
            "github",
            this,
            new MemoryStore().upstreamNames(),
            _ -> {},
            InstantSource.fixed(Octocat.NOW)));
  }

  @Override
  public CompletableFuture<Reply> send(OutboundRequest request) {
    return CompletableFuture.completedFuture(
        request.method().equals("POST") ? token : api.apply(request));
  }

  @Override
  public void close() {}
}
