package dev.ostiary.server.operate;

import dev.ostiary.authorization.operate.AddedClient;
import dev.ostiary.authorization.operate.ClientProblem;
import dev.ostiary.authorization.operate.Operator;
import dev.ostiary.authorization.store.GrantFilter;
import dev.ostiary.authorization.store.StoreUnavailable;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Json;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Does what an operator asks for. */
final class Operations {
  private static final System.Logger LOG = System.getLogger(Operations.class.getName());

  private final Operator operator;
  private final Backups backups;

  Operations(Operator operator, Backups backups) {
    this.operator = operator;
    this.backups = backups;
  }

  /**
   * Does it.
   *
   * @throws UncheckedIOException if the updates cannot be taken; what was done until then stays
   */
  Answer perform(OperatorRequest request, Updates updates) {
    AtomicLong ended = new AtomicLong();
    IntConsumer progress =
        grants -> {
          ended.set(grants);
          updates.ended(grants);
        };
    try {
      return switch (request) {
        case OperatorRequest.AddClient(var client) ->
            switch (operator.clients().add(client)) {
              case Result.Ok(AddedClient added) -> new Answer.Done(message(added));
              case Result.Refused(ClientProblem problem) -> refused(problem);
            };
        case OperatorRequest.RemoveClient(ClientId id) ->
            switch (operator.clients().remove(id, progress)) {
              case Result.Ok(ClientId removed) ->
                  new Answer.Done(
                      Json.object().put("client", removed.value()).put("ended", ended.get()));
              case Result.Refused(ClientProblem problem) -> refused(problem);
            };
        case OperatorRequest.ListClients() ->
            list(operator.clients().list().map(Entry::of), updates);
        case OperatorRequest.ListGrants(GrantFilter filter) ->
            list(operator.grants().list(filter).map(Entry::of), updates);
        case OperatorRequest.RevokeGrants(GrantFilter filter) -> revoke(filter, progress);
        case OperatorRequest.ListKeys() ->
            list(operator.keys().list().stream().map(Entry::of), updates);
        case OperatorRequest.RotateSigningKey() ->
            new Answer.Done(Entry.of(operator.keys().rotateSigning()));
        case OperatorRequest.RotateDataKey() ->
            new Answer.Done(Entry.of(operator.keys().rotateData()));
        case OperatorRequest.BackUp(Path file) -> backups.make(file, updates);
      };
    } catch (UncheckedIOException gone) {
      throw gone;
    } catch (StoreUnavailable trouble) {
      LOG.log(System.Logger.Level.ERROR, "an operator's request failed", trouble);
      return new Answer.Refused(503, "the storage does not answer" + until(ended.get()));
    } catch (RuntimeException broken) {
      LOG.log(System.Logger.Level.ERROR, "an operator's request failed", broken);
      return new Answer.Refused(500, "it failed, and the log says at what" + until(ended.get()));
    }
  }

  private static Answer refused(ClientProblem problem) {
    int status =
        switch (problem) {
          case ClientProblem.Unknown _ -> 404;
          case ClientProblem.IdTaken _, ClientProblem.Configured _ -> 409;
          default -> 400;
        };
    return new Answer.Refused(status, problem.text());
  }

  private static String until(long ended) {
    return ended == 0
        ? ""
        : "; grants ended until then: " + ended + ". The same command goes on with the rest";
  }

  private Answer revoke(GrantFilter filter, IntConsumer progress) {
    int revoked = operator.grants().revoke(filter, progress);
    GrantId id = filter.id();
    return id != null && revoked == 0
        ? new Answer.Refused(404, "there is no grant " + id)
        : new Answer.Done(Json.object().put("revoked", revoked));
  }

  private static Answer list(Stream<ObjectNode> list, Updates updates) {
    for (Iterator<ObjectNode> each = list.iterator(); each.hasNext(); ) {
      updates.entry(each.next());
    }
    return new Answer.Done(Json.object());
  }

  private static ObjectNode message(AddedClient added) {
    ObjectNode message = Json.object().put("client", added.id().value());
    Secret secret = added.secret();
    return secret == null ? message : message.put("client_secret", secret.reveal());
  }
}
