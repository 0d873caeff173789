package dev.ostiary.authorization.token;

import dev.ostiary.protocol.Resource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The names under which clients ask for a resource (RFC 8707 §2.2). */
record Aliases(Function<String, Optional<Resource>> table) {
  /** Whether every name that was sent, if any was, means this resource. */
  boolean allMean(Resource granted, List<String> names) {
    return names.stream().allMatch(name -> table.apply(name).filter(granted::equals).isPresent());
  }
}
