package org.midonet.neutron.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SqlScriptTest {

  @Test
  void semicolonsInQuotesAndCommentsDoNotEndAStatement() {
    assertThat(
            SqlScript.statements(
                """
                -- first; comment
                insert into t values ('a;''b', "c;d"); /* two; */ select 1
                ;
                ;
                """,
                Dialect.SQLITE))
        .containsExactly("insert into t values ('a;''b', \"c;d\")", "select 1");
  }

  @Test
  void placeholdersSpeakTheDialect() {
    assertThat(
            SqlScript.statements("create table t (a ${text}) ${table_options};", Dialect.MARIADB))
        .containsExactly(
            "create table t (a longtext)"
                + " engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin");
  }

  @Test
  void unknownPlaceholderIsRefused() {
    assertThatThrownBy(() -> SqlScript.statements("${blob}", Dialect.SQLITE))
        .hasMessageContaining("${blob}")
        .hasMessageContaining("binary");
  }
}
