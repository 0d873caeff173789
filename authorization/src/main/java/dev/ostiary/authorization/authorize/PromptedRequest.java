package dev.ostiary.authorization.authorize;

import dev.ostiary.authorization.consent.ConsentRequest;
import dev.ostiary.authorization.response.AuthorizationRefusal;
import dev.ostiary.protocol.OAuthError;

/** A request with nothing wrong, and what its client says about asking. */
record PromptedRequest(ConsentRequest consent, Prompt asking) {
  AuthorizationRefusal refusal(OAuthError error, String description) {
    return AuthorizationRefusal.sent(consent.client(), consent.to(), error, description);
  }
}
