package dev.ostiary.authorization.authorize.request;

import dev.ostiary.authorization.authorize.response.AuthorizationRefusal;
import dev.ostiary.authorization.authorize.response.ResponseTarget;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.http.Request;
import dev.ostiary.protocol.OAuthError;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Result;

/**
 * A request whose redirect URI is its client's: from here on the client can be told what is wrong.
 */
record ProvenRequest(ReadRequest read, RegisteredClient client, ResponseTarget to) {
  Request request() {
    return read.request();
  }

  Parameters parameters() {
    return read.parameters();
  }

  <T> Result<T, AuthorizationRefusal> refused(OAuthError error, String description) {
    return Result.refused(AuthorizationRefusal.sent(client, to, error, description));
  }
}
