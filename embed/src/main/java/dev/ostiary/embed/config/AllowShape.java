package dev.ostiary.embed.config;

import static dev.ostiary.config.Key.list;

import dev.ostiary.config.Entry;
import dev.ostiary.config.Form;
import dev.ostiary.config.Key;
import dev.ostiary.config.Node;
import dev.ostiary.config.Place;
import dev.ostiary.config.Problems;
import dev.ostiary.config.Section;
import dev.ostiary.config.Shape;
import dev.ostiary.connector.AllowRule;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who may use a server: {@code everyone}, or a table of lists. */
final class AllowShape implements Shape<Allow> {
  private static final Form<Allow> EVERYONE =
      Form.of(
          "`everyone`",
          AllowShape::everyone,
          _ -> "everyone",
          "Write everyone, or below it users: [octocat] or organizations: [acme].");

  private static final Section<AllowRule> LISTS =
      Section.of(
              AllowRule.class,
              list(
                  "users",
                  Form.TEXT,
                  "Who may use this server, among those who may sign in: login names, or"
                      + " `id:583231` for an account by its number."),
              list("organizations", Form.TEXT, "Organizations whose members may use this server."),
              list(
                  "teams",
                  Form.TEXT,
                  "Teams whose members may use this server, such as `acme/platform`."),
              list("groups", Form.TEXT, "Groups whose members may use this server."),
              list(
                  "email-domains",
                  Form.TEXT,
                  "Domains of verified e-mail addresses, such as `acme.example`, whose owners may"
                      + " use this server."),
              list(
                  "subjects",
                  Form.TEXT,
                  "Ids that the identity provider gives its users: these may use this server."))
          .defaults(_ -> AllowRule.ANYBODY);

  private static Allow everyone(String text) {
    if (!text.equals("everyone")) {
      throw new IllegalArgumentException("must be everyone, or lists");
    }
    return new Allow.Everyone();
  }

  @Override
  public Optional<Allow> read(Node node, Place place, @Nullable Allow usual) {
    return node instanceof Node.Table
        ? LISTS.read(node, place, null).map(Allow.Only::new)
        : EVERYONE.read(node, place, null);
  }

  @Override
  public void check(Allow value, Problems problems) {
    if (value instanceof Allow.Only(AllowRule list)) {
      if (list.isOpen()) {
        problems.add(
            null,
            "names no one",
            "Name those who may in one of its lists, or write allow: everyone.");
      }
    }
  }

  @Override
  public Stream<Entry> entries(String path, Key<Allow> key, @Nullable Allow usual) {
    return Stream.concat(
        Stream.of(key.entry(path, EVERYONE.kind(), "none")), LISTS.entries(path, null));
  }
}
