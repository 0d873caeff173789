package dev.ostiary.simulator.settings;

import dev.ostiary.simulator.token.App;
import dev.ostiary.simulator.world.SampleWorld;
import dev.ostiary.simulator.world.World;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the simulated GitHub is made of and how it behaves.
 *
 * @param person who signs in and decides without a page; null shows the pages
 * @param sendsIssuer whether callbacks carry {@code iss} (RFC 9207); GitHub Enterprise Server sends
 *     none
 * @param reducible whether the person may untick requested scopes on the page
 * @param limits whether calls of the API are counted, and an eleventh token alike ends the first
 */
public record SimulatorSettings(
    List<App> apps,
    World world,
    @Nullable Person person,
    boolean sendsIssuer,
    boolean reducible,
    boolean limits) {

  public SimulatorSettings {
    apps = List.copyOf(apps);
  }

  /** These applications in the sample world, with pages, {@code iss} and reducible scopes. */
  public static SimulatorSettings of(App... apps) {
    return new SimulatorSettings(List.of(apps), SampleWorld.world(), null, true, true, true);
  }

  public SimulatorSettings with(World otherWorld) {
    return new SimulatorSettings(apps, otherWorld, person, sendsIssuer, reducible, limits);
  }

  /** Signs in and approves by itself, as this person. */
  public SimulatorSettings with(Person somebody) {
    return new SimulatorSettings(apps, world, somebody, sendsIssuer, reducible, limits);
  }

  public SimulatorSettings withoutIssuer() {
    return new SimulatorSettings(apps, world, person, false, reducible, limits);
  }

  public SimulatorSettings withoutScopeReduction() {
    return new SimulatorSettings(apps, world, person, sendsIssuer, false, limits);
  }

  /** Counts neither calls nor tokens; for load tests. */
  public SimulatorSettings withoutLimits() {
    return new SimulatorSettings(apps, world, person, sendsIssuer, reducible, false);
  }

  public Optional<App> app(String clientId) {
    return apps.stream().filter(app -> app.clientId().equals(clientId)).findFirst();
  }
}
