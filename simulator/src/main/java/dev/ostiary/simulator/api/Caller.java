package dev.ostiary.simulator.api;

import dev.ostiary.simulator.token.AccessToken;
import dev.ostiary.simulator.token.App;
import java.util.Optional;

/** Who calls the API, and whose hourly limit that counts against. */
sealed interface Caller {
  record Nobody(String address) implements Caller {}

  record Bearer(AccessToken token) implements Caller {}

  /** An application in its own name, by client id and secret. */
  record Application(App app) implements Caller {}

  /** Brought something that is no valid credential. */
  record Impostor() implements Caller {}

  default Optional<AccessToken> accessToken() {
    return this instanceof Bearer bearer ? Optional.of(bearer.token()) : Optional.empty();
  }

  /** All tokens of a person share one limit, whichever application has them. */
  default String bucket() {
    return switch (this) {
      case Nobody nobody -> "address " + nobody.address();
      case Bearer bearer -> "user ID " + bearer.token().account().id();
      case Application application -> "client " + application.app().clientId();
      case Impostor _ -> "nobody";
    };
  }

  default int hourlyLimit() {
    return this instanceof Bearer || this instanceof Application ? 5_000 : 60;
  }
}
