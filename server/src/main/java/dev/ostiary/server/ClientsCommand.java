package dev.ostiary.server;

import dev.ostiary.authorization.operate.NewClient;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.server.OperatingCommand.Telling;
import dev.ostiary.server.operate.Messages;
import dev.ostiary.server.operate.OperatorRequest;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code ostiary clients}: adds, lists and removes clients. */
final class ClientsCommand {
  private static final int LONGEST_URIS = 200;

  private ClientsCommand() {}

  static CommandSpec spec(Invocation invocation) {
    CommandSpec spec =
        CommandSpec.create()
            .name("clients")
            .mixinStandardHelpOptions(true)
            .version(Version.text())
            .addSubcommand("add", add(invocation))
            .addSubcommand("list", list(invocation))
            .addSubcommand("remove", remove(invocation));
    spec.usageMessage()
        .description("Adds, lists and removes clients; the server may run meanwhile.")
        .optionListHeading("%nOptions:%n")
        .commandListHeading("%nCommands:%n");
    return spec;
  }

  private static CommandSpec add(Invocation invocation) {
    CommandSpec spec =
        OperatingOptions.spec(
            new OperatingCommand(
                invocation,
                ClientsCommand::addition,
                (parsed, out, err) -> new Added(Listing.isJson(parsed), out, err)),
            "add",
            "Adds a client, and prints its id, and its secret if it gets one: this once, since only"
                + " a hash of it is kept.",
            "It is known until it is removed. Its users consent and sign in as with any other.");
    return spec.addOption(
            OptionSpec.builder("--name")
                .paramLabel("NAME")
                .type(String.class)
                .required(true)
                .description("What people read on the consent page.")
                .build())
        .addOption(
            OptionSpec.builder("--redirect-uri")
                .paramLabel("URI")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .required(true)
                .description(
                    "Where its users are sent back to, exactly; on a loopback host any port goes."
                        + " Can be given several times.")
                .build())
        .addOption(
            OptionSpec.builder("--id")
                .paramLabel("ID")
                .type(String.class)
                .description("Its client id. The default is a random one.")
                .build())
        .addArgGroup(
            ArgGroupSpec.builder()
                .addArg(
                    OptionSpec.builder("--secret")
                        .description("Gives it a secret: for software that can keep one.")
                        .build())
                .addArg(
                    OptionSpec.builder("--public")
                        .description("Gives it none. This is the default.")
                        .build())
                .build())
        .addOption(Listing.json("Prints one object in JSON."));
  }

  private static OperatorRequest addition(ParseResult parsed) {
    return new OperatorRequest.AddClient(
        new NewClient(
            parsed.matchedOptionValue("--id", null),
            parsed.matchedOptionValue("--name", ""),
            parsed.matchedOptionValue("--redirect-uri", List.<String>of()),
            parsed.hasMatchedOption("--secret")));
  }

  private record Added(boolean json, PrintStream out, PrintStream err) implements Telling {
    @Override
    public void done(ObjectNode outcome) {
      String secret = Listing.text(outcome, "client_secret");
      if (json) {
        out.println(Messages.write(outcome));
      } else {
        out.println("Client ID:      " + Listing.text(outcome, "client"));
        if (!secret.isEmpty()) {
          out.println("Client secret:  " + secret);
        }
      }
      if (!secret.isEmpty()) {
        err.println("Keep the secret: it is shown this once.");
      }
    }
  }

  private static CommandSpec list(Invocation invocation) {
    return OperatingOptions.spec(
            new OperatingCommand(
                invocation,
                _ -> new OperatorRequest.ListClients(),
                (parsed, out, err) ->
                    new Known(
                        Listing.of(
                            parsed,
                            out,
                            err,
                            "There are no clients.",
                            ClientsCommand::row,
                            "CLIENT",
                            "NAME",
                            "ADDED BY",
                            "ADDED",
                            "LAST USED",
                            "SECRET",
                            "REDIRECT URIS"),
                        err)),
            "list",
            "Lists the clients: of the configuration, added by the operator, and those that"
                + " registered themselves.")
        .addOption(Listing.json("Prints a line of JSON for each."));
  }

  private static String[] row(ObjectNode client) {
    String uris =
        client
            .withArray("redirect_uris")
            .valueStream()
            .map(JsonNode::asString)
            .collect(Collectors.joining(" "));
    return new String[] {
      Listing.text(client, "client"),
      Listing.text(client, "client_name"),
      Listing.text(client, "added_by"),
      Listing.minute(client, "added_at"),
      Listing.minute(client, "used_at"),
      Listing.text(client, "token_endpoint_auth_method").equals("none") ? "no" : "yes",
      uris.length() <= LONGEST_URIS ? uris : uris.substring(0, LONGEST_URIS) + "…"
    };
  }

  /** Says so when the list cannot have everything. */
  private record Known(Telling list, PrintStream err) implements Telling {
    @Override
    public void begin(boolean byServer) {
      if (!byServer) {
        err.println("No server runs: clients of its configuration are not listed.");
      }
    }

    @Override
    public void entry(ObjectNode entry) {
      list.entry(entry);
    }

    @Override
    public void done(ObjectNode outcome) {
      list.done(outcome);
    }
  }

  private static CommandSpec remove(Invocation invocation) {
    return OperatingOptions.spec(
            new OperatingCommand(
                invocation,
                parsed -> new OperatorRequest.RemoveClient(new ClientId(id(parsed))),
                (_, out, _) ->
                    outcome ->
                        out.println(
                            "Removed client %s; grants ended: %s"
                                .formatted(
                                    Listing.text(outcome, "client"),
                                    Listing.text(outcome, "ended")))),
            "remove",
            "Removes a client and ends its grants. One of the configuration is taken out there.")
        .addPositional(
            PositionalParamSpec.builder()
                .paramLabel("ID")
                .type(String.class)
                .arity("1")
                .required(true)
                .description("The client id.")
                .build());
  }

  private static String id(ParseResult parsed) {
    @Nullable String id = parsed.matchedPositionalValue(0, (String) null);
    return id == null ? "" : id;
  }
}
