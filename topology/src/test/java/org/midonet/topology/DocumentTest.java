package org.midonet.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DocumentTest {
  private static final UUID ID = new UUID(1, 2);

  private static Map<String, @Nullable Object> fields() {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("id", ID.toString());
    fields.put("nothing", null);
    fields.put("list", Arrays.asList("one", null));
    fields.put("map", Map.of("inner", true));
    return fields;
  }

  @Test
  void aDocumentIsEqualToTheMapItWasMadeOf() {
    Document document = Document.of(fields());
    assertThat(document).isEqualTo(fields()).hasSameHashCodeAs(fields());
    assertThat(fields()).isEqualTo(document);
    assertThat(new ArrayList<>(document.keySet())).containsExactly("id", "nothing", "list", "map");
    assertThat(document.containsKey("nothing")).isTrue();
    assertThat(document.get("nothing")).isNull();
    assertThat(document.containsKey("other")).isFalse();
  }

  @Test
  void aFieldIsReplacedInItsPlaceOrAdded() {
    Document document = Document.of(fields());
    assertThat(document.with("list", 1).get("list")).isEqualTo(1L);
    assertThat(new ArrayList<>(document.with("list", 1).keySet()))
        .isEqualTo(List.copyOf(document.keySet()));
    assertThat(document.with("more", ID)).hasSize(5).containsEntry("more", ID.toString());
    assertThat(document).isEqualTo(fields());
  }

  @Test
  void whatIsNoJsonIsRefused() {
    assertThatThrownBy(() -> Document.of(Map.of("id", new Object())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a Object is no JSON value");
  }
}
