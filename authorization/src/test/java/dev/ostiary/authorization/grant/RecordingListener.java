package dev.ostiary.authorization.grant;

import dev.ostiary.protocol.GrantId;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Keeps what it is told. */
public final class RecordingListener implements RevocationListener {
  public final BlockingQueue<GrantId> ended = new LinkedBlockingQueue<>();
  public final BlockingQueue<String> revoked = new LinkedBlockingQueue<>();

  @Override
  public void ended(GrantId grant) {
    ended.add(grant);
  }

  @Override
  public void revoked(String jti) {
    revoked.add(jti);
  }
}
