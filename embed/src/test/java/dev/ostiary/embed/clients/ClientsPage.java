package dev.ostiary.embed.clients;

import java.util.List;
import java.util.stream.Collectors;

/** The part of the page about clients that is made: a table, and then what each one needs. */
final class ClientsPage {
  private static final String HEAD =
      """
      | client | known of | works | registration | since revision | redirect URI |
      |---|---|---|---|---|---|
      """;

  private ClientsPage() {}

  static String of(List<ClientFixture> clients) {
    return HEAD
        + clients.stream().map(ClientsPage::row).collect(Collectors.joining())
        + clients.stream().map(ClientsPage::section).collect(Collectors.joining());
  }

  private static String row(ClientFixture client) {
    return "| %s | %s, %s | replayed | %sdynamic, `%s` | %s | `%s` |\n"
        .formatted(
            client.name(),
            client.version(),
            evidence(client),
            client.document() == null ? "" : "metadata document; otherwise ",
            client.token().authentication(),
            client.revisions().getFirst(),
            client.redirectUri());
  }

  private static String section(ClientFixture client) {
    return "\n### %s\n\n%s, %s. It speaks %s.\n\n"
            .formatted(client.name(), client.vendor(), client.version(), words(client.revisions()))
        + "- It asks for %s%s%s.\n"
            .formatted(
                scopes(client),
                client.authorize().parameters().entrySet().stream()
                    .map(parameter -> ", with `" + parameter + "`")
                    .collect(Collectors.joining()),
                resource(client))
        + document(client)
        + bullets("", client.tolerance())
        + bullets("Source: ", client.sources());
  }

  private static String document(ClientFixture client) {
    return client.metadataDocument() == null
        ? ""
        : "- Its client id is the URL of its metadata document, `%s`; where such are switched off, it"
                .formatted(client.metadataDocument())
            + " registers. Both are replayed.\n";
  }

  private static String scopes(ClientFixture client) {
    return switch (client.authorize().scope()) {
      case CHALLENGE -> "the scopes of the challenge";
      case CHALLENGE_AND_OFFLINE -> "the scopes of the challenge and `offline_access`";
      case RESOURCE_AND_OFFLINE -> "every scope of the server's metadata and `offline_access`";
      case AUTHORIZATION_SERVER -> "every scope of the authorization server's metadata";
    };
  }

  private static String resource(ClientFixture client) {
    boolean authorize = client.authorize().resource();
    boolean token = client.token().resource();
    if (authorize && token) {
      return ", and names the `resource` in both requests";
    }
    return authorize || token
        ? ", and names the `resource` in the " + (token ? "token" : "authorization") + " request"
        : ", and names no `resource`";
  }

  private static String evidence(ClientFixture client) {
    return switch (client.evidence()) {
      case RECORDED -> "recorded";
      case SOURCE -> "from its source";
      case REPORTED -> "from reports";
    };
  }

  private static String words(List<String> revisions) {
    return String.join(" and ", revisions);
  }

  private static String bullets(String before, List<String> lines) {
    return lines.stream().map(line -> "- " + before + line + "\n").collect(Collectors.joining());
  }
}
