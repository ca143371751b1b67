package org.midonet.neutron.api;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Converter;
import org.midonet.neutron.resource.Json;
import org.midonet.neutron.resource.PythonFormat;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceDefinition;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.resource.Validator;
import org.midonet.neutron.resource.Validators;
import org.midonet.neutron.resource.ValueType;
import tools.jackson.core.JacksonException;

/**
 * Request bodies: JSON to checked and converted values, refused with Neutron's words. Stateless.
 */
public final class Bodies {
  private Bodies() {}

  /** The items of a create: one, or several of a bulk request. */
  record Items(boolean bulk, List<Map<String, @Nullable Object>> items) {}

  /** The body as an object; a 400 if it is anything else. */
  public static Map<String, @Nullable Object> object(byte[] body) {
    if (body.length == 0) {
      return Map.of();
    }
    try {
      if (Json.read(body) instanceof Map<?, ?> map) {
        return asObject(map);
      }
    } catch (JacksonException e) {
      throw NeutronException.badRequest("Body contains invalid data");
    }
    throw NeutronException.badRequest("Body contains invalid data");
  }

  /** The items that a POST to the collection gives. */
  static Items items(ResourceDefinition definition, byte[] body) {
    Map<String, @Nullable Object> object = object(body);
    if (object.containsKey(definition.collection())) {
      Object several = object.get(definition.collection());
      if (!(several instanceof List<?> list) || list.isEmpty()) {
        throw NeutronException.badRequest("Resources required");
      }
      List<Map<String, @Nullable Object>> items = new ArrayList<>();
      for (Object element : list) {
        items.add(bulkItem(definition, element));
      }
      return new Items(true, items);
    }
    return new Items(false, List.of(item(definition, object)));
  }

  private static Map<String, @Nullable Object> bulkItem(
      ResourceDefinition definition, @Nullable Object element) {
    if (!(element instanceof Map<?, ?> map)) {
      throw unfound(definition.name());
    }
    return map.get(definition.name()) instanceof Map<?, ?> wrapped
        ? asObject(wrapped)
        : asObject(map);
  }

  /** The one object under the resource's name; a 400 if there is none. */
  static Map<String, @Nullable Object> item(
      ResourceDefinition definition, Map<String, @Nullable Object> body) {
    return wrapped(definition.name(), body);
  }

  /** The object under a key of the body; a 400 if there is none. */
  public static Map<String, @Nullable Object> wrapped(
      String name, Map<String, @Nullable Object> body) {
    if (body.get(name) instanceof Map<?, ?> map) {
      return asObject(map);
    }
    throw unfound(name);
  }

  private static NeutronException unfound(String name) {
    return NeutronException.badRequest("Unable to find '" + name + "' in request body");
  }

  @SuppressWarnings("unchecked") // JSON objects have string keys
  private static Map<String, @Nullable Object> asObject(Map<?, ?> map) {
    return (Map<String, @Nullable Object>) map;
  }

  /** The values of a create: project settled, defaults filled in, checked and converted. */
  public static Resource create(
      ResourceDefinition definition, RequestContext context, Map<String, @Nullable Object> item) {
    Map<String, @Nullable Object> given = new LinkedHashMap<>(item);
    settleProject(definition, context, given);
    refuseUnknown(definition, given);
    fillDefaults(definition, given);
    Resource.Builder values = Resource.builder(definition);
    for (Attribute<?> attribute : definition.attributes()) {
      if (attribute.onCreate()) {
        Object raw = given.get(attribute.name());
        values.set(attribute, !Resource.isSet(raw) ? raw : converted(attribute, raw));
      }
    }
    return values.build();
  }

