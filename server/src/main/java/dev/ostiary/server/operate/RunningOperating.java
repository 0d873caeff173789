package dev.ostiary.server.operate;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NumericNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks the running server. */
final class RunningOperating implements Operating {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final SocketChannel channel;

  private RunningOperating(SocketChannel channel) {
    this.channel = channel;
  }

  /**
   * Connects, if there is a server.
   *
   * @throws IOException if there may be one, but not for this user
   */
  static Optional<Operating> connect(Path socket) throws IOException {
    if (!Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      return Optional.of(new RunningOperating(channel));
    } catch (ConnectException dead) {
      channel.close();
      return Optional.empty();
    } catch (SocketException failure) {
      channel.close();
      if (Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
        throw failure;
      }
      return Optional.empty();
    }
  }

  @Override
  public boolean byServer() {
    return true;
  }

  @Override
  public Answer ask(OperatorRequest request, Updates updates) throws IOException {
    try (Patience patience = Patience.with(channel, LIMIT)) {
      send(request);
      BufferedReader lines =
          new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
      while (true) {
        ObjectNode message = next(lines);
        patience.renew();
        if (message.get("entry") instanceof ObjectNode entry) {
          updates.entry(entry);
        } else if (message.get("ended") instanceof NumericNode grants) {
          updates.ended(grants.longValue());
        } else {
          return answer(message);
        }
      }
    }
  }

  /** A server that refuses before it has read everything leaves its reason. */
  private void send(OperatorRequest request) throws IOException {
    String line = Messages.write(request.toMessage()) + "\n";
    ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static ObjectNode next(BufferedReader lines) throws IOException {
    @Nullable String line = lines.readLine();
    if (line == null) {
      throw new EOFException("the server ended the connection");
    }
    return Messages.read(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)))
        .orElseThrow(() -> new IOException("the server's answer cannot be read"));
  }

  private static Answer answer(ObjectNode message) throws IOException {
    if (message.get("done") instanceof ObjectNode outcome) {
      return new Answer.Done(outcome);
    }
    JsonNode reason = message.get("refused");
    if (reason == null || !reason.isString()) {
      throw new IOException("the server's answer cannot be read");
    }
    return new Answer.Refused(reason.stringValue());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
