package org.midonet.cluster.neutron.rest;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.api.ApiException;
import org.midonet.cluster.neutron.Dialect;
import org.midonet.cluster.neutron.Documents;
import org.midonet.cluster.neutron.MalformedException;
import org.midonet.cluster.neutron.NeutronModel;
import org.midonet.cluster.translation.NeutronOperation;
import org.midonet.cluster.translation.Translation;
import org.midonet.cluster.translation.TranslationException;
import org.midonet.nsdb.Nsdb;
import org.midonet.nsdb.Topology;
import org.midonet.nsdb.Transaction;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;

/** Tells the store what Neutron says; safe to share between threads. */
record Tell(Nsdb nsdb, Translation translation) {
  /**
   * Carries out operations, all of them or none.
   *
   * @throws ApiException if the topology cannot follow
   */
  void tell(List<NeutronOperation> operations) {
    tell(topology -> operations);
  }

  /** The same where it depends on the topology what the operations are. */
  void tell(Function<Topology, List<NeutronOperation>> operations) {
    try {
      nsdb.store(topology -> {
        List<NeutronOperation> present = operations.apply(topology);
        Transaction transaction = begin(topology, present);
        translation.apply(transaction, present);
        return transaction.commit();
      });
    } catch (TranslationException e) {
      throw refusal(e);
    }
  }

  /** What one operation creates lies together in the store. */
  private static Transaction begin(Topology topology, List<NeutronOperation> operations) {
    if (operations.size() != 1) {
      return topology.begin();
    }
    UUID resource =
        switch (operations.getFirst()) {
          case NeutronOperation.Create(var model) -> model.id();
          case NeutronOperation.Update(var model) -> model.id();
          case NeutronOperation.Delete(var type, UUID id) -> id;
        };
    return topology.begin(id -> resource);
  }

  /**
   * Reads a document of the REST API.
   *
   * @throws ApiException 400 if it is malformed
   */
  NeutronModel read(ObjectType<NeutronObject> type, Map<String, @Nullable Object> document) {
    try {
      return Documents.read(type, document, Dialect.REST);
    } catch (MalformedException e) {
      throw ApiException.badRequest(e.text());
    }
  }

  private static ApiException refusal(TranslationException e) {
    return switch (e.kind()) {
      case INVALID -> ApiException.badRequest(e.text());
      case CONFLICT -> ApiException.conflict(e.text());
      case NOT_FOUND -> new ApiException(404, e.text());
    };
  }
}
