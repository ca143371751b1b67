package org.midonet.neutron.tag;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.InsertValuesStep2;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.midonet.neutron.port.Ports;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Filter;
import org.midonet.neutron.resource.ListValidators;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.resource.ValueType;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;

/** The attribute {@code tags}, its filters and its table (API reference, "Tags"); stateless. */
final class Tags {
  /** The most characters of a tag. */
  static final int MAX_LENGTH = 255;

  /** What any resource but a port has. */
  static final Attribute<List<String>> TAGS =
      Attribute.of("tags", ValueType.STRINGS).filterable(having(Tags::all)).build();

  /** What a port has: its tags can come with the port. */
  static final Attribute<List<String>> PORT_TAGS =
      Attribute.of("tags", ValueType.STRINGS)
          .onCreate(List.of())
          .validate(ListValidators.uniqueStrings(MAX_LENGTH))
          .filterable(having(Tags::all))
          .build();

  private static final Attribute<String> ANY = filter("tags-any", having(Tags::any));
  private static final Attribute<String> NOT_ALL = filter("not-tags", lacking(Tags::all));
  private static final Attribute<String> NOT_ANY = filter("not-tags-any", lacking(Tags::any));

  private static final Table<?> TABLE = DSL.table(DSL.name("resource_tags"));
  private static final Field<String> RESOURCE = column("resource_id");
  private static final Field<String> TAG = column("tag");

  /** The resources that have all, or any, of some tags. */
  @FunctionalInterface
  private interface Holders {
    Select<Record1<String>> of(Set<String> tags);
  }

  private Tags() {}

  /** The attribute that holds the tags of a type. */
  static Attribute<List<String>> of(ResourceType type) {
    return type.equals(Ports.TYPE) ? PORT_TAGS : TAGS;
  }

  /** All that the extension adds to a type. */
  static Attribute<?>[] added(ResourceType type) {
    return new Attribute<?>[] {of(type), ANY, NOT_ALL, NOT_ANY};
  }

  private static Attribute<String> filter(String name, Filter how) {
    return Attribute.derived(name, ValueType.STRING).hidden().filterable(how).build();
  }

  private static Filter having(Holders holders) {
    return (context, values) -> Tables.text(Standard.ID).in(holders.of(split(values)));
  }

  private static Filter lacking(Holders holders) {
    return (context, values) -> Tables.text(Standard.ID).notIn(holders.of(split(values)));
  }

  /** Each value of the query is a list with commas. */
  private static Set<String> split(List<String> values) {
    Set<String> tags = new TreeSet<>();
    values.forEach(value -> tags.addAll(Arrays.asList(value.split(",", -1))));
    return tags;
  }

  private static Select<Record1<String>> any(Set<String> tags) {
    return DSL.select(RESOURCE).from(TABLE).where(TAG.in(tags));
  }

  private static Select<Record1<String>> all(Set<String> tags) {
    return DSL.select(RESOURCE)
        .from(TABLE)
        .where(TAG.in(tags))
        .groupBy(RESOURCE)
        .having(DSL.count().eq(tags.size()));
  }

  /** Enters tags that a resource did not have. */
  static void enter(Session session, String id, Collection<String> tags) {
    if (tags.isEmpty()) {
      return;
    }
    InsertValuesStep2<? extends Record, String, String> insert =
        session.transaction().dsl().insertInto(TABLE).columns(RESOURCE, TAG);
    for (String tag : tags) {
      insert = insert.values(id, tag);
    }
    insert.execute();
  }

  /** Strikes tags out. */
  static void strike(Session session, String id, Collection<String> tags) {
    if (!tags.isEmpty()) {
      Condition these = RESOURCE.eq(id).and(TAG.in(tags));
      session.transaction().dsl().deleteFrom(TABLE).where(these).execute();
    }
  }

  private static Field<String> column(String name) {
    return DSL.field(DSL.name(name), SQLDataType.VARCHAR);
  }
}
