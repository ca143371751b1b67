package org.midonet.nsdb;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A node of a hash trie: keys with their values, and further nodes for keys that share the next
 * five bits of their hashes. Immutable, safe to share.
 *
 * <p>The same keys make the same trie, whatever was there in between (Steindorfer and Vinju,
 * Optimizing Hash-Array Mapped Tries, OOPSLA 2015). The exception are keys with equal hashes, which
 * stay in the order of their coming.
 */
sealed interface Trie {
  int BITS = 5;
  int MASK = (1 << BITS) - 1;

  /** All bits of a hash. */
  int END = 32;

  /** The one without keys. */
  static Trie empty() {
    return Branch.EMPTY;
  }

  static int hash(Object key) {
    int hash = key.hashCode();
    return hash ^ (hash >>> 16);
  }

  /**
   * The value of a key, null for none.
   *
   * @param shift how many bits of the hash led here
   */
  @Nullable Object find(Object key, int hash, int shift);

  /** This very node if it has the value already. */
  Trie plus(Object key, Object value, int hash, int shift);

  /** This very node if it does not have the key. */
  Trie minus(Object key, int hash, int shift);

  /** Keys and values in turn, then nodes. */
  Object[] slots();

  /** How many of the slots are keys or values. */
  int dataSlots();

  @SuppressWarnings("unchecked") // by who knows what was put in
  default <K, V> void forEach(BiConsumer<? super K, ? super V> action) {
    Object[] slots = slots();
    int data = dataSlots();
    for (int i = 0; i < data; i += 2) {
      action.accept((K) slots[i], (V) slots[i + 1]);
    }
    for (int i = data; i < slots.length; i++) {
      ((Trie) slots[i]).forEach(action);
    }
  }

