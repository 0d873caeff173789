package dev.ostiary.checker.checks;

import dev.ostiary.checker.Check;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every check, in the order in which they are tried: those that use the first access token come
 * before those that sign in again, since some servers keep one grant of a user and a client.
 */
public final class AllChecks {
  private AllChecks() {}

  public static List<Check> list() {
    return Stream.of(
            TransportChecks.all(),
            ChallengeChecks.all(),
            ResourceMetadataChecks.all(),
            ServerMetadataChecks.all(),
            AccessTokenChecks.all(),
            StepUpChecks.all(),
            LegacyChecks.all(),
            ModernChecks.all(),
            RegistrationChecks.all(),
            DocumentChecks.all(),
            AuthorizeChecks.all(),
            TokenEndpointChecks.all(),
            RevocationChecks.all(),
            CodeChecks.all(),
            ConsentChecks.all(),
            RefreshChecks.all(),
            RegistrationChecks.last(),
            AccessTokenChecks.last())
        .flatMap(List::stream)
        .toList();
  }
}
