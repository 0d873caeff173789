package dev.ostiary.server;

import dev.ostiary.authorization.store.GrantFilter;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Subject;
import dev.ostiary.server.operate.OperatorRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.node.ObjectNode;

/** {@code ostiary grants}: lists and revokes grants. */
final class GrantsCommand {
  private static final String USER = "--user";
  private static final String CLIENT = "--client";

  private GrantsCommand() {}

  static CommandSpec spec(Invocation invocation) {
    CommandSpec spec =
        CommandSpec.create()
            .name("grants")
            .mixinStandardHelpOptions(true)
            .version(Version.text())
            .addSubcommand("list", list(invocation))
            .addSubcommand("revoke", revoke(invocation));
    spec.usageMessage()
        .description("Lists and revokes grants: who let which client act for them.")
        .optionListHeading("%nOptions:%n")
        .commandListHeading("%nCommands:%n");
    return spec;
  }

  private static CommandSpec list(Invocation invocation) {
    return OperatingOptions.spec(
            new OperatingCommand(
                invocation,
                parsed -> new OperatorRequest.ListGrants(listed(parsed)),
                (parsed, out, err) ->
                    Listing.of(
                        parsed,
                        out,
                        err,
                        "There are no such grants.",
                        GrantsCommand::row,
                        "GRANT",
                        "USER",
                        "SUBJECT",
                        "CLIENT",
                        "CREATED",
                        "LAST USED",
                        "RESOURCE",
                        "SCOPES",
                        "CLIENT NAME")),
            "list",
            "Lists the grants that are in force, the newest first. LAST USED is when the client was"
                + " given tokens last; nothing stands there while a grant waits for its code.")
        .addOption(
            option(USER, "USER", "Only this user's: a subject such as github:583231, or a login."))
        .addOption(option(CLIENT, "ID", "Only those of this client."))
        .addOption(Listing.json("Prints a line of JSON for each."));
  }

  private static CommandSpec revoke(Invocation invocation) {
    return OperatingOptions.spec(
            new OperatingCommand(
                invocation,
                parsed -> new OperatorRequest.RevokeGrants(revoked(parsed)),
                (_, out, _) ->
                    outcome -> out.println("Revoked grants: " + Listing.text(outcome, "revoked"))),
            "revoke",
            "Ends a grant, or all of a user or a client, with all of their tokens, at once.")
        .addArgGroup(
            ArgGroupSpec.builder()
                .multiplicity("1")
                .addArg(
                    PositionalParamSpec.builder()
                        .paramLabel("ID")
                        .type(String.class)
                        .arity("1")
                        .description("The grant.")
                        .build())
                .addArg(
                    option(
                        USER,
                        "SUBJECT",
                        "All of this user's: a subject such as github:583231. Logins change hands,"
                            + " so one is not enough."))
                .addArg(option(CLIENT, "ID", "All of this client's."))
                .build());
  }

  private static OptionSpec option(String name, String label, String description) {
    return OptionSpec.builder(name)
        .paramLabel(label)
        .type(String.class)
        .description(description)
        .build();
  }

  private static GrantFilter listed(ParseResult parsed) {
    @Nullable String user = parsed.matchedOptionValue(USER, null);
    @Nullable String client = parsed.matchedOptionValue(CLIENT, null);
    boolean subject = user != null && isSubject(user);
    return new GrantFilter(
        null,
        subject ? new Subject(user) : null,
        subject ? null : user,
        client == null ? null : new ClientId(client));
  }

  private static GrantFilter revoked(ParseResult parsed) {
    @Nullable String id = parsed.matchedPositionalValue(0, (String) null);
    @Nullable String user = parsed.matchedOptionValue(USER, null);
    @Nullable String client = parsed.matchedOptionValue(CLIENT, null);
    if (user != null && !isSubject(user)) {
      throw new ParameterException(
          parsed.commandSpec().commandLine(),
          "Invalid value for option '--user': "
              + user
              + " is not a subject, which `ostiary grants list --user "
              + user
              + "` shows");
    }
    return new GrantFilter(
        id == null ? null : new GrantId(id),
        user == null ? null : new Subject(user),
        null,
        client == null ? null : new ClientId(client));
  }

  /** Whether it has an upstream and an id there; a login has no colon. */
  private static boolean isSubject(String user) {
    return user.indexOf(':') > 0;
  }

  private static String[] row(ObjectNode grant) {
    return new String[] {
      Listing.text(grant, "grant"),
      Listing.text(grant, "user_name"),
      Listing.text(grant, "subject"),
      Listing.text(grant, "client"),
      Listing.minute(grant, "created_at"),
      Listing.minute(grant, "used_at"),
      Listing.text(grant, "resource"),
      Listing.text(grant, "scope"),
      Listing.text(grant, "client_name")
    };
  }
}
