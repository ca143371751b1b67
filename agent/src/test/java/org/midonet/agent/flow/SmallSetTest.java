package org.midonet.agent.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SmallSetTest {
  private final SplittableRandom random = new SplittableRandom(3);

  @Test
  void itIsTheSetThatALinkedHashSetWouldBe() {
    for (int round = 0; round < 300; round++) {
      Set<String> wanted = new LinkedHashSet<>();
      SmallSet<String> set = random.nextBoolean() ? new SmallSet<>() : new SmallSet<>(round);
      for (int i = random.nextInt(200); i > 0; i--) {
        String element = "element " + random.nextInt(150);
        assertThat(set.add(element)).isEqualTo(wanted.add(element));
      }
      assertThat(set).containsExactlyElementsOf(wanted);
      assertThat(set).isEqualTo(wanted).hasSameHashCodeAs(wanted).hasSize(wanted.size());
      assertThat(wanted).isEqualTo(set);
      assertThat(set.contains("another")).isFalse();
    }
  }

  @Test
  void theOrderDoesNotMatterToEquality() {
    SmallSet<Integer> one = of(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
    SmallSet<Integer> other = of(List.of(10, 9, 8, 7, 6, 5, 4, 3, 2, 1));
    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    assertThat(one).isNotEqualTo(of(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 11)));
    assertThat(new HashSet<>(Set.of(one))).contains(other);
  }

  @Test
  void aFrozenOneStaysAsItIs() {
    SmallSet<Integer> set = of(List.of(1)).freeze();
    assertThatThrownBy(() -> set.add(2)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(set::clear).isInstanceOf(UnsupportedOperationException.class);
    assertThat(set).containsExactly(1);
  }

  private static SmallSet<Integer> of(List<Integer> elements) {
    SmallSet<Integer> set = new SmallSet<>();
    set.addAll(elements);
    return set;
  }
}
