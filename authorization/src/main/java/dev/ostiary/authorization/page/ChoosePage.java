package dev.ostiary.authorization.page;

import java.util.List;

/**
 * Where a person may sign in.
 *
 * @param options at least two
 * @param csrf proves that the form was made for this browser
 * @param request the pending request, sealed
 */
public record ChoosePage(List<Option> options, String csrf, String request) {
  public ChoosePage {
    options = List.copyOf(options);
  }

  /**
   * An identity provider.
   *
   * @param name in the configuration
   * @param title what people call it
   */
  public record Option(String name, String title) {}

  /** What people read: the title, with the name if another one has the same title. */
  String label(Option option) {
    long alike = options.stream().filter(each -> each.title().equals(option.title())).count();
    return alike == 1 ? option.title() : option.title() + " (" + option.name() + ")";
  }
}
