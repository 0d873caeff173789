package dev.ostiary.authorization.token;

import dev.ostiary.authorization.client.ClientAuthenticator;
import dev.ostiary.authorization.client.ClientName;
import dev.ostiary.authorization.client.ClientRefusal;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.http.Request;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Result;
import java.time.Instant;
import java.util.Locale;

/** Reads the forms that clients send, and finds out which client it is (OAuth 2.1 §2.4, §3.2). */
public final class ClientForms {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final ClientAuthenticator clients;

  private ClientForms(ClientAuthenticator clients) {
    this.clients = clients;
  }

  public static ClientForms of(ClientAuthenticator clients) {
    return new ClientForms(clients);
  }

  /** A form of any client, public ones too. Blocks. */
  public Result<ClientForm, FormRefusal> read(Request request, Instant now) {
    return parse(request).then(parameters -> authenticate(request, parameters, now));
  }

  /** A form of a client that proved who it is. Blocks. */
  public Result<ClientForm, FormRefusal> readConfidential(Request request, Instant now) {
    return read(request, now)
        .then(
            form ->
                form.client().metadata().isPublic()
                    ? Result.refused(notConfidential(form.client()))
                    : Result.ok(form));
  }

  private static FormRefusal notConfidential(RegisteredClient client) {
    return new FormRefusal.NotAuthenticated(
        client.id().value(), new ClientRefusal(ClientRefusal.Reason.NOT_CONFIDENTIAL, false));
  }

  private static Result<Parameters, FormRefusal> parse(Request request) {
    String type = request.headers().first("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    if (!type.split(";", 2)[0].strip().equals(FORM)) {
      return Result.refused(new FormRefusal.NotAForm());
    }
    return switch (Parameters.parse(request.body().utf8())) {
      case Result.Ok(Parameters read) -> Result.ok(read);
      case Result.Refused(Parameters.Refusal.Repeated _) ->
          Result.refused(new FormRefusal.Repeated());
      case Result.Refused(Parameters.Refusal.Malformed _) ->
          Result.refused(new FormRefusal.Malformed());
    };
  }

  private Result<ClientForm, FormRefusal> authenticate(
      Request request, Parameters parameters, Instant now) {
    return switch (clients.authenticate(request, parameters, now)) {
      case Result.Ok(RegisteredClient client) -> Result.ok(new ClientForm(client, parameters));
      case Result.Refused(ClientRefusal refusal) ->
          Result.refused(
              new FormRefusal.NotAuthenticated(
                  ClientName.of(request.headers().all("Authorization"), parameters), refusal));
    };
  }
}
