package dev.ostiary.simulator.signin;

import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import dev.ostiary.simulator.http.Html;
import dev.ostiary.simulator.http.Json;
import dev.ostiary.simulator.http.Parameters;
import java.util.Map;
import java.util.stream.Collectors;

/** How the token endpoint writes its answers: as a form, unless JSON or XML is asked for. */
enum TokenFormat {
  FORM,
  JSON,
  XML;

  static TokenFormat wanted(Request request) {
    String accept = request.headers().first("Accept").orElse("");
    if (accept.contains("application/json")) {
      return JSON;
    }
    return accept.contains("application/xml") ? XML : FORM;
  }

  Reply write(Map<String, Object> fields) {
    Reply reply =
        switch (this) {
          case JSON -> Reply.json(200, Json.write(Json.tree(fields)));
          case FORM -> typed("application/x-www-form-urlencoded; charset=utf-8", form(fields));
          case XML -> typed("application/xml; charset=utf-8", xml(fields));
        };
    return reply.noStore();
  }

  private static Reply typed(String type, String content) {
    return Reply.text(200, content).replace("Content-Type", type);
  }

  private static String form(Map<String, Object> fields) {
    return fields.entrySet().stream()
        .map(field -> Parameters.pair(field.getKey(), field.getValue().toString()))
        .collect(Collectors.joining("&"));
  }

  private static String xml(Map<String, Object> fields) {
    return fields.entrySet().stream()
        .map(
            field -> {
              Html name = new Html(field.getKey());
              return Html.of("<{}>{}</{}>", name, field.getValue(), name).markup();
            })
        .collect(
            Collectors.joining(
                "", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><OAuth>", "</OAuth>"));
  }
}
