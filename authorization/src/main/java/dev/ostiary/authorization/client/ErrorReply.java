package dev.ostiary.authorization.client;

import dev.ostiary.authorization.client.assertion.AssertionRefusal;
import dev.ostiary.authorization.limit.RateLimited;
import dev.ostiary.http.Reply;
import dev.ostiary.protocol.OAuthError;
import dev.ostiary.protocol.WireError;

/** How a client is told no: JSON that no cache keeps (OAuth 2.1 §3.2.4). */
public final class ErrorReply {
  private static final int TOO_MANY_REQUESTS = 429;

  private ErrorReply() {}

  public static Reply of(WireError error) {
    return Reply.json(error.status(), error.toJson()).noStore();
  }

  /** A 429, with the time to wait (RFC 6585 §4). */
  public static Reply of(RateLimited tooMany) {
    return Reply.json(TOO_MANY_REQUESTS, tooMany.wire().toJson())
        .noStore()
        .with("Retry-After", Integer.toString(tooMany.retryAfter()));
  }

  /** A 401 with a challenge (RFC 9110 §15.5.2), or with the time to wait. */
  public static Reply of(ClientRefusal refusal) {
    RateLimited tooMany = refusal.tooMany();
    if (tooMany != null) {
      return of(tooMany);
    }
    Reply reply = of(refusal.wire());
    if (refusal.assertion() instanceof AssertionRefusal.KeysUnavailable(int retryAfter)) {
      return reply.with("Retry-After", Integer.toString(retryAfter));
    }
    return reply.status() == 401
        ? reply.with("WWW-Authenticate", "Basic realm=\"Ostiary\"")
        : reply;
  }

  /** The storage does not answer; the client may come again soon. */
  public static Reply unavailable() {
    return of(new WireError(OAuthError.TEMPORARILY_UNAVAILABLE, "the storage does not answer"))
        .with("Retry-After", "1");
  }
}
