package org.midonet.cluster.importer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.midonet.cluster.neutron.MalformedException;

/** A task that cannot be read says why; the importer parks it then. */
final class TaskReaderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "FLUSH  | -       | -     | -    | FLUSH is not done here",
        "CREATE | BGPPEER | {}    | -    | kind BGPPEER are not known here",
        "MERGE  | NETWORK | {}    | -    | type MERGE are not known here",
        "CREATE | NETWORK | -     | -    | no JSON",
        "CREATE | NETWORK | [1]   | -    | no JSON object",
        "CREATE | NETWORK | {'id  | -    | no JSON",
        "DELETE | NETWORK | -     | nope | resource_id is no UUID: nope",
      })
  void whatCannotBeReadSaysWhy(
      String type,
      @Nullable String dataType,
      @Nullable String data,
      @Nullable String resourceId,
      String reason) {
    ImportTask task = new ImportTask(1, type, dataType, data, resourceId, "");
    assertThatThrownBy(() -> TaskReader.read(task))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining(reason);
  }
}
