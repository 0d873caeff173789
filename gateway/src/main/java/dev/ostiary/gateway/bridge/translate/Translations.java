package dev.ostiary.gateway.bridge.translate;

import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.ClientFacts;
import dev.ostiary.gateway.peer.LegacyPeer;
import dev.ostiary.gateway.peer.ModernPeer;
import dev.ostiary.gateway.peer.Peer;
import dev.ostiary.gateway.session.SessionSeal;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.mcp.Era;
import dev.ostiary.mcp.rpc.RpcJson;
import java.lang.System.Logger;

/**
 * Gives a client a conversation in its own era.
 *
 * @param server its name in the configuration
 * @param seal what the state of unfinished requests is sealed with
 */
public record Translations(String server, SessionSeal seal, Ticker ticker, Logger log) {
  /**
   * The same conversation if it is in the client's era, and otherwise a translation of it.
   *
   * @param cause because of which it was opened
   * @param unsolicited hears what belongs to no request, and is put behind the translation
   */
  public Peer adapt(Peer peer, ClientFacts client, Cause cause, UnsolicitedRelay unsolicited) {
    if (peer.era() == client.era()) {
      return peer;
    }
    return switch (peer) {
      case LegacyPeer legacy when client.era() == Era.MODERN -> {
        legacy.notify("notifications/initialized", RpcJson.object(), cause.unawaited());
        yield AsModern.over(legacy, client, cause, this, unsolicited);
      }
      case ModernPeer modern -> AsLegacy.over(modern, client, this, unsolicited);
      default -> throw new IllegalStateException("no peer of either era");
    };
  }
}
