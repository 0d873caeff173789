package dev.ostiary.testkit.wrong;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.http.Headers;
import dev.ostiary.http.Reply;
import dev.ostiary.http.Request;
import java.net.URLDecoder;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What all parts of the wrong server share: its address, its faults, and what it remembers. */
final class World {
  /** The document of the only client that is named by a URL. */
  static final String DOCUMENT_URL = "https://client.example/metadata.json";

  static final String DOCUMENT_REDIRECT = "https://client.example/callback";

  /** A scope that a first challenge asks for, and one that a tool wants beside it. */
  static final String READ = "read";

  static final String ADMIN = "admin";
  static final String OFFLINE = "offline_access";

  final String base;
  final Set<Fault> faults;
  final InstantSource time;
  final Map<String, Registered> clients = new HashMap<>();
  final Map<String, Code> codes = new HashMap<>();
  final Map<String, Grant> refreshTokens = new HashMap<>();
  final List<Grant> grants = new ArrayList<>();
  final Set<String> revokedTokens = new java.util.HashSet<>();
  private final SecureRandom random = new SecureRandom();

  World(String base, Set<Fault> faults, InstantSource time) {
    this.base = base;
    this.faults = faults;
    this.time = time;
  }

  /** A registered client. */
  record Registered(
      String id, String secret, List<String> redirectUris, String managementToken, String json) {}

  /** What a code was issued for. */
  record Code(Map<String, String> request, Grant grant) {}

  /** A grant and its chain of refresh tokens, the newest last. */
  static final class Grant {
    final String id;
    final String client;
    final String resource;
    final String scope;
    final List<String> chain = new ArrayList<>();
    boolean ended;
    boolean spent;

    Grant(String id, String client, String resource, String scope) {
      this.id = id;
      this.client = client;
      this.resource = resource;
      this.scope = scope;
    }
  }

  boolean has(Fault fault) {
    return faults.contains(fault);
  }

  String chance() {
    byte[] bytes = new byte[24];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  String issuer() {
    return has(Fault.ISSUER_WITH_QUERY) ? base + "?tenant=1" : base;
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static void texts(ObjectNode json, String name, String... values) {
    ArrayNode array = json.putArray(name);
    for (String value : values) {
      array.add(value);
    }
  }

  static ObjectNode parse(byte[] content) {
    return JsonMapper.shared().readTree(content) instanceof ObjectNode object ? object : object();
  }

  /** The parameters of a form or query; the last of each name counts. */
  static Map<String, String> parameters(String encoded) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : encoded.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      if (parts.length == 2 && !parts[1].isEmpty()) {
        parameters.put(URLDecoder.decode(parts[0], UTF_8), URLDecoder.decode(parts[1], UTF_8));
      }
    }
    return parameters;
  }

  /** Whether a name comes twice. */
  static boolean repeats(String encoded) {
    List<String> names = new ArrayList<>();
    for (String pair : encoded.split("&", -1)) {
      names.add(pair.split("=", 2)[0]);
    }
    names.remove("resource");
    return names.stream().distinct().count() != names.size();
  }

  static String form(Request request) {
    return request.body().utf8();
  }

  static Reply page(int status, String content) {
    return Reply.html(status, "<!doctype html><title>Wrong</title><body>" + content);
  }

  static Reply error(int status, String error) {
    return Reply.json(status, object().put("error", error).toString()).noStore();
  }

  static Reply anyOrigin(Reply reply) {
    return reply.with("Access-Control-Allow-Origin", "*");
  }

  static String host(Headers headers) {
    return headers.first("X-Forwarded-Host").orElse("");
  }
}
