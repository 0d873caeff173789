package dev.ostiary.acceptance;

import dev.ostiary.authorization.page.ConsentPage;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.RedirectUri;
import dev.ostiary.protocol.Scopes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The consent page as different clients and people get it. */
enum ConsentVariants {
  REGISTERED,
  REGISTERED_ON_THE_WEB,
  WITH_A_SCHEME,
  NAMED_BY_OPERATOR,
  DOCUMENT,
  DOCUMENT_ON_LOOPBACK,
  WITHOUT_NAME,
  LONG_NAMES,
  MIXED_SCRIPTS,
  MANY_SCOPES,
  STEP_UP,
  REMEMBERED_PERSON,
  CHOICE_OF_SERVERS,
  SEVERAL_PROVIDERS,
  EVERYTHING_AT_ONCE;

  private static final String ALL =
      "read:user user:email user repo public_repo read:org gist notifications delete_repo"
          + " security_events project read:project offline_access mcp docs:read docs:write";
  private static final String LONG = "long".repeat(40);

  ConsentPage page() {
    return new ConsentPage(
        name(this),
        new ClientId(
            documentHost() == null
                ? "c_0123456789abcdefghijkl"
                : "https://client.example/oauth/metadata.json"),
        this == NAMED_BY_OPERATOR,
        documentHost(),
        redirectUri(),
        this == CHOICE_OF_SERVERS
            ? List.of(server("docs"), server("board"), server("files"))
            : List.of(server("docs")),
        new ConsentPage.SignIn("GitHub", this == SEVERAL_PROVIDERS),
        this == REMEMBERED_PERSON || this == STEP_UP || this == EVERYTHING_AT_ONCE
            ? "octocat"
            : null,
        "csrf",
        "request");
  }

  private static String name(ConsentVariants variant) {
    return switch (variant) {
      case WITHOUT_NAME -> "";
      case LONG_NAMES, EVERYTHING_AT_ONCE -> "An app for documents that с" + LONG;
      case MIXED_SCRIPTS -> "Clаudе Cоde";
      default -> "Claude Code";
    };
  }

  private @Nullable String documentHost() {
    return switch (this) {
      case DOCUMENT, DOCUMENT_ON_LOOPBACK, EVERYTHING_AT_ONCE -> "client.example";
      default -> null;
    };
  }

  private RedirectUri redirectUri() {
    return new RedirectUri(
        switch (this) {
          case REGISTERED_ON_THE_WEB, NAMED_BY_OPERATOR, DOCUMENT ->
              "https://client.example/callback";
          case LONG_NAMES ->
              "https://a-very-long-name-of-a-host-that-nobody-reads-to-its-end.somewhere.example/"
                  + LONG;
          case WITH_A_SCHEME -> "com.example.app:/callback";
          default -> "http://127.0.0.1:43210/callback";
        });
  }

  private ConsentPage.Choice server(String name) {
    boolean many = this == MANY_SCOPES || this == EVERYTHING_AT_ONCE;
    Scopes scopes = Scopes.of((many ? ALL : "read:user repo offline_access").split(" "));
    return new ConsentPage.Choice(
        name,
        this == LONG_NAMES ? LONG : "GitHub tools",
        "https://mcp.example.com/" + (this == LONG_NAMES ? LONG : name) + "/mcp",
        scopes,
        this == STEP_UP || this == EVERYTHING_AT_ONCE ? Scopes.of("repo") : Scopes.none(),
        many ? scopes : Scopes.of("read:user", "repo"),
        Map.of());
  }
}
