package org.midonet.neutron.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.ResourceDefinition;

/**
 * A seeded source of requests to the Networking API. Not safe to share between threads.
 *
 * <p>About half of them are a valid request with a mistake or two, made from the definitions of the
 * loaded resources; the rest is wrong in every other way. The same seed, definitions and learned
 * identifiers give the same requests.
 */
final class RequestFuzzer {
  private static final byte[] NOTHING = new byte[0];
  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "BREW");
  private static final List<String> ODD_SEGMENTS =
      List.of(
          "",
          "%00",
          "%2F",
          "%2e%2e",
          "..",
          "%zz",
          "%",
          "%ff%fe",
          "%F0%9F%98%80",
          ";x=1",
          "a b".replace(' ', '+'),
          "'",
          "x".repeat(300),
          "1",
          "null",
          "%0d%0aX:1",
          "None",
          "tags",
          "default",
          "details",
          "~",
          "*",
          "{id}",
          "networks.json",
          "a.json");
  private static final List<String> SUBRESOURCES =
      List.of(
          "tags",
          "tags/red",
          "tags/%00",
          "tags/" + "t".repeat(80),
          "bindings",
          "bindings/host-1",
          "bindings/host-1/activate",
          "add_router_interface",
          "remove_router_interface",
          "add_extraroutes",
          "remove_extraroutes",
          "l3-agents",
          "dhcp-agents",
          "dhcp-networks",
          "l3-routers",
          "onboard_network_subnets",
          "add_prefixes",
          "remove_prefixes",
          "default",
          "details",
          "zork");
  private static final List<String> SPECIAL_PATHS =
      List.of(
          "/",
          "",
          "/v2.0",
          "/v2.0/",
          "/v2.0//",
          "/v2.0/extensions",
          "/v2.0/extensions/zork",
          "/v3",
          "/healthcheck",
          "/v2.0/zork",
          "/v2.0/quotas",
          "/v2.0/quotas/x",
          "/v2.0/quotas/x/default",
          "/v2.0/quotas/x/details",
          "/v2.0/quotas/tenant",
          "/v2.0/availability_zones",
          "/v2.0/service-providers",
          "/v2.0/auto-allocated-topology/x",
          "/v2.0/network-ip-availabilities",
          "/v2.0/networks/../ports",
          "/v2.0/networks.json",
          "/v2.0/networks.xml",
          "/../etc/passwd",
          "/v2.0/NETWORKS",
          "/v2.0;a/networks");

  private final Dice dice;
  private final GoodValues good;
  private final List<ResourceDefinition> definitions;

  RequestFuzzer(long seed, List<ResourceDefinition> definitions) {
    this.dice = new Dice(seed);
    this.good = new GoodValues(dice);
    this.definitions = definitions.stream().filter(d -> !d.type().path().isEmpty()).toList();
  }

  /** Makes an identifier known, so that later requests name it. */
  void learn(String resource, String id) {
    good.learn(resource, id);
  }

  FuzzRequest next() {
    int kind = dice.below(100);
    if (kind < 35) {
      return create(dice.pick(definitions));
    }
    if (kind < 52) {
      return update(dice.pick(definitions));
    }
    if (kind < 70) {
      return list(dice.pick(definitions));
    }
    if (kind < 80) {
      return item(dice.pick(definitions));
    }
    if (kind < 86) {
      return bulk(dice.pick(definitions));
    }
    if (kind < 92) {
      return action(dice.pick(definitions));
    }
    return kind < 96 ? garbage(dice.pick(definitions)) : elsewhere();
  }

  private FuzzRequest create(ResourceDefinition definition) {
    return json("POST", path(definition), envelope(definition.name(), object(definition, true)));
  }

  private FuzzRequest update(ResourceDefinition definition) {
    String target = path(definition) + "/" + good.id(definition.name());
    FuzzRequest request =
        json("PUT", target, envelope(definition.name(), object(definition, false)));
    if (dice.chance(0.1)) {
      String match =
          dice.pick(
              List.of(
                  "revision_number=1",
                  "revision_number=x",
                  "revision_number=99999999999999",
                  "*",
                  "\"a\"",
                  ""));
      request.headers().put("If-Match", match);
    }
    return request;
  }

  /** Mostly what is asked for, sometimes under another name, twice, or bare. */
  private String envelope(String name, String object) {
    return switch (dice.below(40)) {
      case 0 -> object;
      case 1 -> "{\"" + name + "\":" + object + ",\"" + name + "\":" + object + "}";
      case 2 -> "{\"" + name + "s\":" + object + "}";
      case 3 -> "{\"" + name + "\":[" + object + "]}";
      case 4 -> "{\"" + name + "\":" + dice.pick(BadValues.ALL) + "}";
      case 5 -> "{\"" + name + "\":" + object + ",\"extra\":1}";
      default -> "{\"" + name + "\":" + object + "}";
    };
  }

  /** A valid object with no, one or two mistakes in it. */
  private String object(ResourceDefinition definition, boolean creating) {
    Map<String, String> values = new LinkedHashMap<>();
    List<Attribute<?>> settable =
        definition.attributes().stream()
            .filter(a -> creating ? a.onCreate() : a.onUpdate())
            .toList();
    for (Attribute<?> attribute : settable) {
      boolean needed = creating && attribute.required() && !attribute.name().endsWith("tenant_id");
      if (needed || dice.chance(creating ? 0.06 : 0.15)) {
        values.put(attribute.name(), good.of(definition.name(), attribute));
      }
    }
    if (creating && definition.name().equals("subnet") && dice.chance(0.8)) {
      values.put("cidr", GoodValues.quoted(good.prefix()));
    }
    for (int mistakes = Math.max(0, dice.below(5) - 2); mistakes > 0; mistakes--) {
      spoil(definition, values);
    }
    return values.entrySet().stream()
        .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  private void spoil(ResourceDefinition definition, Map<String, String> values) {
    String name = dice.pick(definition.attributes()).name();
    switch (dice.below(8)) {
      case 0 -> values.remove(name);
      case 1 ->
          values.put(
              dice.pick(List.of("zork", "", "Name", "\\u0000", "name\\ud800", "x".repeat(300))),
              "1");
      case 2 -> values.put(name, "{\"" + name + "\":" + dice.pick(BadValues.ALL) + "}");
      case 3 ->
          values.put(name, "[" + dice.pick(BadValues.ALL) + "," + dice.pick(BadValues.ALL) + "]");
      default ->
          values.put(
              values.isEmpty() || dice.chance(0.5) ? name : dice.pick(List.copyOf(values.keySet())),
              dice.pick(BadValues.ALL));
    }
  }

  private FuzzRequest bulk(ResourceDefinition definition) {
    List<String> objects = new ArrayList<>();
    for (int i = dice.below(4); i >= 0; i--) {
      objects.add(dice.chance(0.9) ? object(definition, true) : dice.pick(BadValues.ALL));
    }
    String list = dice.chance(0.95) ? objects.toString() : dice.pick(BadValues.ALL);
    return json("POST", path(definition), "{\"" + definition.collection() + "\":" + list + "}");
  }

  private FuzzRequest list(ResourceDefinition definition) {
    List<String> parameters = new ArrayList<>();
    for (int i = dice.below(4); i >= 0; i--) {
      parameters.add(parameter(definition));
    }
    return new FuzzRequest(
        dice.chance(0.95) ? "GET" : "HEAD",
        path(definition) + "?" + String.join("&", parameters),
        headers(),
        NOTHING);
  }

  private String parameter(ResourceDefinition definition) {
    String name = dice.pick(definition.attributes()).name();
    return switch (dice.below(12)) {
      case 0 ->
          "limit="
              + dice.pick(
                  List.of(
                      "1", "0", "-1", "x", "", "99999999999999999999", "1.5", "%00", "2&limit=3"));
      case 1 -> "marker=" + dice.pick(List.of(good.id(definition.name()), "x", "", "%00"));
      case 2 -> "sort_key=" + name + "&sort_dir=" + dice.pick(List.of("asc", "desc", "up", ""));
      case 3 -> "sort_key=" + dice.pick(List.of("id", "zork", "", "%ff", name));
      case 4 -> "fields=" + dice.pick(List.of("id", name, "zork", "", "%00", "id&fields=id"));
      case 5 -> "page_reverse=" + dice.pick(List.of("True", "false", "x", "")) + "&limit=2";
      case 6 ->
          dice.pick(List.of("tags", "tags-any", "not-tags", "not-tags-any"))
              + "="
              + dice.pick(List.of("red", "a,b", "", ",", "%00"));
      case 7 ->
          dice.pick(
              List.of(
                  "zork=1",
                  "=",
                  "&&",
                  "%zz=1",
                  "a=%",
                  "%00=%00",
                  "?",
                  "a[b]=c",
                  "[]=1",
                  "id[]=1",
                  "=x",
                  "\u00e9=\u00e9"));
      case 8 ->
          "fixed_ips="
              + dice.pick(
                  List.of(
                      "ip_address=10.0.0.1",
                      "ip_address%3D10.0.0.1",
                      "x",
                      "subnet_id%3D",
                      "ip_address_substr%3D10.",
                      "%3D"));
      default -> name + "=" + queryValue(definition, name);
    };
  }

  private String queryValue(ResourceDefinition definition, String name) {
    Attribute<?> attribute = definition.attribute(name);
    String text =
        dice.chance(0.4) && attribute != null
            ? good.of(definition.name(), attribute)
            : dice.pick(BadValues.ALL);
    String bare = text.startsWith("\"") ? text.substring(1, Math.max(1, text.length() - 1)) : text;
    String shortened = bare.length() > 400 ? bare.substring(0, 400) : bare;
    return java.net.URLEncoder.encode(shortened, StandardCharsets.UTF_8);
  }

  private FuzzRequest item(ResourceDefinition definition) {
    String id = dice.chance(0.6) ? good.id(definition.name()) : dice.pick(ODD_SEGMENTS);
    String method =
        dice.chance(0.8) ? dice.pick(List.of("GET", "GET", "DELETE")) : dice.pick(METHODS);
    return new FuzzRequest(method, path(definition) + "/" + id, headers(), NOTHING);
  }

  private FuzzRequest action(ResourceDefinition definition) {
    String target =
        path(definition) + "/" + good.id(definition.name()) + "/" + dice.pick(SUBRESOURCES);
    String body =
        switch (dice.below(10)) {
          case 0 -> "{\"subnet_id\":\"" + good.id("subnet") + "\"}";
          case 1 -> "{\"port_id\":\"" + good.id("port") + "\"}";
          case 2 -> "{\"tags\":[\"red\"," + dice.pick(BadValues.ALL) + "]}";
          case 3 -> "{\"binding\":{\"host\":\"host-" + dice.below(3) + "\"}}";
          case 4 ->
              "{\"router\":{\"routes\":[{\"destination\":\"10.9.0.0/24\",\"nexthop\":\"10.0.0.9\"}]}}";
          case 5 -> "{\"router\":{\"routes\":" + dice.pick(BadValues.ALL) + "}}";
          case 6 -> "{\"subnetpool\":{\"prefixes\":[\"" + good.prefix() + "\"]}}";
          case 7 -> "{\"network_id\":\"" + good.id("network") + "\"}";
          case 8 -> dice.pick(BadValues.ALL);
          default ->
              "{\"subnet_id\":"
                  + dice.pick(BadValues.ALL)
                  + ",\"port_id\":"
                  + dice.pick(BadValues.ALL)
                  + "}";
        };
    return json(dice.pick(List.of("PUT", "PUT", "POST", "GET", "DELETE")), target, body);
  }

  /** A body that is no JSON, or JSON out of bounds. */
  private FuzzRequest garbage(ResourceDefinition definition) {
    byte[] valid =
        ("{\"" + definition.name() + "\":" + object(definition, true) + "}")
            .getBytes(StandardCharsets.UTF_8);
    byte[] body =
        switch (dice.below(8)) {
          case 0 -> Arrays.copyOf(valid, dice.below(valid.length));
          case 1 -> corrupted(valid);
          case 2 ->
              ("{\"" + definition.name() + "\":" + "[".repeat(50_000))
                  .getBytes(StandardCharsets.UTF_8);
          case 3 ->
              ("{\""
                      + definition.name()
                      + "\":{\"name\":"
                      + "{\"a\":".repeat(900)
                      + "1"
                      + "}".repeat(900)
                      + "}}")
                  .getBytes(StandardCharsets.UTF_8);
          case 4 ->
              ("{\"" + definition.name() + "\":{\"name\":\"" + "x".repeat(400_000) + "\"}}")
                  .getBytes(StandardCharsets.UTF_8);
          case 5 ->
              ("\ufeff" + new String(valid, StandardCharsets.UTF_8))
                  .getBytes(dice.chance(0.5) ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8);
          case 6 ->
              (new String(valid, StandardCharsets.UTF_8) + "}").getBytes(StandardCharsets.UTF_8);
          default -> dice.pick(BadValues.ALL).getBytes(StandardCharsets.UTF_8);
        };
    String target =
        dice.chance(0.7) ? path(definition) : path(definition) + "/" + good.id(definition.name());
    return new FuzzRequest(
        target.endsWith(definition.type().path()) ? "POST" : "PUT", target, headers(), body);
  }

  private byte[] corrupted(byte[] valid) {
    byte[] bytes = valid.clone();
    for (int i = dice.below(3); i >= 0; i--) {
      bytes[dice.below(bytes.length)] = (byte) dice.below(256);
    }
    return bytes;
  }

  private FuzzRequest elsewhere() {
    String target =
        dice.chance(0.6)
            ? dice.pick(SPECIAL_PATHS)
            : "/v2.0/" + dice.pick(ODD_SEGMENTS) + "/" + dice.pick(ODD_SEGMENTS);
    byte[] body =
        dice.chance(0.3) ? dice.pick(BadValues.ALL).getBytes(StandardCharsets.UTF_8) : NOTHING;
    return new FuzzRequest(dice.pick(METHODS), target.isEmpty() ? "/" : target, headers(), body);
  }

  private FuzzRequest json(String method, String target, String body) {
    return new FuzzRequest(method, target, headers(), body.getBytes(StandardCharsets.UTF_8));
  }

  private static String path(ResourceDefinition definition) {
    return "/v2.0/" + definition.type().path();
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-Project-Id", dice.chance(0.9) ? "admin" : "other");
    headers.put("X-Roles", dice.pick(List.of("admin", "admin", "admin", "member", "reader", "")));
    headers.put(
        "Content-Type",
        dice.chance(0.95)
            ? "application/json"
            : dice.pick(List.of("application/xml", "text/plain", "x", "")));
    if (dice.chance(0.05)) {
      headers.put(
          "Accept",
          dice.pick(List.of("application/xml", "*/*", "", "application/json;q=x", "\u00e9")));
    }
    return headers;
  }
}
