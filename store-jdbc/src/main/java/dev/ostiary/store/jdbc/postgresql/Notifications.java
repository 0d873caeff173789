package dev.ostiary.store.jdbc.postgresql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Hears, on a connection of its own, what other nodes announce. A connection that is lost is made
 * again; what was announced meanwhile is not heard.
 */
final class Notifications implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Notifications.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int WAIT_MILLIS = 30_000;

  private final PostgresqlSettings settings;
  private final Runnable news;
  private final Thread thread;
  private volatile @Nullable Connection connection;
  private volatile boolean closed;

  private Notifications(PostgresqlSettings settings, Runnable news) {
    this.settings = settings;
    this.news = news;
    this.thread = Thread.ofVirtual().name("ostiary-notifications").unstarted(this::listen);
  }

  static Notifications start(PostgresqlSettings settings, Runnable news) {
    Notifications notifications = new Notifications(settings, news);
    notifications.thread.start();
    return notifications;
  }

  private void listen() {
    while (!closed) {
      try (Connection fresh = connect();
          Statement statement = fresh.createStatement()) {
        connection = fresh;
        statement.execute("LISTEN " + PostgresqlDialect.CHANNEL);
        PGConnection server = fresh.unwrap(PGConnection.class);
        news.run();
        while (!closed) {
          if (server.getNotifications(WAIT_MILLIS).length > 0) {
            news.run();
          }
        }
      } catch (SQLException lost) {
        LOG.log(System.Logger.Level.DEBUG, "announcements of other nodes are not heard", lost);
        pause();
      }
    }
  }

  private Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("ApplicationName", "ostiary");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("connectTimeout", "3");
    if (settings.user() != null) {
      properties.setProperty("user", settings.user());
    }
    if (settings.password() != null) {
      properties.setProperty("password", settings.password());
    }
    return DriverManager.getConnection(settings.url(), properties);
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException stop) {
      closed = true;
    }
  }

  @Override
  public void close() {
    closed = true;
    Connection open = connection;
    if (open != null) {
      try {
        open.abort(Runnable::run);
      } catch (SQLException failure) {
        LOG.log(System.Logger.Level.DEBUG, "a connection did not end in order", failure);
      }
    }
    thread.interrupt();
  }
}
