package dev.ostiary.authorization.key;

import dev.ostiary.authorization.store.DataKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Does in the background what a rotation leaves to do: seals anew what older data keys have sealed,
 * removes those keys when nothing hangs on them, and removes signing keys whose last token has
 * expired. A pass that begins before every node can know the newest key is followed by another
 * afterwards. For one thread at a time.
 */
public final class KeyCare {
  private static final System.Logger LOG = System.getLogger(KeyCare.class.getName());

  /** When every node seals with a new key, and what they had sealed before is written. */
  private static final Duration KNOWN = Duration.ofMinutes(5);

  /** How many pages a call goes through at most. */
  private static final int PAGES = 100;

  private final SigningKeys signing;
  private final DataKeys data;
  private final ResealPage records;
  private final Duration shortLived;
  private @Nullable Pass pass;
  private @Nullable String done;

  private KeyCare(SigningKeys signing, DataKeys data, ResealPage records, Duration shortLived) {
    this.signing = signing;
    this.data = data;
    this.records = records;
    this.shortLived = shortLived;
  }

  /**
   * @param records everything sealed that lives long
   * @param shortLived how long everything else that is sealed lives at most
   */
  public static KeyCare of(
      SigningKeys signing, DataKeys data, ResealPage records, Duration shortLived) {
    return new KeyCare(signing, data, records, shortLived);
  }

  /**
   * A way through all records.
   *
   * @param last the record that was reached
   */
  private record Pass(String newest, Instant begin, @Nullable String last) {}

  /** Does so much of it. Blocks. */
  public void round(Instant now) {
    signing.removeExpired(now);
    List<DataKey> keys = data.all(now);
    DataKey newest = keys.getLast();
    Instant known = newest.createdAt().plus(KNOWN);
    if (keys.size() == 1) {
      pass = null;
      return;
    }
    if (!newest.id().equals(done) && reseal(newest, known, now)) {
      done = newest.id();
    }
    if (newest.id().equals(done) && !now.isBefore(known.plus(shortLived))) {
      keys.stream().filter(key -> !key.equals(newest)).forEach(this::remove);
    }
  }

  /** Whether a pass that began when the newest key was known everywhere is at its end. */
  private boolean reseal(DataKey newest, Instant known, Instant now) {
    Pass current = pass;
    if (current == null || !current.newest().equals(newest.id())) {
      current = new Pass(newest.id(), now, null);
    } else if (current.last() == null) {
      if (now.isBefore(known)) {
        return false; // an early pass is at its end
      }
      current = new Pass(newest.id(), now, null);
    }
    signing.reseal(data::isCurrent);
    Optional<String> last = Optional.ofNullable(current.last());
    for (int page = 0; page < PAGES; page++) {
      last = records.after(last.orElse(null), data::isCurrent);
      if (last.isEmpty()) {
        break;
      }
    }
    pass = new Pass(newest.id(), current.begin(), last.orElse(null));
    return last.isEmpty() && !current.begin().isBefore(known);
  }

  private void remove(DataKey key) {
    data.remove(key);
    LOG.log(
        System.Logger.Level.INFO,
        "data key {0} is removed: nothing is sealed with it any more",
        key.id());
  }
}
