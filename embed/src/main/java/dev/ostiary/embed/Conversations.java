package dev.ostiary.embed;

import dev.ostiary.embed.config.HttpServer;
import dev.ostiary.gateway.backend.Backend;
import dev.ostiary.gateway.backend.SessionBackend;
import dev.ostiary.gateway.bridge.ConversationBackend;
import dev.ostiary.gateway.bridge.EraPeerOpener;
import dev.ostiary.gateway.bridge.legacy.LegacyFront;
import dev.ostiary.gateway.bridge.modern.ModernFront;
import dev.ostiary.gateway.bridge.reply.ConversationSettings;
import dev.ostiary.gateway.peer.Channels;
import dev.ostiary.gateway.peer.Eras;
import dev.ostiary.gateway.peer.PeerOpener;
import dev.ostiary.gateway.remote.BridgedSeal;
import dev.ostiary.gateway.session.SealedSessions;
import dev.ostiary.gateway.session.SessionSeal;
import dev.ostiary.gateway.stream.Ticker;
import dev.ostiary.gateway.task.TaskBackend;
import java.time.Duration;
import java.time.InstantSource;

/** Backends that are spoken to message by message. */
final class Conversations {
  private static final System.Logger LOG = System.getLogger(Conversations.class.getName());

  /** After so long without a call or stream a conversation is ended. */
  private static final Duration UNUSED = Duration.ofMinutes(30);

  private static final int PER_USER = 64;

  private final SessionSeal seal;
  private final Ticker ticker;
  private final InstantSource time;

  Conversations(SessionSeal seal, Ticker ticker, InstantSource time) {
    this.seal = seal;
    this.ticker = ticker;
    this.time = time;
  }

  /** Those with a server that is reached over HTTP. */
  static ConversationSettings settings(ServerPlace place, HttpServer server) {
    return new ConversationSettings(
        place.name(),
        place.resource().value(),
        server.patience().answer(),
        server.patience().idle(),
        server.patience().keepAlive(),
        server.sessionLifetime(),
        UNUSED,
        server.room().streams(),
        PER_USER);
  }

  ConversationBackend with(ConversationSettings settings, Channels channels, Eras eras) {
    PeerOpener opener = new EraPeerOpener(settings.name(), channels, eras, seal, ticker, LOG);
    SealedSessions sessions =
        new SealedSessions(
            settings.resource(), new BridgedSeal(seal), settings.sessionLifetime(), time);
    return new ConversationBackend(
        new LegacyFront(settings, opener, sessions, ticker, LOG),
        new ModernFront(settings, opener, ticker),
        channels.isPersonal());
  }

  /** The same backend, whose tasks belong to the grants that started them. */
  <B extends Backend & SessionBackend> Backend owned(ServerPlace place, B backend) {
    return new TaskBackend<>(backend, place.name(), place.resource().value(), seal, ticker);
  }
}
