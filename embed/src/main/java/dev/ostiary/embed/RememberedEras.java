package dev.ostiary.embed;

import dev.ostiary.gateway.peer.Eras;
import dev.ostiary.mcp.Era;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which eras a program speaks, for as long as Ostiary runs. */
final class RememberedEras implements Eras {
  private final Map<Era, Boolean> known = new ConcurrentHashMap<>();

  @Override
  public @Nullable Boolean speaks(Era era) {
    return known.get(era);
  }

  @Override
  public void learned(Era era, boolean spoken) {
    known.put(era, spoken);
  }
}
