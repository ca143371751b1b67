package org.midonet.neutron.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sqlite:///rel.db                           | jdbc:sqlite:rel.db
          sqlite:////var/lib/neutron.db              | jdbc:sqlite:/var/lib/neutron.db
          sqlite://                                  | jdbc:sqlite::memory:
          sqlite:///:memory:                         | jdbc:sqlite::memory:
          mysql+pymysql://n:s@ctl/neutron?charset=utf8 | jdbc:mariadb://ctl/neutron
          mysql://n:s@ctl:3307/neutron               | jdbc:mariadb://ctl:3307/neutron
          mariadb+mysqldb://n:s@ctl/neutron          | jdbc:mariadb://ctl/neutron
          postgresql://n:s@[::1]:5433/neutron        | jdbc:postgresql://[::1]:5433/neutron
          postgresql+psycopg2://n:s@db/neutron       | jdbc:postgresql://db/neutron
          postgresql:///neutron                      | jdbc:postgresql://localhost/neutron
          """)
  void urlOfSqlalchemyBecomesThatOfJdbc(String url, String jdbcUrl) {
    assertThat(DatabaseUrl.parse(url).jdbcUrl()).isEqualTo(jdbcUrl);
  }

  @Test
  void userAndPasswordAreDecoded() {
    DatabaseUrl url = DatabaseUrl.parse("mysql+pymysql://ne%75tron:p%40ss%3A%2Fw+d%25@ctl/neutron");
    assertThat(url.user()).isEqualTo("neutron");
    assertThat(url.password()).isEqualTo("p@ss:/w+d%");
  }

  @Test
  void optionsOfThePythonDriversAreTranslated() {
    assertThat(
            DatabaseUrl.parse(
                    "mysql+pymysql://u@/n?unix_socket=/run/my+sql.sock&ssl_ca=/etc/ca.pem&connect_timeout=5")
                .options())
        .isEqualTo(
            Map.of(
                "localSocket", "/run/my sql.sock",
                "serverSslCert", "/etc/ca.pem",
                "sslMode", "verify-ca",
                "connectTimeout", "5000"));
    assertThat(
            DatabaseUrl.parse("postgresql://u@h/n?sslmode=verify-full&application_name=x")
                .options())
        .isEqualTo(Map.of("sslmode", "verify-full", "ApplicationName", "x"));
  }

  @Test
  void connectionToMariadbIsPlainUnlessTlsIsAskedFor() {
    assertThat(DatabaseUrl.parse("mysql+pymysql://u:p@h/n").options())
        .isEqualTo(Map.of("sslMode", "disable"));
    assertThat(DatabaseUrl.parse("mysql+pymysql://u:p@h/n?ssl=true").options())
        .isEqualTo(Map.of("sslMode", "trust"));
  }

  @Test
  void optionsWithoutMeaningHereAreNamed() {
    assertThat(DatabaseUrl.parse("mysql://u:p@h/n?charset=utf8&plugin=x").ignored())
        .containsExactly("charset", "plugin");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "neutron:hunter2@ctl/neutron",
        "mysql//n:hunter2@ctl/neutron",
        "oracle://n:hunter2@ctl/neutron",
        "mysql://n:hunter2@ctl:port/neutron",
        "mysql://n:hunter2@ctl:99999/neutron",
        "mysql://n:hunter2%zz@ctl/neutron",
        "mysql://n:hunter2@ctl",
        "mysql://n:hunter2@x@ctl/neutron",
        "mysql://n:hunter2@ctl/neutron?ssl_key=/k",
        "mysql://n@ctl/neutron?password=hunter2&ssl_key=/k",
        "sqlite://n:hunter2@host/file.db",
      })
  void errorsNeverShowThePassword(String url) {
    assertThatThrownBy(() -> DatabaseUrl.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("hunter2")
        .hasNoCause();
  }

  @Test
  void textOfAUrlLeavesThePasswordOut() {
    assertThat(DatabaseUrl.parse("mysql://n:hunter2@ctl/neutron").toString())
        .contains("ctl/neutron")
        .doesNotContain("hunter2");
  }
}
