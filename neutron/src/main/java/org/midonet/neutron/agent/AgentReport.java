package org.midonet.neutron.agent;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.rpc.RpcArgs;

/**
 * What an agent says of itself every few seconds ({@code report_state}); immutable and safe to
 * share between threads.
 *
 * @param type for people and for the schedulers, for example {@code DHCP agent}
 * @param binary its program, for example {@code neutron-dhcp-agent}
 * @param topic the RPC topic it serves, {@code N/A} for none
 * @param availabilityZone null for agents that know of none
 * @param configurations anything the agent wants the administrator to see; loads and modes among it
 * @param resourceVersions the versions of the objects it understands, null if it does not say
 * @param starting whether it has just been started ({@code start_flag})
 * @param sentAt by the agent's clock
 */
public record AgentReport(
    String type,
    String binary,
    String host,
    String topic,
    @Nullable String availabilityZone,
    Map<String, @Nullable Object> configurations,
    @Nullable Map<String, @Nullable Object> resourceVersions,
    boolean starting,
    Instant sentAt) {

  /** What the report tells the server of the agent's past. */
  public enum Status {
    /** Seen for the first time. */
    NEW,
    /** Known and up all the time. */
    ALIVE,
    /** Known, taken for dead and back. */
    REVIVED
  }

  /** Reads the arguments of {@code report_state}. */
  static AgentReport of(RpcArgs call) {
    RpcArgs state = new RpcArgs(new RpcArgs(call.map("agent_state")).map("agent_state"));
    Map<String, @Nullable Object> versions = state.optionalMap("resource_versions");
    return new AgentReport(
        state.string("agent_type"),
        state.string("binary"),
        state.string("host"),
        state.string("topic"),
        state.optionalString("availability_zone"),
        state.optionalMap("configurations"),
        versions.isEmpty() ? null : versions,
        state.bool("start_flag", false),
        LocalDateTime.parse(call.string("time")).toInstant(ZoneOffset.UTC));
  }

  /** How far the agent's clock is from ours, if the report was sent just now. */
  Duration clockDifference(Instant now) {
    return Duration.between(sentAt, now).abs();
  }
}
