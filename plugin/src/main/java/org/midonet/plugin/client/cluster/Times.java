package org.midonet.plugin.client.cluster;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.store.Dialect;

/** Dates of MidoNet's tables: UTC to the second. Stateless, safe to share between threads. */
final class Times {

  /** As the columns of all three databases read as text, and as SQLite keeps them. */
  static final DateTimeFormatter TEXT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private Times() {}

  static LocalDateTime now() {
    return LocalDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
  }

  static void bind(
      PreparedStatement statement, int index, @Nullable LocalDateTime time, Dialect dialect)
      throws SQLException {
    if (time == null) {
      statement.setNull(index, Types.TIMESTAMP);
    } else if (dialect == Dialect.SQLITE) {
      statement.setString(index, TEXT.format(time));
    } else {
      statement.setObject(index, time);
    }
  }

  static LocalDateTime get(ResultSet row, int column) throws SQLException {
    LocalDateTime time = find(row, column);
    if (time == null) {
      throw new SQLException("column " + column + " has no date");
    }
    return time;
  }

  static @Nullable LocalDateTime find(ResultSet row, int column) throws SQLException {
    String text = row.getString(column);
    return text == null ? null : LocalDateTime.parse(text.substring(0, 19), TEXT);
  }
}
