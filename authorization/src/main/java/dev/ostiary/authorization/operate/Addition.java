package dev.ostiary.authorization.operate;

import dev.ostiary.authorization.client.redirect.RedirectRules;
import dev.ostiary.authorization.client.registration.NamingRules;
import dev.ostiary.authorization.client.registration.PreRegistration;
import dev.ostiary.protocol.ClientAuthenticationMethod;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.registration.ClientMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a client may be added as it is described, and what it comes to. */
record Addition(ClientMetadata metadata) {
  static Result<Addition, ClientProblem> decide(NewClient client) {
    @Nullable String id = client.id();
    Optional<String> badId = id == null ? Optional.empty() : NamingRules.problemOfId(id);
    if (badId.isPresent()) {
      return Result.refused(new ClientProblem.BadId(badId.get()));
    }
    Optional<String> badName = NamingRules.problemOfName(client.name());
    if (badName.isPresent()) {
      return Result.refused(new ClientProblem.BadName(badName.get()));
    }
    return redirectUris(client.redirectUris())
        .map(uris -> new Addition(PreRegistration.metadata(client.name(), uris, method(client))));
  }

  private static ClientAuthenticationMethod method(NewClient client) {
    return client.confidential()
        ? ClientAuthenticationMethod.CLIENT_SECRET_BASIC
        : ClientAuthenticationMethod.NONE;
  }

  private static Result<List<RedirectUri>, ClientProblem> redirectUris(List<String> texts) {
    if (texts.isEmpty()) {
      return Result.refused(new ClientProblem.NoRedirectUri());
    }
    List<RedirectUri> uris = new ArrayList<>(texts.size());
    for (String text : texts) {
      switch (RedirectRules.check(text)) {
        case Result.Ok(RedirectUri uri) -> uris.add(uri);
        case Result.Refused(RedirectRules.Refusal refusal) -> {
          return Result.refused(new ClientProblem.BadRedirectUri(text, refusal));
        }
      }
    }
    return Result.ok(uris.stream().distinct().toList());
  }
}
