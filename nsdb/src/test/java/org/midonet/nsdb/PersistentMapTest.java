package org.midonet.nsdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PersistentMapTest {

  /** A key with the hash that the test wants. */
  private record Key(int number, int hash) {
    @Override
    public int hashCode() {
      return hash;
    }
  }

  /** Hashes that differ everywhere, in few bits, in the last bits alone, and nowhere. */
  private static Key key(int number, int kind) {
    return switch (kind) {
      case 0 -> new Key(number, number * 0x9e3779b9);
      case 1 -> new Key(number, number & 0b101);
      case 2 -> new Key(number, number << 29);
      default -> new Key(number, 42);
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void itHoldsWhatAHashMapHolds(int kind) {
    Random random = new Random(kind);
    Map<Key, Integer> expected = new HashMap<>();
    Set<Key> expectedSet = new HashSet<>();
    PersistentMap<Key, Integer> map = PersistentMap.empty();
    PersistentSet<Key> set = PersistentSet.empty();
    for (int i = 0; i < 5000; i++) {
      Key key = key(random.nextInt(kind == 0 ? 2000 : 100), kind);
      if (random.nextInt(3) > 0) {
        expected.put(key, i);
        expectedSet.add(key);
        map = map.plus(key, i);
        set = set.plus(key);
      } else {
        expected.remove(key);
        expectedSet.remove(key);
        map = map.minus(key);
        set = set.minus(key);
      }
      assertThat(map.get(key)).isEqualTo(expected.get(key));
      assertThat(map.size()).isEqualTo(expected.size());
      assertThat(set.contains(key)).isEqualTo(expectedSet.contains(key));
    }
    assertThat(map).isEqualTo(expected);
    assertThat(set).isEqualTo(expectedSet);
    Map<Key, Integer> told = new HashMap<>();
    map.forEach(told::put);
    assertThat(told).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void theSameKeysHaveTheSameOrderHoweverTheyCame(int kind) {
    List<Key> keys = new ArrayList<>();
    for (int i = 0; i < (kind == 0 ? 500 : 4); i++) {
      keys.add(key(i, kind));
    }
    PersistentMap<Key, Integer> one = PersistentMap.empty();
    for (Key key : keys) {
      one = one.plus(key, key.number);
    }
    Collections.shuffle(keys, new Random(7));
    PersistentMap<Key, Integer> other = PersistentMap.empty();
    for (Key key : keys) {
      other = other.plus(key, key.number).plus(key(key.number + 1000, kind), 0);
    }
    for (Key key : keys) {
      other = other.minus(key(key.number + 1000, kind));
    }
    assertThat(List.copyOf(other.keySet())).isEqualTo(List.copyOf(one.keySet()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void whatChangesNothingIsTheSameMap(int kind) {
    Integer value = 1000;
    PersistentMap<Key, Integer> map = PersistentMap.empty();
    map = map.plus(key(1, 0), value);
    PersistentSet<Key> set = PersistentSet.<Key>empty().plus(key(1, kind));

    assertThat(map.plus(key(1, 0), value)).isSameAs(map);
    assertThat(map.minus(key(2, kind))).isSameAs(map);
    assertThat(set.plus(key(1, kind))).isSameAs(set);
    assertThat(set.minus(key(2, kind))).isSameAs(set);
  }
}
