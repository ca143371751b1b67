package org.midonet.cluster.translation;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.neutron.Dialect;
import org.midonet.cluster.neutron.Documents;
import org.midonet.nsdb.Operation;
import org.midonet.nsdb.Topology;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import tools.jackson.databind.json.JsonMapper;

/** A Neutron that tells a topology what happens; for one thread. Documents are JSON texts. */
final class Neutron {
  private static final JsonMapper JSON = new JsonMapper();

  private final Translation translation;
  private Topology topology = Topology.EMPTY;

  /** The one that a MidoNet of its own follows. */
  Neutron() {
    this(TranslationSettings.DEFAULT);
  }

  Neutron(TranslationSettings settings) {
    translation = new Translation(settings, Chance.of(new Random(-1)));
  }

  Topology topology() {
    return topology;
  }

  /** What is not Neutron's doing. */
  Neutron with(Operation... operations) {
    topology = topology.apply(List.of(operations));
    return this;
  }

  Neutron create(ObjectType<NeutronObject> type, String document) {
    return apply(new NeutronOperation.Create(Documents.read(type, map(document), Dialect.REST)));
  }

  Neutron update(ObjectType<NeutronObject> type, String document) {
    return apply(new NeutronOperation.Update(Documents.read(type, map(document), Dialect.REST)));
  }

  Neutron delete(ObjectType<NeutronObject> type, UUID id) {
    return apply(new NeutronOperation.Delete(type, id));
  }

  Neutron apply(NeutronOperation operation) {
    topology = topology.apply(translation.translate(topology, operation));
    return this;
  }

  /** The operations that an operation would mean now. */
  List<Operation> translate(NeutronOperation operation) {
    return translation.translate(topology, operation);
  }

  /** JSON, where single quotes will do. */
  @SuppressWarnings("unchecked") // documents are objects
  static Map<String, @Nullable Object> map(String document) {
    return JSON.readValue(document.replace('\'', '"'), Map.class);
  }
}
