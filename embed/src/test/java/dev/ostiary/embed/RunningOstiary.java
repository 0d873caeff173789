package dev.ostiary.embed;

import dev.ostiary.authorization.key.MasterKey;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.http.Reply;
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

  @Override
  public void close() {
    ostiary.close();
    store.close();
  }
}
