package org.midonet.cluster.neutron.rest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.api.Answers;
import org.midonet.cluster.api.ApiException;
import org.midonet.cluster.api.Call;
import org.midonet.cluster.api.Endpoint;
import org.midonet.cluster.api.Media;
import org.midonet.cluster.neutron.Documents;
import org.midonet.cluster.neutron.NeutronModel;
import org.midonet.cluster.translation.NeutronOperation;
import org.midonet.neutron.http.Response;
import org.midonet.nsdb.Topology;
import org.midonet.topology.Ids;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import org.midonet.topology.References;

/**
 * The two paths of a kind of Neutron objects: all of them, and one; safe to share between threads.
 * Answers to POST and PUT show what was told, answers to GET what is stored.
 *
 * @param path the last part of the path of all of them
 * @param name of the media type; that of lists has an s
 */
record Resource(Tell tell, ObjectType<NeutronObject> type, String path, String name) {
  private String itemType() {
    return Media.neutron(name);
  }

  private String listType() {
    return Media.neutron(name + "s");
  }

  /**
   * The path of all objects.
   *
   * @param bulk whether several can be created at once
   */
  Endpoint collection(boolean bulk) {
    return Endpoint.neutron("/neutron/" + path)
        .get(List.of(listType()), call -> list())
        .post(
            bulk ? List.of(itemType(), listType()) : List.of(itemType()),
            call -> bulk && call.isOfType(listType()) ? createAll(call) : create(call));
  }

  /**
   * The path of one object.
   *
   * @param updatable whether it can be changed
   */
  Endpoint item(boolean updatable) {
    Endpoint item =
        Endpoint.neutron("/neutron/" + path + "/{id}")
            .get(List.of(itemType()), this::show)
            .delete(this::delete);
    return updatable ? item.put(List.of(itemType()), this::update) : item;
  }

  /** The path of all objects of a kind that MidoNet does not show. */
  Endpoint unseenCollection() {
    return Endpoint.neutron("/neutron/" + path).post(List.of(itemType()), this::create);
  }

  /** The path of one object of a kind that MidoNet does not show. */
  Endpoint unseenItem() {
    return Endpoint.neutron("/neutron/" + path + "/{id}")
        .put(List.of(itemType()), this::update)
        .delete(this::delete);
  }

  private List<Map<String, @Nullable Object>> list() {
    Topology topology = tell.nsdb().topology();
    return topology.list(type).stream().map(stored -> view(topology, stored)).toList();
  }

  private Map<String, @Nullable Object> show(Call call) {
    Topology topology = tell.nsdb().topology();
    return view(topology, topology.get(type, call.id("id", type.name())));
  }

  private Response create(Call call) {
    NeutronModel model = tell.read(type, call.object());
    tell.tell(List.of(new NeutronOperation.Create(model)));
    return Answers.created(
        call.links().to("/neutron/" + path + "/" + model.id()), itemType(), Documents.write(model));
  }

  private Response createAll(Call call) {
    List<NeutronModel> models =
        call.objects().stream().map(document -> tell.read(type, document)).toList();
    if (models.isEmpty()) {
      throw ApiException.badRequest("The list is empty.");
    }
    tell.tell(
        models.stream()
            .map(model -> (NeutronOperation) new NeutronOperation.Create(model))
            .toList());
    return Answers.created(
        call.links().to("/neutron/" + path),
        listType(),
        models.stream().map(Documents::write).toList());
  }

  /** The id of the path counts, whatever the body says. */
  private Response update(Call call) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>(call.object());
    document.put("id", call.id("id", type.name()).toString());
    NeutronModel model = tell.read(type, document);
    tell.tell(List.of(new NeutronOperation.Update(model)));
    return Answers.entity(200, itemType(), Documents.write(model));
  }

  private Response delete(Call call) {
    tell.tell(List.of(new NeutronOperation.Delete(type, call.id("id", type.name()))));
    return Answers.noContent();
  }

  private static Map<String, @Nullable Object> view(Topology topology, NeutronObject stored) {
    return stored.type() == ObjectType.SECURITY_GROUP
        ? stored.with("security_group_rules", rules(topology, stored.id())).document()
        : stored.document();
  }

  /** A group's rules in the order of its chains, which hold them by the same ids. */
  private static List<Object> rules(Topology topology, UUID group) {
    List<Object> rules = new ArrayList<>();
    for (Ids chain : List.of(Ids.IN_CHAIN, Ids.OUT_CHAIN)) {
      for (UUID id : topology.references(References.CHAIN_RULES, chain.of(group))) {
        NeutronObject rule = topology.find(ObjectType.SECURITY_GROUP_RULE, id);
        if (rule != null) {
          rules.add(rule.document());
        }
      }
    }
    return rules;
  }
}