  /** The usual node. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Branch(int keys, int nodes, Object[] slots) implements Trie {
    private static final Branch EMPTY = new Branch(0, 0, new Object[0]);

    @Override
    public int dataSlots() {
      return 2 * Integer.bitCount(keys);
    }

    private static int bit(int hash, int shift) {
      return 1 << (hash >>> shift & MASK);
    }

    private int keyAt(int bit) {
      return 2 * Integer.bitCount(keys & bit - 1);
    }

    private int nodeAt(int bit) {
      return dataSlots() + Integer.bitCount(nodes & bit - 1);
    }

    @Override
    public @Nullable Object find(Object key, int hash, int shift) {
      int bit = bit(hash, shift);
      if ((keys & bit) != 0) {
        int at = keyAt(bit);
        return slots[at].equals(key) ? slots[at + 1] : null;
      }
      return (nodes & bit) == 0 ? null : ((Trie) slots[nodeAt(bit)]).find(key, hash, shift + BITS);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // so that what does not change is shared
    public Trie plus(Object key, Object value, int hash, int shift) {
      int bit = bit(hash, shift);
      if ((nodes & bit) != 0) {
        int at = nodeAt(bit);
        Trie node = (Trie) slots[at];
        Trie changed = node.plus(key, value, hash, shift + BITS);
        return changed == node ? this : new Branch(keys, nodes, with(at, changed));
      }
      int at = keyAt(bit);
      if ((keys & bit) == 0) {
        return new Branch(keys | bit, nodes, replaced(at, 0, key, value));
      }
      if (slots[at].equals(key)) {
        return slots[at + 1] == value ? this : new Branch(keys, nodes, with(at + 1, value));
      }
      Trie both = pair(slots[at], slots[at + 1], key, value, hash, shift + BITS);
      Branch without = new Branch(keys & ~bit, nodes, replaced(at, 2));
      return new Branch(without.keys, nodes | bit, without.replaced(without.nodeAt(bit), 0, both));
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // so that what does not change is shared
    public Trie minus(Object key, int hash, int shift) {
      int bit = bit(hash, shift);
      if ((keys & bit) != 0) {
        int at = keyAt(bit);
        return slots[at].equals(key) ? new Branch(keys & ~bit, nodes, replaced(at, 2)) : this;
      }
      if ((nodes & bit) == 0) {
        return this;
      }
      int at = nodeAt(bit);
      Trie node = (Trie) slots[at];
      Trie changed = node.minus(key, hash, shift + BITS);
      if (changed == node) {
        return this;
      }
      if (changed.slots().length != 2 || changed.dataSlots() != 2) {
        return new Branch(keys, nodes, with(at, changed));
      }
      // A single key needs no node of its own.
      Branch without = new Branch(keys, nodes & ~bit, replaced(at, 1));
      Object[] lifted =
          without.replaced(without.keyAt(bit), 0, changed.slots()[0], changed.slots()[1]);
      return new Branch(keys | bit, without.nodes, lifted);
    }

    private Object[] with(int at, Object slot) {
      Object[] copy = slots.clone();
      copy[at] = slot;
      return copy;
    }

    private Object[] replaced(int at, int gone, Object... come) {
      return Trie.replaced(slots, at, gone, come);
    }
  }

  /** Keys of which all bits of the hashes are equal. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Collision(Object[] slots) implements Trie {
    @Override
    public int dataSlots() {
      return slots.length;
    }

    private int at(Object key) {
      for (int i = 0; i < slots.length; i += 2) {
        if (slots[i].equals(key)) {
          return i;
        }
      }
      return -1;
    }

    @Override
    public @Nullable Object find(Object key, int hash, int shift) {
      int at = at(key);
      return at < 0 ? null : slots[at + 1];
    }

    @Override
    public Trie plus(Object key, Object value, int hash, int shift) {
      int at = at(key);
      return at < 0
          ? new Collision(replaced(slots, slots.length, 0, key, value))
          : new Collision(replaced(slots, at, 2, key, value));
    }

    @Override
    public Trie minus(Object key, int hash, int shift) {
      int at = at(key);
      return at < 0 ? this : new Collision(replaced(slots, at, 2));
    }
  }

  private static Object[] replaced(Object[] slots, int at, int gone, Object... come) {
    Object[] copy = Arrays.copyOf(slots, slots.length - gone + come.length);
    System.arraycopy(come, 0, copy, at, come.length);
    System.arraycopy(slots, at + gone, copy, at + come.length, slots.length - at - gone);
    return copy;
  }

  private static Trie pair(
      Object one, Object oneValue, Object other, Object otherValue, int otherHash, int shift) {
    if (shift >= END) {
      return new Collision(new Object[] {one, oneValue, other, otherValue});
    }
    int oneBit = Branch.bit(hash(one), shift);
    int otherBit = Branch.bit(otherHash, shift);
    if (oneBit == otherBit) {
      Trie deeper = pair(one, oneValue, other, otherValue, otherHash, shift + BITS);
      return new Branch(0, oneBit, new Object[] {deeper});
    }
    Object[] slots =
        Integer.compareUnsigned(oneBit, otherBit) < 0
            ? new Object[] {one, oneValue, other, otherValue}
            : new Object[] {other, otherValue, one, oneValue};
    return new Branch(oneBit | otherBit, 0, slots);
  }

  /** Goes through the keys, and knows the value of the last one. Not safe to share. */
  final class Keys implements Iterator<Object> {
    private static final int FEW_AHEAD = 4;

    private final Deque<Trie> ahead = new ArrayDeque<>(FEW_AHEAD);
    private Trie node = empty();
    private int next;
    private @Nullable Object value;

    Keys(Trie root) {
      ahead.push(root);
      findNext();
    }

    private void findNext() {
      while (next >= node.dataSlots() && !ahead.isEmpty()) {
        node = ahead.pop();
        next = 0;
        Object[] slots = node.slots();
        for (int i = slots.length - 1; i >= node.dataSlots(); i--) {
          ahead.push((Trie) slots[i]);
        }
      }
    }

    @Override
    public boolean hasNext() {
      return next < node.dataSlots();
    }

    @Override
    public Object next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Object key = node.slots()[next];
      value = node.slots()[next + 1];
      next += 2;
      findNext();
      return key;
    }

    @Nullable Object value() {
      return value;
    }
  }
}
