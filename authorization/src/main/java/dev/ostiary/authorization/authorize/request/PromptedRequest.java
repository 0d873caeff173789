package dev.ostiary.authorization.authorize.request;

import dev.ostiary.authorization.authorize.consent.ConsentRequest;
import dev.ostiary.authorization.authorize.response.AuthorizationRefusal;
import dev.ostiary.protocol.OAuthError;

/** A request with nothing wrong, and what its client says about asking. */
record PromptedRequest(ConsentRequest consent, Prompt asking) {
  AuthorizationRefusal refusal(OAuthError error, String description) {
    return AuthorizationRefusal.sent(consent.client(), consent.to(), error, description);
  }
}
