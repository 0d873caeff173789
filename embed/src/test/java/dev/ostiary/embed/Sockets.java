package dev.ostiary.embed;

import dev.ostiary.http.ClientSettings;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.Outbounds;
import dev.ostiary.http.netty.EventLoops;
import dev.ostiary.http.netty.outbound.NettyOutbounds;
import dev.ostiary.testkit.TestAuthority;
import java.util.List;

/** Calls over real sockets, on event loops that last as long as the tests. */
public final class Sockets {
  private static final Outbounds OUTBOUNDS = new NettyOutbounds(EventLoops.start());

  private Sockets() {}

  /** Trusts this authority too. */
  public static Outbound trusting(TestAuthority authority) {
    return OUTBOUNDS.open(
        new ClientSettings(
            List.of(authority.certificate()),
            ClientSettings.USUAL.connect(),
            ClientSettings.USUAL_IDLE));
  }
}
