package org.midonet.neutron.store;

import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.sqlite.SQLiteException;

/**
 * Reads errors of the three databases as one vocabulary; immutable.
 *
 * <p>Sources: SQLite "Result and Extended Result Codes", PostgreSQL "Appendix A. Error Codes",
 * MariaDB "Error Codes".
 */
record SqlErrors(Dialect dialect) {

  /** What an error means to the one who runs transactions. */
  enum Kind {
    DUPLICATE,
    REFERENCE,
    /** The transaction is rolled back; the same again may well succeed. */
    CONFLICT,
    /** The connection is gone; whether a commit under way took effect is unknown. */
    DISCONNECTED,
    /** No space, or another fault of the machine below. */
    UNAVAILABLE,
    OTHER
  }

  private static final Pattern SQLITE_COLUMNS = Pattern.compile("failed: ([^()]+)\\)?$");
  private static final Pattern POSTGRESQL_COLUMNS = Pattern.compile("\\((.*?)\\)=\\(");
  private static final Pattern MARIADB_KEY = Pattern.compile("for key '([^']+)'");
  private static final Pattern MARIADB_REFERENCE =
      Pattern.compile("\\(`[^`]*`\\.`([^`]*)`, CONSTRAINT `([^`]*)`");

  /** The error as callers of the store see it; an exception that is not the database's stays. */
  RuntimeException translate(Exception thrown) {
    SQLException sql = thrown instanceof StoreException ? null : sqlCause(thrown);
    if (sql == null) {
      return thrown instanceof RuntimeException e ? e : new IllegalStateException(thrown);
    }
    SQLException known = telling(sql);
    return switch (kindOf(known)) {
      case DUPLICATE -> duplicate(known);
      case REFERENCE -> reference(known);
      case CONFLICT -> new TransactionConflict("transaction conflict: " + known.getMessage(), sql);
      case DISCONNECTED ->
          new StoreUnavailable("the database is not reachable: " + known.getMessage(), sql);
      case UNAVAILABLE ->
          new StoreUnavailable("the database cannot be used: " + known.getMessage(), sql);
      case OTHER -> thrown instanceof DataAccessException e ? e : new DataAccessException("", sql);
    };
  }

  /** What it means, also when a savepoint has translated it already. */
  Kind kind(Exception thrown) {
    SQLException sql = sqlCause(thrown);
    return sql == null ? Kind.OTHER : kindOf(telling(sql));
  }

  private Kind kindOf(SQLException e) {
    return switch (dialect) {
      case SQLITE -> e instanceof SQLiteException s ? sqliteKind(s) : Kind.OTHER;
      case POSTGRESQL -> postgresqlKind(state(e));
      case MARIADB -> mariadbKind(e);
    };
  }

  private static Kind sqliteKind(SQLiteException e) {
    return switch (e.getResultCode()) {
      case SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_ROWID ->
          Kind.DUPLICATE;
      case SQLITE_CONSTRAINT_FOREIGNKEY -> Kind.REFERENCE;
      default ->
          switch (e.getResultCode().code & 0xff) {
            case 5, 6 -> Kind.CONFLICT; // SQLITE_BUSY, SQLITE_LOCKED
            case 8, 10, 11, 13, 14, 26 -> Kind.UNAVAILABLE; // READONLY, IOERR, CORRUPT, FULL...
            default -> Kind.OTHER;
          };
    };
  }

  private static Kind postgresqlKind(String state) {
    return switch (state) {
      case "23505" -> Kind.DUPLICATE;
      case "23503" -> Kind.REFERENCE;
      case "40001", "40P01", "55P03" -> Kind.CONFLICT;
      case "57P01", "57P02", "57P03" -> Kind.DISCONNECTED;
      default ->
          state.startsWith("08")
              ? Kind.DISCONNECTED
              : state.startsWith("53") || state.startsWith("58") ? Kind.UNAVAILABLE : Kind.OTHER;
    };
  }

