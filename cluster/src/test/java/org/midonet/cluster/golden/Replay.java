package org.midonet.cluster.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.midonet.cluster.api.TestApi;
import org.midonet.cluster.api.TestApi.Reply;

/**
 * Replays a recording against a server and compares each dump. Requests of services that come later
 * are left out, and so is what those made in the recorded dumps ({@link Facts}).
 */
final class Replay {
  /** Requests for services that come later. */
  private static final Pattern LATER =
      Pattern.compile(
          "/neutron/(bgp_|vpnservices|ipsec_|gateway_devices|remote_mac_|l2_gateway_"
              + "|tap_|lbs_v2|listeners_v2|pools_v2|pool_members_v2|health_monitors_v2).*");

  private final TestApi api;
  private final Recording recording;
  private final List<String> refused = new ArrayList<>();
  private String tunnelZone = "x";

  Replay(TestApi api, Recording recording) {
    this.api = api;
    this.recording = recording;
  }

  /**
   * Replays all and returns the differences of each dump that is wanted, by the step's number.
   *
   * @param wanted tells by a step's number whether to compare that dump
   */
  List<String> run(Predicate<Integer> wanted) {
    List<String> differences = new ArrayList<>();
    for (Recording.Step step : recording.steps()) {
      switch (step) {
        case Recording.Call call -> send(call);
        case Recording.Dump dump -> {
          if (wanted.test(dump.number())) {
            Facts found = Facts.of(new Walk(api).dump());
            Facts.differences(Facts.of(dump.topology()), found)
                .forEach(line -> differences.add("step " + dump.number() + ": " + line));
          }
        }
      }
    }
    return differences;
  }

  /** The requests that were refused, as number, method, path and status. */
  List<String> refused() {
    return refused;
  }

  private void send(Recording.Call call) {
    if (LATER.matcher(call.path()).matches() || isOfLaterService(call)) {
      return;
    }
    // The recordings write x for the random id of the tunnel zone they make.
    String path = call.path().replace("/tunnel_zones/x/", "/tunnel_zones/" + tunnelZone + "/");
    String type = call.mediaType() == null ? "*/*" : call.mediaType();
    Reply reply =
        call.mediaType() == null
            ? api.send(call.method(), path, call.body(), "Accept", type)
            : api.send(call.method(), path, call.body(), "Accept", type, "Content-Type", type);
    if (call.path().equals("/tunnel_zones") && reply.status() == 201) {
      tunnelZone = reply.createdId();
    }
    if (reply.status() >= 400) {
      refused.add(
          "%d %s %s %d".formatted(call.number(), call.method(), call.path(), reply.status()));
    }
  }

  /** A port that only a later service has use for. */
  private static boolean isOfLaterService(Recording.Call call) {
    if (call.path().equals("/neutron/ports") && call.body() instanceof Map<?, ?> port) {
      return "network:remote_site".equals(port.get("device_owner"));
    }
    return false;
  }
}
