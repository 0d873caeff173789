package dev.ostiary.embed;

import dev.ostiary.gateway.call.AllowedUsers;
import dev.ostiary.gateway.token.Caller;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Those who may use a server, told apart by where they sign in. Users of an upstream that the
 * server does not take may not, even if they could when their token was issued.
 *
 * @param byUpstream by the first part of the subject
 */
record AllowedByUpstream(Map<String, AllowedUsers> byUpstream) implements AllowedUsers {
  AllowedByUpstream {
    byUpstream = Map.copyOf(byUpstream);
  }

  @Override
  public @Nullable Verdict known(Caller caller) {
    AllowedUsers users = byUpstream.get(caller.subject().upstream());
    return users == null ? Verdict.NOT_ALLOWED : users.known(caller);
  }

  @Override
  public Verdict ask(Caller caller) {
    AllowedUsers users = byUpstream.get(caller.subject().upstream());
    return users == null ? Verdict.NOT_ALLOWED : users.ask(caller);
  }
}
