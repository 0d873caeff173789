package dev.ostiary.connector.local;

import dev.ostiary.authorization.authorize.session.CanonicalHost;
import dev.ostiary.authorization.upstream.Upstream;
import dev.ostiary.authorization.upstream.UpstreamCredentials;
import dev.ostiary.connector.AllowRule;
import dev.ostiary.connector.Connector;
import dev.ostiary.connector.ConnectorDependencies;
import dev.ostiary.gateway.call.AllowedUsers;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.http.Endpoint;
import java.util.List;
import java.util.Set;

/** The users of this server, and the page where they sign in. */
final class LocalConnector implements Connector {
  private final LocalUpstream upstream;
  private final Endpoint signIn;

  LocalConnector(LocalSettings settings, ConnectorDependencies with) {
    SignInCodes codes = new SignInCodes(with.sealer(), with.time());
    this.upstream = new LocalUpstream(with.place(), settings.users(), codes);
    this.signIn =
        CanonicalHost.of(
            with.place().url(),
            with.pages(),
            new SignInEndpoint(
                with.place(),
                with.pages(),
                new Passwords(settings.users(), with.time()),
                codes,
                with.audit(),
                with.time()));
  }

  @Override
  public Upstream upstream() {
    return upstream;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(signIn);
  }

  @Override
  public AllowedUsers users(AllowRule list, UpstreamCredentials credentials) {
    return new Listed(upstream.name() + ":", Set.copyOf(list.users()));
  }

  /** The users that a server names, which takes no request to a provider. */
  private record Listed(String prefix, Set<String> users) implements AllowedUsers {
    @Override
    public Verdict known(Caller caller) {
      return ask(caller);
    }

    @Override
    public Verdict ask(Caller caller) {
      String subject = caller.subject().value();
      return subject.startsWith(prefix) && users.contains(subject.substring(prefix.length()))
          ? Verdict.ALLOWED
          : Verdict.NOT_ALLOWED;
    }
  }
}