  private static Kind mariadbKind(SQLException e) {
    return switch (e.getErrorCode()) {
      case 1062, 1169, 1586 -> Kind.DUPLICATE;
      case 1216, 1217, 1451, 1452 -> Kind.REFERENCE;
      case 1020, 1205, 1213, 1614 -> Kind.CONFLICT;
      case 1021, 1030, 1114, 1041, 1290, 1836 -> Kind.UNAVAILABLE;
      case 1040, 1053, 1927, 2006, 2013 -> Kind.DISCONNECTED;
      default ->
          state(e).startsWith("08")
              ? Kind.DISCONNECTED
              : state(e).startsWith("40") ? Kind.CONFLICT : Kind.OTHER;
    };
  }

  private DuplicateKey duplicate(SQLException e) {
    return switch (dialect) {
      case SQLITE -> sqliteDuplicate(e);
      case POSTGRESQL -> postgresqlDuplicate(e);
      case MARIADB -> {
        Matcher matcher = MARIADB_KEY.matcher(String.valueOf(e.getMessage()));
        yield new DuplicateKey(null, matcher.find() ? matcher.group(1) : null, List.of(), e);
      }
    };
  }

  private static DuplicateKey sqliteDuplicate(SQLException e) {
    Matcher matcher = SQLITE_COLUMNS.matcher(String.valueOf(e.getMessage()));
    if (!matcher.find()) {
      return new DuplicateKey(null, null, List.of(), e);
    }
    List<String> names = List.of(matcher.group(1).strip().split(", "));
    int dot = names.getFirst().indexOf('.');
    if (dot < 0) {
      return new DuplicateKey(null, indexName(names.getFirst()), List.of(), e);
    }
    List<String> columns =
        names.stream().map(name -> name.substring(name.indexOf('.') + 1)).toList();
    return new DuplicateKey(names.getFirst().substring(0, dot), null, columns, e);
  }

  private static DuplicateKey postgresqlDuplicate(SQLException e) {
    ServerErrorMessage server = server(e);
    if (server == null) {
      return new DuplicateKey(null, null, List.of(), e);
    }
    Matcher matcher = POSTGRESQL_COLUMNS.matcher(String.valueOf(server.getDetail()));
    List<String> columns = matcher.find() ? List.of(matcher.group(1).split(", ")) : List.of();
    return new DuplicateKey(server.getTable(), server.getConstraint(), columns, e);
  }

  private static String indexName(String name) {
    return name.replaceFirst("^index '(.*)'$", "$1");
  }

  private ReferenceViolation reference(SQLException e) {
    ServerErrorMessage server = server(e);
    if (server != null) {
      return new ReferenceViolation(server.getTable(), server.getConstraint(), e);
    }
    Matcher matcher = MARIADB_REFERENCE.matcher(String.valueOf(e.getMessage()));
    return matcher.find()
        ? new ReferenceViolation(matcher.group(1), matcher.group(2), e)
        : new ReferenceViolation(null, null, e);
  }

  private static @Nullable ServerErrorMessage server(SQLException e) {
    return e instanceof PSQLException p ? p.getServerErrorMessage() : null;
  }

  private static String state(SQLException e) {
    return e.getSQLState() == null ? "" : e.getSQLState();
  }

  /** A body's own exception may have one of ours as its cause, and is left alone. */
  private static @Nullable SQLException sqlCause(Exception thrown) {
    if (thrown instanceof SQLException sql) {
      return sql;
    }
    if (!(thrown instanceof StoreException || thrown instanceof DataAccessException)) {
      return null;
    }
    return Stream.iterate(thrown.getCause(), cause -> cause != null, Throwable::getCause)
        .limit(10)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .findFirst()
        .orElse(null);
  }

  /** Of a batch's chain of exceptions, the first that says more than "batch failed". */
  private SQLException telling(SQLException first) {
    for (SQLException e = first; e != null; e = e.getNextException()) {
      if (kindOf(e) != Kind.OTHER) {
        return e;
      }
      if (e.getCause() instanceof SQLException cause && kindOf(cause) != Kind.OTHER) {
        return cause;
      }
    }
    return first;
  }
}
