package dev.ostiary.authorization.authorize.request;

import dev.ostiary.authorization.authorize.response.AuthorizationRefusal;
import dev.ostiary.authorization.model.ProtectedServer;
import dev.ostiary.authorization.model.ResourceAliases;
import dev.ostiary.protocol.OAuthError;
import dev.ostiary.protocol.Result;
import java.util.List;
import java.util.Optional;

/**
 * The resource is one of our servers, under one of the names in the alias table (RFC 8707 §2). One
 * token has one audience, so several values have to mean the same server. A request without any is
 * for the only server, or for the one the person chooses.
 */
final class ResourceIsOurs implements Step<ChallengedRequest, TargetedRequest> {
  private final List<ProtectedServer> servers;
  private final ResourceAliases aliases;

  ResourceIsOurs(List<ProtectedServer> servers, ResourceAliases aliases) {
    this.servers = List.copyOf(servers);
    this.aliases = aliases;
  }

  @Override
  public Result<TargetedRequest, AuthorizationRefusal> check(ChallengedRequest challenged) {
    ProvenRequest request = challenged.request();
    List<String> asked = request.parameters().all("resource");
    List<Optional<ProtectedServer>> found = asked.stream().map(aliases::find).distinct().toList();
    if (found.stream().anyMatch(Optional::isEmpty)) {
      return request.refused(OAuthError.INVALID_TARGET, "resource is not a server of ours.");
    }
    if (found.size() > 1) {
      return request.refused(
          OAuthError.INVALID_TARGET, "A token is for one resource; ask for each in turn.");
    }
    List<ProtectedServer> targets =
        found.isEmpty() ? servers : List.of(found.getFirst().orElseThrow());
    return Result.ok(new TargetedRequest(request, challenged.codeChallenge(), targets));
  }
}