  /** What is missing or not allowed is found before any value is looked at. */
  private static void fillDefaults(
      ResourceDefinition definition, Map<String, @Nullable Object> given) {
    for (Attribute<?> attribute : definition.attributes()) {
      String name = attribute.name();
      boolean named = given.containsKey(name);
      if (!attribute.onCreate() && named) {
        throw NeutronException.badRequest("Attribute '" + name + "' not allowed in POST");
      }
      if (attribute.required() && !named) {
        throw NeutronException.badRequest(
            "Failed to parse request. Required attribute '" + name + "' not specified");
      }
      if (!named || (given.get(name) == null && attribute.defaultOverridesNull())) {
        given.put(name, attribute.defaultValue());
      }
    }
  }

  /** The values of an update: checked and converted, unset where the request is silent. */
  public static Resource update(ResourceDefinition definition, Map<String, @Nullable Object> item) {
    refuseUnknown(definition, item);
    Resource.Builder values = Resource.builder(definition);
    for (String name : item.keySet()) {
      Attribute<?> attribute = definition.attribute(name);
      if (attribute != null && !attribute.onUpdate()) {
        throw NeutronException.badRequest("Cannot update read-only attribute " + name);
      }
    }
    for (Attribute<?> attribute : definition.attributes()) {
      if (item.containsKey(attribute.name())) {
        values.set(attribute, converted(attribute, item.get(attribute.name())));
      }
    }
    return values.build();
  }

  private static @Nullable Object converted(Attribute<?> attribute, @Nullable Object raw) {
    Converter converter = attribute.converter();
    Object value = converter == null ? raw : converter.convert(raw);
    Validator validator = attribute.validator();
    String problem = validator == null ? null : validator.validate(value);
    if (problem == null && value != null) {
      problem = misfit(attribute.type().kind(), value);
    }
    if (problem != null) {
      throw NeutronException.badRequest(
          "Invalid input for " + attribute.name() + ". Reason: " + problem + ".");
    }
    return value;
  }

  /** What no attribute of a kind can hold, whatever its validator says; null if it can. */
  private static @Nullable String misfit(ValueType.Kind kind, Object value) {
    String text = "'" + PythonFormat.str(value) + "'";
    return switch (kind) {
      case STRING -> Validators.string(value);
      case INTEGER ->
          value instanceof Long
              ? null
              : text + (value instanceof BigInteger ? " is too large" : " is not an integer");
      case BOOLEAN -> value instanceof Boolean ? null : text + " is not a valid boolean value";
      case JSON -> value instanceof List || value instanceof Map ? null : text + " is not a list";
    };
  }

  private static void refuseUnknown(ResourceDefinition definition, Map<String, ?> item) {
    List<String> unknown =
        item.keySet().stream().filter(n -> definition.attribute(n) == null).sorted().toList();
    if (!unknown.isEmpty()) {
      throw NeutronException.badRequest(
          "Unrecognized attribute(s) '" + String.join(", ", unknown) + "'");
    }
  }

  /**
   * tenant_id and project_id are two names of one value, the caller's project unless an admin names
   * another.
   */
  private static void settleProject(
      ResourceDefinition definition, RequestContext context, Map<String, @Nullable Object> item) {
    Attribute<?> owner = definition.attribute(Standard.PROJECT_ID.name());
    if (owner == null || !owner.onCreate()) {
      return;
    }
    Object tenant = item.get("tenant_id");
    Object project = item.get("project_id");
    if (tenant != null && project != null && !tenant.equals(project)) {
      throw NeutronException.badRequest("'project_id' and 'tenant_id' do not match");
    }
    Object named = tenant != null ? tenant : project;
    if (named != null
        && !named.equals(context.projectId())
        && !context.isAdmin()
        && !context.isAdvsvc()) {
      throw NeutronException.badRequest(
          "Specifying 'project_id' or 'tenant_id' other than the authenticated project in request"
              + " requires admin or advsvc privileges");
    }
    if (named == null && context.projectId() == null) {
      throw NeutronException.badRequest(
          "Running without keystone AuthN requires that tenant_id is specified");
    }
    Object settled = named != null ? named : context.projectId();
    item.put("tenant_id", settled);
    item.put("project_id", settled);
  }
}
