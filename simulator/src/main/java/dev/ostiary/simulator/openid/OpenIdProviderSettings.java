package dev.ostiary.simulator.openid;

import dev.ostiary.simulator.settings.Person;
import dev.ostiary.simulator.world.SampleWorld;
import dev.ostiary.simulator.world.World;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the simulated provider is made of.
 *
 * @param person who signs in and decides without a page; null shows the pages
 * @param audience of access tokens, which are JWTs then (RFC 9068); null for opaque ones
 */
public record OpenIdProviderSettings(
    List<OpenIdClient> clients, World world, @Nullable Person person, @Nullable String audience) {
  public OpenIdProviderSettings {
    clients = List.copyOf(clients);
  }

  /** These clients and the users of the sample world, with pages. */
  public static OpenIdProviderSettings of(OpenIdClient... clients) {
    return new OpenIdProviderSettings(List.of(clients), SampleWorld.world(), null, null);
  }

  /** Signs in and approves by itself, as this person. */
  public OpenIdProviderSettings with(Person somebody) {
    return new OpenIdProviderSettings(clients, world, somebody, audience);
  }

  /** Makes access tokens for a resource server that checks them itself. */
  public OpenIdProviderSettings audience(String other) {
    return new OpenIdProviderSettings(clients, world, person, other);
  }

  Optional<OpenIdClient> client(String id) {
    return clients.stream().filter(client -> client.id().equals(id)).findFirst();
  }
}
