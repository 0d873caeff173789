package dev.ostiary.server.operate;

import dev.ostiary.protocol.Result;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * One request and its answer. The request is one line; the answer is a line {@code {"entry":…}} for
 * each entry of a list, a line {@code {"ended":…}} for each step of a long work, and at the end
 * {@code {"done":…}} or {@code {"refused":"…"}}.
 */
final class Conversation {
  private static final System.Logger LOG = System.getLogger(Conversation.class.getName());
  private static final int PIECE = 16 * 1024;

  private final SocketChannel channel;
  private final Operations operations;
  private final Duration limit;
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream(PIECE);

  /**
   * @param limit how long nothing may happen
   */
  Conversation(SocketChannel channel, Operations operations, Duration limit) {
    this.channel = channel;
    this.operations = operations;
    this.limit = limit;
  }

  /** Holds it, and closes the channel. */
  void hold() {
    try (channel;
        Patience patience = Patience.with(channel, limit)) {
      Answer answer =
          switch (read().then(Conversation::parse)) {
            case Result.Ok(OperatorRequest request) -> {
              patience.renew();
              yield operations.perform(request, updates(patience));
            }
            case Result.Refused(String reason) -> new Answer.Refused(reason);
          };
      finish(answer, patience);
    } catch (UncheckedIOException gone) {
      LOG.log(System.Logger.Level.INFO, "an operator left before the request was done", gone);
    } catch (AsynchronousCloseException slow) {
      LOG.log(System.Logger.Level.DEBUG, "an operator's connection took too long");
    } catch (IOException gone) {
      LOG.log(System.Logger.Level.DEBUG, "an operator's connection broke", gone);
    } catch (RuntimeException | Error broken) {
      LOG.log(System.Logger.Level.ERROR, "an operator's request failed", broken);
    }
  }

  /** Whoever does not take them any more is gone: nothing more is done for them. */
  private Updates updates(Patience patience) {
    return new Updates() {
      @Override
      public void entry(ObjectNode entry) {
        send(Messages.object().set("entry", entry), waiting.size() >= PIECE);
      }

      @Override
      public void ended(long grants) {
        send(Messages.object().put("ended", grants), true);
      }

      private void send(ObjectNode message, boolean now) {
        put(message);
        if (now) {
          try {
            flush(patience);
          } catch (IOException gone) {
            throw new UncheckedIOException(gone);
          }
        }
      }
    };
  }

  /** The line, without its end. */
  private Result<ByteBuffer, String> read() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(Messages.LONGEST + 1);
    int end = -1;
    while (end < 0) {
      int begin = buffer.position();
      if (!buffer.hasRemaining()) {
        return Result.refused("the request is longer than " + Messages.LONGEST + " bytes");
      }
      if (channel.read(buffer) < 0) {
        return Result.refused("the request does not end");
      }
      end = indexOfNewline(buffer, begin);
    }
    return end == buffer.position() - 1
        ? Result.ok(buffer.flip().limit(end))
        : Result.refused("something follows the request");
  }

  private static int indexOfNewline(ByteBuffer buffer, int begin) {
    for (int i = begin; i < buffer.position(); i++) {
      if (buffer.get(i) == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static Result<OperatorRequest, String> parse(ByteBuffer line) {
    Optional<ObjectNode> message = Messages.read(line);
    return message.isEmpty()
        ? Result.refused("the request is not a JSON object")
        : OperatorRequest.parse(message.get());
  }

  private void finish(Answer answer, Patience patience) throws IOException {
    switch (answer) {
      case Answer.Done(ObjectNode outcome) -> put(Messages.object().set("done", outcome));
      case Answer.Refused(String reason) -> put(Messages.object().put("refused", reason));
    }
    flush(patience);
  }

  private void put(ObjectNode message) {
    waiting.writeBytes((Messages.write(message) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private void flush(Patience patience) throws IOException {
    patience.renew();
    ByteBuffer bytes = ByteBuffer.wrap(waiting.toByteArray());
    waiting.reset();
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
