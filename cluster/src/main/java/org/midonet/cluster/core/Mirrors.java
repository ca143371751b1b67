package org.midonet.cluster.core;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.api.ApiException;
import org.midonet.cluster.api.Violation;
import org.midonet.topology.Condition;
import org.midonet.topology.L2Insertion;
import org.midonet.topology.L2InsertionBuilder;
import org.midonet.topology.Mirror;
import org.midonet.topology.MirrorBuilder;
import org.midonet.topology.ObjectType;
import org.midonet.topology.TraceRequest;
import org.midonet.topology.TraceRequestBuilder;

/** Mirrors, L2 insertions and trace requests as the API shows them; stateless. */
final class Mirrors {
  static final Resource<Mirror, MirrorBuilder> MIRRORS =
      Resource.of(
          ObjectType.MIRROR,
          "/mirrors",
          "Mirror",
          1,
          new Shape<Mirror, MirrorBuilder>()
              .shown("id", (mirror, view) -> mirror.id().toString())
              .required("toPortId", Kind.ID, Mirror::toPortId, MirrorBuilder::toPortId)
              .with(new ConditionList())
              .link("toPort", "/ports", Mirror::toPortId),
          new Resource.Builders<>(
              MirrorBuilder::builder,
              MirrorBuilder::builder,
              MirrorBuilder::id,
              MirrorBuilder::build));

  static final Resource<L2Insertion, L2InsertionBuilder> INSERTIONS =
      Resource.of(
          ObjectType.L2_INSERTION,
          "/l2insertions",
          "L2Insertion",
          1,
          new Shape<L2Insertion, L2InsertionBuilder>()
              .shown("id", (insertion, view) -> insertion.id().toString())
              .required("portId", Kind.ID, L2Insertion::portId, L2InsertionBuilder::portId)
              .required("srvPortId", Kind.ID, L2Insertion::srvPortId, L2InsertionBuilder::srvPortId)
              .field("vlan", Kind.INT, 0, Mirrors::vlan, L2InsertionBuilder::vlan)
              .field("position", Kind.INT, 0, L2Insertion::position, L2InsertionBuilder::position)
              .flag("failOpen", L2Insertion::failOpen, L2InsertionBuilder::failOpen)
              .required("mac", Kind.MAC, L2Insertion::mac, L2InsertionBuilder::mac),
          new Resource.Builders<>(
              L2InsertionBuilder::builder,
              L2InsertionBuilder::builder,
              L2InsertionBuilder::id,
              L2InsertionBuilder::build));

  static final Resource<TraceRequest, TraceRequestBuilder> TRACES =
      Resource.of(
          ObjectType.TRACE_REQUEST,
          "/traces",
          "TraceRequest",
          1,
          new Shape<TraceRequest, TraceRequestBuilder>()
              .shown("id", (trace, view) -> trace.id().toString())
              .required("name", Kind.TEXT, TraceRequest::name, TraceRequestBuilder::name)
              .with(new TracedDevice())
              .with(new TraceCondition())
              .shown("creationTimestampMs", (trace, view) -> trace.createdMs())
              .field(
                  "limit",
                  Kind.LONG,
                  Long.MAX_VALUE,
                  TraceRequest::limit,
                  TraceRequestBuilder::limit)
              .flag("enabled", TraceRequest::enabled, TraceRequestBuilder::enabled),
          new Resource.Builders<>(
              () -> TraceRequestBuilder.builder().createdMs(System.currentTimeMillis()),
              TraceRequestBuilder::builder,
              TraceRequestBuilder::id,
              TraceRequestBuilder::build));

  private Mirrors() {}

  private static int vlan(L2Insertion insertion) {
    return insertion.vlan() == null ? 0 : insertion.vlan();
  }

  private static final class ConditionList implements Field<Mirror, MirrorBuilder> {
    @Override
    public void show(Mirror mirror, View view, Map<String, @Nullable Object> json) {
      json.put(
          "conditions",
          mirror.conditions().stream().map(one -> Conditions.SHAPE.show(one, view)).toList());
    }

    @Override
    public void fill(Map<String, @Nullable Object> json, MirrorBuilder builder) {
      Object raw = json.get("conditions");
      List<Condition> conditions =
          raw instanceof List<?> list
              ? list.stream().map(one -> condition("conditions", one)).toList()
              : List.of();
      builder.conditions(conditions);
    }
  }

  private static final class TraceCondition implements Field<TraceRequest, TraceRequestBuilder> {
    @Override
    public void show(TraceRequest trace, View view, Map<String, @Nullable Object> json) {
      json.put("condition", Conditions.SHAPE.show(trace.condition(), view));
    }

    @Override
    public void check(Map<String, @Nullable Object> json, List<Violation> violations) {
      if (json.get("condition") == null) {
        violations.add(new Violation("condition", "may not be null"));
      }
    }

    @Override
    public void fill(Map<String, @Nullable Object> json, TraceRequestBuilder builder) {
      builder.condition(condition("condition", json.get("condition")));
    }
  }

  /** A trace request is about one device: its kind and its id are two fields. */
  private static final class TracedDevice implements Field<TraceRequest, TraceRequestBuilder> {
    private static final String TYPE = "deviceType";
    private static final String ID = "deviceId";

    @Override
    public void show(TraceRequest trace, View view, Map<String, @Nullable Object> json) {
      if (trace.bridgeId() != null) {
        put(json, "BRIDGE", trace.bridgeId());
      } else if (trace.routerId() != null) {
        put(json, "ROUTER", trace.routerId());
      } else {
        put(json, "PORT", trace.portId());
      }
    }

    private static void put(Map<String, @Nullable Object> json, String type, @Nullable UUID id) {
      json.put(TYPE, type);
      json.put(ID, Kind.ID.show(id));
    }

    @Override
    public void check(Map<String, @Nullable Object> json, List<Violation> violations) {
      for (String name : List.of(TYPE, ID)) {
        if (json.get(name) == null) {
          violations.add(new Violation(name, "may not be null"));
        }
      }
    }

    @Override
    public void fill(Map<String, @Nullable Object> json, TraceRequestBuilder builder) {
      Object raw = json.get(ID);
      UUID id = raw == null ? null : Kind.ID.read(raw);
      if (id == null) {
        throw ApiException.badRequest("Field deviceId: '" + raw + "' is not a UUID.");
      }
      builder.bridgeId(null).routerId(null).portId(null);
      switch (String.valueOf(json.get(TYPE))) {
        case "BRIDGE" -> builder.bridgeId(id);
        case "ROUTER" -> builder.routerId(id);
        case "PORT" -> builder.portId(id);
        default ->
            throw ApiException.badRequest(
                "Field deviceType: '" + json.get(TYPE) + "' is not one of BRIDGE, PORT, ROUTER.");
      }
    }
  }

  private static Condition condition(String field, @Nullable Object raw) {
    if (!(raw instanceof Map<?, ?> map)) {
      throw ApiException.badRequest("Field " + field + ": '" + raw + "' is not a condition.");
    }
    return Conditions.read(Json.object(map));
  }
}
