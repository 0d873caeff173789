package dev.ostiary.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Several values of one form, in square brackets or behind hyphens. */
record Listing<T>(Form<T> form) implements Shape<List<T>> {
  @Override
  public Optional<List<T>> read(Node node, Place place, @Nullable List<T> usual) {
    if (!(node instanceof Node.Items(List<Node> items, _))) {
      place.wrong(null, "must be a list", "Write it in square brackets: [a, b].");
      return Optional.empty();
    }
    List<T> values = new ArrayList<>();
    for (Node item : items) {
      Place here = place.in("", item);
      if (item instanceof Node.Value) {
        form.read(item, here, null).ifPresent(values::add);
      } else {
        here.wrong(null, "must be a list of values", form.remedy());
      }
    }
    return Optional.of(List.copyOf(values));
  }

  @Override
  public Stream<Entry> entries(String path, Key<List<T>> key, @Nullable List<T> usual) {
    return Stream.of(key.entry(path, "list of " + form.kind() + "s", fallback(usual)));
  }

  private String fallback(@Nullable List<T> usual) {
    return usual == null || usual.isEmpty()
        ? "none"
        : usual.stream()
            .map(value -> "`" + form.format().apply(value) + "`")
            .collect(Collectors.joining(", "));
  }
}
