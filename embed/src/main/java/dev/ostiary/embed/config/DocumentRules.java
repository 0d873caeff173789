package dev.ostiary.embed.config;

import dev.ostiary.http.fetch.GuardedFetch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What must hold of how metadata documents are fetched. */
final class DocumentRules {
  private static final int SMALLEST = 1024;

  private DocumentRules() {}

  static List<Problem> check(MetadataDocuments documents) {
    List<Problem> problems = new ArrayList<>();
    int size = documents.sizeLimit();
    if (size < SMALLEST || size > GuardedFetch.Builder.LARGEST) {
      problems.add(
          new Problem(
              "metadata-documents.size-limit",
              Size.format(size),
              "must be between 1 KiB and 64 KiB",
              "Most documents have less than 2 KiB."));
    }
    between(
        problems,
        "metadata-documents.timeout",
        documents.timeout(),
        Duration.ofSeconds(1),
        Duration.ofSeconds(30),
        "A person waits for it.");
    between(
        problems,
        "metadata-documents.stale-for",
        documents.staleFor(),
        Duration.ZERO,
        Duration.ofDays(30),
        "Leave it out for a day.");
    return problems;
  }

  private static void between(
      List<Problem> problems,
      String key,
      Duration value,
      Duration least,
      Duration most,
      String remedy) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      problems.add(
          new Problem(
              key,
              TimeSpan.format(value),
              "must be between " + TimeSpan.format(least) + " and " + TimeSpan.format(most),
              remedy));
    }
  }
}
