package dev.ostiary.embed;

import dev.ostiary.authorization.grant.RevocationListener;
import dev.ostiary.gateway.Gateway;
import dev.ostiary.protocol.GrantId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Carries the news of what was revoked from the authorization server to the gateway built after it.
 */
final class RevocationRelay implements RevocationListener {
  private final List<Gateway> gateways = new CopyOnWriteArrayList<>();

  void tell(Gateway gateway) {
    gateways.add(gateway);
  }

  @Override
  public void ended(GrantId grant) {
    gateways.forEach(gateway -> gateway.ended(grant));
  }

  @Override
  public void revoked(String jti) {
    gateways.forEach(gateway -> gateway.revoked(jti));
  }
}
