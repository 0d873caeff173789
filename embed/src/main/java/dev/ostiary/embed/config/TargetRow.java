package dev.ostiary.embed.config;

import static dev.ostiary.config.Key.key;

import dev.ostiary.config.Entry;
import dev.ostiary.config.Form;
import dev.ostiary.config.Key;
import dev.ostiary.config.Node;
import dev.ostiary.config.Place;
import dev.ostiary.config.Problems;
import dev.ostiary.config.Row;
import dev.ostiary.connector.ConnectorType;
import dev.ostiary.connector.ConnectorTypes;
import dev.ostiary.protocol.Resource;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What answers the calls to a server: a connector, or a backend with keys of its own. */
final class TargetRow implements Row<ServerTarget> {
  private static final List<String> TYPES =
      ConnectorTypes.all().stream()
          .filter(ConnectorType::hasTools)
          .map(ConnectorType::name)
          .toList();

  private static final Key<String> CONNECTOR =
      key(
              "connector",
              Form.choice(TYPES, name -> name),
              "Whose tools this MCP server has, if it is built in.")
          .otherwise("`backend` is needed");

  private static final Key<Resource> RESOURCE =
      key(
              "resource",
              Form.of(
                  "URL",
                  Resource::new,
                  Resource::value,
                  "Write the URL that clients of that server use, such as"
                      + " https://docs.example.com/mcp."),
              "The URL of an MCP server that runs elsewhere: Ostiary issues access tokens for it,"
                  + " and has nothing else to do with it. It is their audience.")
          .otherwise("`backend` or `connector` is needed");

  @Override
  public String component() {
    return "behind";
  }

  @Override
  public List<String> names() {
    return Stream.of(
            CONNECTOR.names(),
            ServerKeys.HTTP.inline("").names(),
            StdioKeys.STDIO.inline("").names(),
            RESOURCE.names())
        .flatMap(List::stream)
        .distinct()
        .toList();
  }

  @Override
  public @Nullable ServerTarget read(Node.Table table, Place place, @Nullable ServerTarget usual) {
    if (RESOURCE.isIn(table)) {
      return elsewhere(table, place);
    }
    if (table.values().containsKey(StdioKeys.COMMAND)) {
      return program(table, place);
    }
    refuse(
        StdioKeys.STDIO.inline("").names().stream()
            .filter(name -> !StdioKeys.SHARED.contains(name)),
        "is for a command",
        table,
        place);
    Node backend = table.values().get(ServerKeys.BACKEND);
    boolean connects = CONNECTOR.isIn(table);
    if (connects && backend != null) {
      place
          .in(ServerKeys.BACKEND, backend)
          .wrong(null, "excludes connector", "Leave one of them out.");
    } else if (!connects && backend == null) {
      place
          .in("connector", null)
          .wrong(
              null,
              "is missing, and so is backend",
              "Write connector: "
                  + String.join(" or ", TYPES)
                  + ", backend: with the URL of an MCP server, or command: with a program.");
    }
    String type = CONNECTOR.read(table, place, null);
    if (connects) {
      ServerKeys.CREDENTIAL.refuse(table, place);
      return type == null ? null : new ConnectorServer(type);
    }
    return backend == null ? null : ServerKeys.HTTP.readRows(table, place, null);
  }

  /** Most of what is said of other targets has no meaning there. */
  private @Nullable ServerTarget program(Node.Table table, Place place) {
    List<String> known = StdioKeys.STDIO.inline("").names();
    for (String name : ServerKeys.CREDENTIAL.names()) {
      Node node = table.values().get(name);
      if (node != null && !(node instanceof Node.Value(String word, _, _) && word.equals("none"))) {
        place
            .in(name, node)
            .wrong(
                null,
                "does not go with command",
                "Show the program what it needs in env, such as TOKEN: \"${upstream-token}\".");
      }
    }
    refuse(
        names().stream()
            .filter(name -> !known.contains(name) && !ServerKeys.CREDENTIAL.names().contains(name)),
        "does not go with command",
        table,
        place);
    return StdioKeys.STDIO.readRows(table, place, null);
  }

  private static void refuse(Stream<String> names, String what, Node.Table table, Place place) {
    names
        .filter(name -> table.values().containsKey(name))
        .forEach(
            name ->
                place
                    .in(name, table.values().get(name))
                    .wrong(null, what, "Leave one of them out."));
  }

  /** Nothing that is said of a backend has a meaning there. */
  private @Nullable ServerTarget elsewhere(Node.Table table, Place place) {
    refuse(
        names().stream().filter(name -> !RESOURCE.names().contains(name)),
        "does not go with resource",
        table,
        place);
    Resource resource = RESOURCE.read(table, place, null);
    return resource == null ? null : new ServerTarget.Elsewhere(resource);
  }

  @Override
  public void check(ServerTarget target, Problems problems) {
    if (target instanceof HttpServer server) {
      ServerKeys.HTTP.check(server, problems);
    } else if (target instanceof StdioServer server) {
      StdioKeys.STDIO.check(server, problems);
    }
  }

  @Override
  public Stream<Entry> entries(String path, @Nullable ServerTarget usual) {
    return Stream.of(
            CONNECTOR.entries(path, null),
            RESOURCE.entries(path, null),
            ServerKeys.HTTP.entries(path, (HttpServer) null),
            StdioKeys.STDIO
                .entries(path, (StdioServer) null)
                .filter(entry -> !isShared(entry.path())))
        .flatMap(each -> each);
  }

  private static boolean isShared(String path) {
    return StdioKeys.SHARED.contains(path.substring(path.lastIndexOf('.') + 1));
  }
}
