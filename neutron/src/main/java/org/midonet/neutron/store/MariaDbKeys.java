package org.midonet.neutron.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds table and columns of a key that MariaDB gives only the name of; stateless. */
final class MariaDbKeys {

  private static final Pattern TARGET =
      Pattern.compile("(?i)\\b(?:into|update)\\s+`?(\\w+)`?\\s*(?:\\(|set\\b|select\\b|values\\b)");

  private MariaDbKeys() {}

  /** The same error with what could be found out; unchanged where the key's name is ambiguous. */
  static DuplicateKey describe(DuplicateKey error, @Nullable String sql, Connection connection) {
    String key = error.constraint();
    if (key == null || !error.columns().isEmpty()) {
      return error;
    }
    try {
      Map<String, List<String>> byTable = columnsByTable(connection, key);
      String table = byTable.size() == 1 ? byTable.keySet().iterator().next() : target(sql);
      List<String> columns = table == null ? null : byTable.get(table);
      Throwable cause = error.getCause();
      return columns == null || cause == null
          ? error
          : new DuplicateKey(table, key, columns, cause);
    } catch (SQLException e) {
      error.addSuppressed(e);
      return error;
    }
  }

  private static @Nullable String target(@Nullable String sql) {
    Matcher matcher = TARGET.matcher(sql == null ? "" : sql);
    return matcher.find() ? matcher.group(1) : null;
  }

  private static Map<String, List<String>> columnsByTable(Connection connection, String key)
      throws SQLException {
    String sql =
        "select table_name, column_name from information_schema.statistics"
            + " where table_schema = database() and index_name = ?"
            + " order by table_name, seq_in_index";
    Map<String, List<String>> columns = new LinkedHashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, key);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          columns.computeIfAbsent(rows.getString(1), t -> new ArrayList<>()).add(rows.getString(2));
        }
      }
    }
    return columns;
  }
}
