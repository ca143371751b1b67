package org.midonet.neutron.tag;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.securitygroup.SecurityGroups;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.Session;

/** Keeps the table of tags in step with the rows as resources come and go; stateless. */
final class TagHook implements Hook {
  private final Set<ResourceType> types;

  TagHook(Set<ResourceType> types) {
    this.types = types;
  }

  @Override
  public Set<ResourceType> types() {
    return types;
  }

  /** No tags are stored as null, which costs less to read. */
  @Override
  public Resource creating(Session session, Resource input) {
    Attribute<List<String>> tags = Tags.of(input.definition().type());
    List<String> given = input.get(tags, List.of());
    return input.with(tags, given.isEmpty() ? null : given.stream().sorted().toList());
  }

  @Override
  public void created(Session session, Resource created) {
    Tags.enter(session, created.id(), tags(created));
  }

  @Override
  public void deleting(Session session, Resource current) {
    Tags.strike(session, current.id(), tags(current));
  }

  @Override
  public void derive(Session session, List<Resource.Builder> rows) {
    for (Resource.Builder row : rows) {
      none(row, Tags.TAGS);
      none(row, Tags.PORT_TAGS);
      rules(row);
    }
  }

  /** Rules have no tags; Neutron shows an empty list where they stand within their group. */
  private static void rules(Resource.Builder group) {
    if (group.raw(SecurityGroups.RULES) instanceof List<?> rules) {
      group.set(
          SecurityGroups.RULES,
          rules.stream()
              .map(rule -> rule instanceof Map<?, ?> map ? untagged(map) : rule)
              .toList());
    }
  }

  private static Map<Object, @Nullable Object> untagged(Map<?, ?> rule) {
    Map<Object, @Nullable Object> shown = new LinkedHashMap<>(rule);
    shown.put("tags", List.of());
    return shown;
  }

  private static void none(Resource.Builder row, Attribute<?> attribute) {
    Object raw = row.raw(attribute);
    if (raw == null || !Resource.isSet(raw)) {
      row.set(attribute, List.of());
    }
  }

  private static List<String> tags(Resource resource) {
    return resource.get(Tags.of(resource.definition().type()), List.of());
  }
}
