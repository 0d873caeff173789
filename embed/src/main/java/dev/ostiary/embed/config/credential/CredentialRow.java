package dev.ostiary.embed.config.credential;

import static dev.ostiary.config.Key.key;
import static dev.ostiary.config.Key.table;

import dev.ostiary.config.Form;
import dev.ostiary.config.Key;
import dev.ostiary.config.Node;
import dev.ostiary.config.Place;
import dev.ostiary.config.Problems;
import dev.ostiary.config.Row;
import dev.ostiary.config.Section;
import dev.ostiary.protocol.Secret;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a backend is shown: one word, and a table beside it for a key. */
public final class CredentialRow implements Row<Credential> {
  private static final Secret NONE = new Secret("");

  private static final Key<CredentialWord> WORD =
      key(
          "credential",
          Form.choice(CredentialWord.class),
          "What the `backend` is [shown](credentials.md) to know whose call it is: nothing, who"
              + " calls in plain headers or in a signed JWT, the user's own access token or ID"
              + " token of the sign-in, or a key that is the same for every call.");

  private static final Section<Credential.ApiKey> API_KEY =
      Section.of(
              Credential.ApiKey.class,
              key("value", Form.SECRET, "The key, for `credential: api-key`.")
                  .otherwise("an error with `credential: api-key`")
                  .check(ApiKeyRules::value),
              key("header", Form.TEXT, "The header field that the key is sent in.")
                  .check(ApiKeyRules::header),
              key(
                      "prefix",
                      Form.TEXT,
                      "A word before the key, with a space between, such as `Bearer`.")
                  .check(ApiKeyRules::prefix))
          .defaults(_ -> new Credential.ApiKey(NONE, Credential.ApiKey.HEADER, null));

  private static final Key<Credential.ApiKey> TABLE = table("api-key", API_KEY);

  @Override
  public String component() {
    return "credential";
  }

  @Override
  public List<String> names() {
    return Stream.of(WORD, TABLE).flatMap(key -> key.names().stream()).toList();
  }

  @Override
  public @Nullable Credential read(Node.Table table, Place place, @Nullable Credential usual) {
    CredentialWord word = WORD.read(table, place, null);
    Credential.ApiKey key = TABLE.read(table, place, null);
    boolean alone = TABLE.isIn(table) && (word != null || !WORD.isIn(table));
    return switch (word == null ? CredentialWord.NONE : word) {
      case API_KEY -> needed(table, place, key);
      case NONE -> without(alone, table, place, new Credential.None());
      case IDENTITY_HEADERS -> without(alone, table, place, new Credential.IdentityHeaders());
      case SIGNED_IDENTITY -> without(alone, table, place, new Credential.SignedIdentity());
      case UPSTREAM_TOKEN -> without(alone, table, place, new Credential.UpstreamToken());
      case UPSTREAM_ID_TOKEN ->
          without(
              alone,
              table,
              place,
              new Credential.UpstreamToken(Credential.UpstreamToken.Kind.ID_TOKEN));
    };
  }

  private static Credential needed(Node.Table table, Place place, Credential.@Nullable ApiKey key) {
    Node node = table.values().get("api-key");
    boolean written = node instanceof Node.Table inner && inner.values().containsKey("value");
    if (!written) {
      place
          .in("api-key", node)
          .in("value", node)
          .wrong(
              null,
              "is missing",
              "Take the key from a variable, api-key: { value: \"${NAME}\" }, or from a file.");
    }
    return key == null ? new Credential.None() : key;
  }

  private static Credential without(
      boolean alone, Node.Table table, Place place, Credential credential) {
    if (alone && table.values().get("api-key") instanceof Node.Table key) {
      place
          .in("api-key", key)
          .wrong(null, "is of no use without credential: api-key", "Write that beside it.");
    }
    return credential;
  }

  /** A connector has a credential of its own. */
  public void refuse(Node.Table table, Place place) {
    for (String name : names()) {
      Node node = table.values().get(name);
      if (node != null) {
        place
            .in(name, node)
            .wrong(null, "is for a backend, and this is a connector", "Leave it out.");
      }
    }
  }

  @Override
  public void check(Credential value, Problems problems) {
    if (value instanceof Credential.ApiKey key) {
      TABLE.check(key, problems);
    }
  }

  @Override
  public Stream<dev.ostiary.config.Entry> entries(String path, @Nullable Credential usual) {
    return Stream.concat(WORD.entries(path, CredentialWord.NONE), TABLE.entries(path, null));
  }
}
