package dev.ostiary.embed;

import dev.ostiary.authorization.key.MasterKey;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.http.Body;
import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import java.net.InetAddress;
import java.security.GeneralSecurityException;

/** Ostiary on a store of its own, and how to ask it. */
public final class RunningOstiary implements AutoCloseable {
  private final SilentStore store = new SilentStore();
  private final String host;
  private final Ostiary ostiary;

  public RunningOstiary(OstiaryConfig config) throws GeneralSecurityException {
    host = config.url().uri().getRawAuthority();
    ostiary = Ostiary.builder(config, store, MasterKey.parse(MasterKey.generate())).build();
  }

  SilentStore store() {
    return store;
  }

  public Ostiary ostiary() {
    return ostiary;
  }

  Reply get(String path) {
    return FakeExchange.get(ostiary.service(), host, path);
  }

  Reply post(String path) {
    return FakeExchange.serve(ostiary.service(), "POST", host, path);
  }

  /** Registers, with this in the Authorization header. */
  Reply register(String authorization) {
    return send(
        "/register",
        Headers.of("Content-Type", "application/json", "Authorization", authorization),
        "{}");
  }

  /** What a client hears that trades a code which there is not. */
  String exchange(String client, String secret) {
    String form =
        "grant_type=authorization_code&code=none&redirect_uri=https%3A%2F%2Fa.example%2F"
            + "&code_verifier="
            + "v".repeat(43)
            + "&client_id="
            + client
            + (secret.isEmpty() ? "" : "&client_secret=" + secret);
    return FakeExchange.text(
        send("/token", Headers.of("Content-Type", "application/x-www-form-urlencoded"), form));
  }

  private Reply send(String path, Headers headers, String body) {
    return FakeExchange.serve(
        ostiary.service(),
        new Request(
            "r1",
            "POST",
            path,
            "",
            headers.with("Host", host),
            Body.utf8(body),
            InetAddress.getLoopbackAddress()));
  }

  @Override
  public void close() {
    ostiary.close();
    store.close();
  }
}
