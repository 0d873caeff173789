package dev.ostiary.simulator.api;

import dev.ostiary.simulator.http.Parameters;
import java.util.ArrayList;
import java.util.List;

/** One page of a list, and the {@code Link} header to the others. */
record Slice<T>(List<T> items, String link) {
  private static final int USUAL = 30;
  private static final int MOST = 100;

  /** The page that the query asks for. What is no number counts as absent. */
  static <T> Slice<T> of(List<T> all, Parameters query, String url) {
    int size = Math.min(number(query, "per_page", USUAL), MOST);
    int page = number(query, "page", 1);
    int last = Math.max(1, (all.size() + size - 1) / size);
    int from = (int) Math.min((page - 1L) * size, all.size());
    int to = Math.min(from + size, all.size());

    List<String> links = new ArrayList<>();
    if (page > 1) {
      links.add(link(query, url, Math.min(page - 1, last), "prev"));
    }
    if (page < last) {
      links.add(link(query, url, page + 1, "next"));
      links.add(link(query, url, last, "last"));
    }
    if (page > 1) {
      links.add(link(query, url, 1, "first"));
    }
    return new Slice<>(all.subList(from, to), String.join(", ", links));
  }

  Answer onto(Answer answer) {
    return link.isEmpty() ? answer : answer.with("Link", link);
  }

  private static String link(Parameters query, String url, int page, String relation) {
    String others = query.without("page").encoded();
    String separator = others.isEmpty() ? "" : "&";
    return "<" + url + "?" + others + separator + "page=" + page + ">; rel=\"" + relation + "\"";
  }

  private static int number(Parameters query, String name, int otherwise) {
    try {
      int number = Integer.parseInt(query.value(name));
      return number < 1 ? otherwise : number;
    } catch (NumberFormatException absent) {
      return otherwise;
    }
  }
}
