package org.midonet.neutron.standard;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import org.jooq.Condition;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.resource.ValueType;
import org.midonet.neutron.service.Tables;

/**
 * The filter {@code changed_since} (API reference, "Resource timestamps"): what was changed at that
 * time or later. Stateless.
 */
final class ChangedSince {
  static final Attribute<String> CHANGED_SINCE =
      Attribute.derived("changed_since", ValueType.STRING)
          .hidden()
          .filterable(ChangedSince::condition)
          .build();

  private ChangedSince() {}

  private static Condition condition(RequestContext context, List<String> values) {
    return Tables.text(Standard.UPDATED_AT).ge(parse(values.getFirst()));
  }

  /** The time as the column has it: UTC when no zone is named. */
  private static String parse(String text) {
    try {
      TemporalAccessor time =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              text, OffsetDateTime::from, LocalDateTime::from);
      OffsetDateTime zoned =
          time instanceof OffsetDateTime offset
              ? offset
              : LocalDateTime.from(time).atOffset(ZoneOffset.UTC);
      return zoned.toInstant().truncatedTo(ChronoUnit.SECONDS).toString();
    } catch (DateTimeException e) {
      throw NeutronException.invalidInput(
          "The input changed_since must be in the following format: YYYY-MM-DDTHH:MM:SSZ");
    }
  }
}
