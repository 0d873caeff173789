package dev.ostiary.server.operate;

import dev.ostiary.http.Body;
import dev.ostiary.http.Outbound;
import dev.ostiary.http.Reply;
import dev.ostiary.http.netty.EventLoops;
import dev.ostiary.http.netty.outbound.NettyOutbound;
import dev.ostiary.protocol.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import tools.jackson.databind.node.ObjectNode;

/** Asks the running server. */
final class RunningOperating implements Operating {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final UnixDomainSocketAddress socket;

  private RunningOperating(UnixDomainSocketAddress socket) {
    this.socket = socket;
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
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(socket);
    try (SocketChannel _ = SocketChannel.open(address)) {
      return Optional.of(new RunningOperating(address));
    } catch (ConnectException dead) {
      return Optional.empty();
    } catch (SocketException failure) {
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
    boolean list = request.isList();
    try (EventLoops loops = EventLoops.startLocal();
        Outbound outbound = NettyOutbound.to(socket, loops);
        BufferedReader lines = lines(outbound.send(request.toHttp(LIMIT)).get())) {
      ObjectNode last = Json.object();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        ObjectNode message =
            Json.readObject(line.getBytes(StandardCharsets.UTF_8))
                .orElseThrow(() -> new IOException("the server's answer cannot be read"));
        if (message.has("detail")) {
          return new Answer.Refused(
              message.path("status").asInt(500), message.path("detail").asString());
        } else if (list) {
          updates.entry(message);
        } else if (message.size() == 1 && message.has("ended")) {
          updates.ended(message.path("ended").asLong());
        } else if (message.size() == 1 && message.has("written")) {
          updates.written(message.path("written").asLong());
        } else {
          last = message;
        }
      }
      if (!list && last.isEmpty()) {
        throw new IOException("the server's answer breaks off");
      }
      return new Answer.Done(last);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof IOException known
          ? known
          : new IOException("the call failed", failed);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private static BufferedReader lines(Reply reply) {
    return new BufferedReader(
        new InputStreamReader(
            new ContentStream(((Body.Streamed) reply.body()).source(), LIMIT),
            StandardCharsets.UTF_8));
  }

  @Override
  public void close() {}
}
