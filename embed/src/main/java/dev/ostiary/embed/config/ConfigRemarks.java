package dev.ostiary.embed.config;

import dev.ostiary.embed.config.credential.Credential;
import dev.ostiary.protocol.Loopback;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * What may be meant, and is worth a warning: it lets in more people, or shows more, than most want.
 */
public final class ConfigRemarks {
  /**
   * One of them.
   *
   * @param what a sentence
   * @param remedy what to do if it is not meant
   */
  public record Remark(String what, String remedy) {}

  private ConfigRemarks() {}

  public static List<Remark> of(OstiaryConfig config) {
    List<Remark> remarks = new ArrayList<>();
    config
        .signIn()
        .forEach(
            (name, signIn) -> {
              if (!config.url().isLoopback() && signIn.allow().isOpen()) {
                remarks.add(
                    new Remark(
                        "Anybody with a %s account may sign in at %s."
                            .formatted(signIn.title(), config.url().value()),
                        "Name those who may in sign-in."
                            + SignInRules.path(name, signIn)
                            + ".allow."));
              }
            });
    config
        .servers()
        .forEach(
            (name, entry) -> {
              if (entry.behind() instanceof HttpServer server && isOpenToTheNetwork(server)) {
                remarks.add(overPlainHttp(name, server));
              }
              if (entry.behind() instanceof StdioServer server && server.runAs().isEmpty()) {
                remarks.add(asOstiary(name));
              }
            });
    return List.copyOf(remarks);
  }

  private static Remark asOstiary(String name) {
    return new Remark(
        "The program of server %s runs as Ostiary's own user: it can read Ostiary's keys and data."
            .formatted(name),
        "Set servers.%s.run-as, run it in a container, or begin command with sudo -u and a user."
            .formatted(name));
  }

  /** Who calls travels in plain text: a party on the way that changes it calls as any user. */
  private static boolean isOpenToTheNetwork(HttpServer server) {
    URI uri = server.uri();
    return !(server.credential() instanceof Credential.None)
        && "http".equals(uri.getScheme())
        && uri.getHost() != null
        && !Loopback.isLoopback(uri.getHost());
  }

  private static Remark overPlainHttp(String name, HttpServer server) {
    String shown =
        switch (server.credential()) {
          case Credential.ApiKey _ -> "Its api-key goes";
          case Credential.SignedIdentity _ -> "Signed statements of who calls go";
          case Credential.IdentityHeaders _ -> "Statements of who calls go";
          case Credential.UpstreamToken _ -> "Tokens of users go";
          case Credential.None _ -> "Calls go";
        };
    return new Remark(
        "%s to server %s over plain http, to another machine (%s): who listens on the way can use them."
            .formatted(shown, name, server.uri().getRawAuthority()),
        "Give the backend an https address (authorities names a private CA), or have it on this"
            + " machine.");
  }
}
