package dev.ostiary.gateway.bridge;

import dev.ostiary.gateway.bridge.translate.Translations;
import dev.ostiary.gateway.peer.Cause;
import dev.ostiary.gateway.peer.Channels;
import dev.ostiary.gateway.peer.ClientFacts;
import dev.ostiary.gateway.peer.Eras;
import dev.ostiary.gateway.peer.Peer;
import dev.ostiary.gateway.peer.PeerOpener;
import dev.ostiary.gateway.session.SessionSeal;
import dev.ostiary.gateway.stream.Ticker;
import java.lang.System.Logger;
import java.util.concurrent.CompletableFuture;

/**
 * Opens conversations in the era of the client if the backend speaks it, and otherwise in the other
 * one behind a translation. Which eras a backend speaks is found out once and remembered.
 */
public final class EraPeerOpener implements PeerOpener {
  private final Channels channels;
  private final Eras eras;
  private final Translations translations;
  private final Ticker ticker;

  /**
   * @param name of the server, as in the configuration
   * @param seal what the state of unfinished requests is sealed with
   */
  public EraPeerOpener(
      String name, Channels channels, Eras eras, SessionSeal seal, Ticker ticker, Logger log) {
    this.channels = channels;
    this.eras = eras;
    this.translations = new Translations(name, seal, ticker, log);
    this.ticker = ticker;
  }

  @Override
  public CompletableFuture<Opening> open(
      ClientFacts client, Cause cause, Peer.Unsolicited listener) {
    PeerOpening opening =
        new PeerOpening(channels, eras, translations, ticker, client, cause, listener);
    opening.begin();
    return opening.result();
  }
}
