package dev.ostiary.gateway.call;

import dev.ostiary.gateway.refusal.CallRefusal;
import dev.ostiary.protocol.Resource;

/** Refuses access tokens that were issued for another server (RFC 9068 §4). */
final class AudienceCheck implements CallCheck {
  private final Resource resource;

  AudienceCheck(Resource resource) {
    this.resource = resource;
  }

  @Override
  public void check(CallContext call) {
    if (call.token().audience().equals(resource)) {
      call.pass();
    } else {
      call.refuse(new CallRefusal.OtherAudience());
    }
  }
}
