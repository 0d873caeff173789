package dev.ostiary.server;

import dev.ostiary.server.operate.OperatorRequest;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.node.ObjectNode;

/** {@code ostiary keys}: lists and rotates the signing keys and the data keys. */
final class KeysCommand {
  private KeysCommand() {}

  static CommandSpec spec(Invocation invocation) {
    CommandSpec spec =
        CommandSpec.create()
            .name("keys")
            .mixinStandardHelpOptions(true)
            .version(Version.text())
            .addSubcommand("list", list(invocation))
            .addSubcommand("rotate", rotate(invocation));
    spec.usageMessage()
        .description(
            "Lists and rotates the keys that sign access tokens and those that seal secrets in the"
                + " store.")
        .optionListHeading("%nOptions:%n")
        .commandListHeading("%nCommands:%n");
    return spec;
  }

  private static CommandSpec list(Invocation invocation) {
    return OperatingOptions.spec(
            new OperatingCommand(
                invocation,
                _ -> new OperatorRequest.ListKeys(),
                (parsed, out, err) ->
                    Listing.of(
                        parsed,
                        out,
                        err,
                        "There are no keys: a server makes the first when it starts.",
                        KeysCommand::row,
                        "KEY",
                        "USE",
                        "STATE",
                        "ALGORITHM",
                        "CREATED",
                        "USED FROM",
                        "REMOVED AT")),
            "list",
            "Lists the signing keys and the data keys by their ids; a key itself is never shown."
                + " STATE of a signing key: next (published, signs from USED FROM on), signs, or"
                + " verifies (published until REMOVED AT, when its last token has expired). Of a"
                + " data key: seals, or opens (until what it sealed is sealed anew).")
        .addOption(Listing.json("Prints a line of JSON for each."));
  }

  private static String[] row(ObjectNode key) {
    return new String[] {
      Listing.text(key, "key"),
      Listing.text(key, "use"),
      Listing.text(key, "state"),
      Listing.text(key, "algorithm"),
      Listing.minute(key, "created_at"),
      Listing.minute(key, "used_from"),
      Listing.minute(key, "remove_at")
    };
  }

  private static CommandSpec rotate(Invocation invocation) {
    CommandSpec spec =
        CommandSpec.create()
            .name("rotate")
            .mixinStandardHelpOptions(true)
            .version(Version.text())
            .addSubcommand("signing", signing(invocation))
            .addSubcommand("data", data(invocation));
    spec.usageMessage()
        .description("Makes a new key in the place of the one in use. No session ends.")
        .optionListHeading("%nOptions:%n")
        .commandListHeading("%nCommands:%n");
    return spec;
  }

  private static CommandSpec signing(Invocation invocation) {
    return OperatingOptions.spec(
        new OperatingCommand(
            invocation,
            _ -> new OperatorRequest.RotateSigningKey(),
            (_, out, _) ->
                outcome ->
                    out.println(
                        "New signing key %s: published now, signs from %s"
                            .formatted(
                                Listing.text(outcome, "key"),
                                Listing.minute(outcome, "used_from")))),
        "signing",
        "Makes a new key to sign access tokens. It is published at once and signs ten minutes"
            + " later, when others have had the time to see it. The other keys are published until"
            + " the last token that they signed has expired.");
  }

  private static CommandSpec data(Invocation invocation) {
    return OperatingOptions.spec(
        new OperatingCommand(
            invocation,
            _ -> new OperatorRequest.RotateDataKey(),
            (_, out, _) ->
                outcome ->
                    out.println("New data key " + Listing.text(outcome, "key") + ": seals now")),
        "data",
        "Makes a new key to seal secrets in the store. The server seals anew what the other keys"
            + " sealed, in the background, and removes them after that.");
  }
}
