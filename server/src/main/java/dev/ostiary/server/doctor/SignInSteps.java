package dev.ostiary.server.doctor;

import static dev.ostiary.server.doctor.SignInTrace.isWithin;
import static dev.ostiary.server.doctor.SignInTrace.text;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The events of one sign-in and of the grant that came of it. A client's id does not tell one
 * sign-in from another, since all installations of a client with a metadata document share it: what
 * belongs together has the same request or the same grant, and an approval belongs to the next end
 * of a sign-in of the same client, resource and time.
 */
final class SignInSteps {
  /**
   * A sign-in takes no longer: its form lives ten minutes, and so does what waits at the identity
   * provider.
   */
  private static final Duration SIGN_IN = Duration.ofMinutes(20);

  /** So many refreshes say enough. */
  private static final int MOST = 12;

  private static final Set<String> BEGINNINGS = Set.of("consent.given", "consent.remembered");
  private static final Set<String> ENDS = Set.of("grant.created", "sign-in.refused");

  private final List<JsonNode> all;
  private final List<JsonNode> events = new ArrayList<>();
  private boolean ambiguous;
  private int omitted;

  /**
   * @param all in their order
   * @param named those that the reference names
   */
  SignInSteps(List<JsonNode> all, List<JsonNode> named) {
    this.all = all;
    Set<JsonNode> found = java.util.Collections.newSetFromMap(new java.util.IdentityHashMap<>());
    found.addAll(named);
    named.forEach(event -> partner(event).ifPresent(found::add));
    List.copyOf(found).forEach(event -> sameGrant(event, found));
    List.copyOf(found).forEach(event -> partner(event).ifPresent(found::add));
    List.copyOf(found).forEach(event -> registration(event).ifPresent(found::add));
    for (JsonNode event : all) {
      if (found.contains(event)) {
        if (events.size() < MOST || named.contains(event)) {
          events.add(event);
        } else {
          omitted++;
        }
      }
    }
  }

  List<JsonNode> events() {
    return events;
  }

  /** What a reader has to know. */
  Optional<String> remark() {
    List<String> remarks = new ArrayList<>();
    if (omitted > 0) {
      remarks.add(omitted + " more events of the same grant are left out.");
    }
    if (ambiguous) {
      remarks.add(
          "Several people signed in with this client at that time: the approval shown is the"
              + " nearest, and may be another person's.");
    }
    return remarks.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", remarks));
  }

  private void sameGrant(JsonNode event, Set<JsonNode> found) {
    String grant = text(event, "grant");
    if (!grant.isEmpty()) {
      all.stream().filter(each -> text(each, "grant").equals(grant)).forEach(found::add);
    }
  }

  /** The other end of a sign-in: the nearest that fits. */
  private Optional<JsonNode> partner(JsonNode event) {
    int index = all.indexOf(event);
    if (ENDS.contains(text(event, "event"))) {
      return nearest(event, all.subList(0, index).reversed(), BEGINNINGS);
    }
    return BEGINNINGS.contains(text(event, "event"))
        ? nearest(event, all.subList(index + 1, all.size()), ENDS)
        : Optional.empty();
  }

  private Optional<JsonNode> nearest(JsonNode event, List<JsonNode> others, Set<String> kinds) {
    List<JsonNode> fitting =
        others.stream()
            .filter(other -> kinds.contains(text(other, "event")) && fits(event, other))
            .toList();
    ambiguous |= fitting.size() > 1;
    return fitting.stream().findFirst();
  }

  private static boolean fits(JsonNode event, JsonNode other) {
    return text(event, "client").equals(text(other, "client"))
        && (text(event, "resource").isEmpty()
            || text(other, "resource").isEmpty()
            || text(event, "resource").equals(text(other, "resource")))
        && isWithin(text(event, "at"), text(other, "at"), SIGN_IN);
  }

  private Optional<JsonNode> registration(JsonNode event) {
    return all.stream()
        .filter(each -> text(each, "event").equals("client.registered"))
        .filter(each -> text(each, "client").equals(text(event, "client")))
        .findFirst();
  }
}
