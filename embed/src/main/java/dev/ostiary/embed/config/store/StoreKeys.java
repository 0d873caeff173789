package dev.ostiary.embed.config.store;

import static dev.ostiary.config.Form.between;
import static dev.ostiary.config.Key.key;
import static dev.ostiary.config.Key.table;

import dev.ostiary.config.Form;
import dev.ostiary.config.Problems;
import dev.ostiary.config.Section;
import dev.ostiary.embed.config.store.StoreEntry.Postgresql;
import dev.ostiary.store.jdbc.postgresql.PostgresqlSettings;
import java.util.Locale;

/** The keys of the store, in the order of the reference page. */
public final class StoreKeys {
  private static final String PREFIX = "jdbc:postgresql:";
  private static final int MOST_CONNECTIONS = 200;

  private static final Section<Postgresql> POSTGRESQL =
      Section.of(
              Postgresql.class,
              key(
                      "url",
                      Form.TEXT,
                      "The database, as the PostgreSQL driver for Java takes it:"
                          + " `jdbc:postgresql://db.example.com/ostiary`. With TLS by the driver's"
                          + " own settings, `?sslmode=verify-full`; several hosts as"
                          + " `//db1,db2/ostiary?targetServerType=primary`.")
                  .required("Write jdbc:postgresql://HOST/DATABASE.")
                  .check(StoreKeys::checkUrl),
              key("user", Form.TEXT, "As whom Ostiary connects; it owns its tables.")
                  .otherwise("the user that `url` names"),
              key("password", Form.SECRET, "The password of that user.").otherwise("none"),
              key(
                      "pool",
                      Form.NUMBER,
                      "How many connections one node holds at most. All nodes together must stay"
                          + " below what the server allows (`max_connections`).")
                  .check(
                      between(
                          Form.NUMBER,
                          1,
                          MOST_CONNECTIONS,
                          "Ten for each node serve thousands of users.")),
              key(
                  "pooler",
                  Form.SWITCH,
                  "Whether a pooler such as PgBouncer in transaction mode stands in between."
                      + " Then no statement is prepared by name, and other nodes learn of ended"
                      + " grants by asking four times a second only."))
          .defaults(_ -> new Postgresql("", null, null, PostgresqlSettings.USUAL_POOL, false));

  /** Below {@code store}. */
  public static final Section<StoreEntry> STORE =
      Section.of(StoreEntry.class, table("postgresql", POSTGRESQL)).defaults(_ -> StoreEntry.FILE);

  private StoreKeys() {}

  private static void checkUrl(String url, Problems problems) {
    if (!url.startsWith(PREFIX)) {
      problems.add(
          url.replaceAll("//[^/@]*@", "//*****@"),
          "must be a URL of the PostgreSQL driver",
          "Write jdbc:postgresql://HOST/DATABASE.");
    } else if (url.toLowerCase(Locale.ROOT).contains("password=") || url.matches(".*//[^/]*@.*")) {
      problems.add(
          PREFIX + "…",
          "must not have the password in it",
          "Write it to store.postgresql.password, from a variable or a file.");
    }
  }
}
