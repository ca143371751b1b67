package org.midonet.agent.flow;

import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A set that is made for one decision, in the order in which its elements came. Not safe to share
 * until it is frozen; immutable and safe to share from then on.
 *
 * <p>Elements lie in an array, and from the ninth on are found by a table of their places.
 * Decisions make several such sets each, and an object for each element would be most of what they
 * allocate.
 */
public final class SmallSet<T> extends AbstractSet<T> {
  private static final int FEW = 8;
  private static final int TABLE = 32;
  private static final Object[] NONE = {};

  private Object[] elements;

  /** By hash the place of an element plus one; null while there are few. */
  private int @Nullable [] places;

  private int size;
  private int hash;
  private boolean frozen;

  /** An empty set for a few elements, which takes nothing until there are some. */
  public SmallSet() {
    this.elements = NONE;
  }

  /**
   * An empty set.
   *
   * @param expected how many elements there will be, about
   */
  public SmallSet(int expected) {
    this.elements = new Object[Math.max(FEW, expected)];
    if (expected > FEW) {
      this.places = new int[Integer.highestOneBit(expected) << 2];
    }
  }

  /** Nothing is added from now on; returns the set itself. */
  public SmallSet<T> freeze() {
    frozen = true;
    return this;
  }

  /**
   * Adds an element.
   *
   * @throws UnsupportedOperationException if the set is frozen
   */
  @Override
  public boolean add(T element) {
    if (frozen) {
      throw new UnsupportedOperationException("the set is frozen");
    }
    int hashOfElement = element.hashCode();
    if (places == null && size == FEW) {
      tabulate(TABLE);
    }
    int[] table = places;
    if (table == null) {
      if (indexOf(element) >= 0) {
        return false;
      }
      append(element, hashOfElement);
      return true;
    }
    int slot = slot(table, element, hashOfElement);
    if (table[slot] != 0) {
      return false;
    }
    append(element, hashOfElement);
    table[slot] = size;
    if (2 * size > table.length) {
      tabulate(2 * table.length);
    }
    return true;
  }

  private void append(T element, int hashOfElement) {
    if (size == elements.length) {
      elements = Arrays.copyOf(elements, Math.max(FEW, 2 * size));
    }
    elements[size++] = element;
    hash += hashOfElement;
  }

  private void tabulate(int length) {
    int[] table = new int[length];
    for (int i = 0; i < size; i++) {
      table[slot(table, elements[i], elements[i].hashCode())] = i + 1;
    }
    places = table;
  }

  /** Where an element is, or would be. */
  private int slot(int[] table, Object element, int hashOfElement) {
    int mask = table.length - 1;
    int slot = ((hashOfElement * 0x9e3779b9) >>> 16) & mask;
    while (table[slot] != 0 && !elements[table[slot] - 1].equals(element)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private int indexOf(Object element) {
    for (int i = 0; i < size; i++) {
      if (elements[i].equals(element)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public boolean contains(@Nullable Object element) {
    if (element == null) {
      return false;
    }
    int[] table = places;
    return table == null
        ? indexOf(element) >= 0
        : table[slot(table, element, element.hashCode())] != 0;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (other instanceof SmallSet<?> set && size == set.size && hash == set.hash) {
      return sameInOrder(set) || containsAll(set);
    }
    return super.equals(other);
  }

  /** So are the sets of decisions that went the same way. */
  private boolean sameInOrder(SmallSet<?> set) {
    return Arrays.equals(elements, 0, size, set.elements, 0, size);
  }

  @Override
  public Iterator<T> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < size;
      }

      @Override
      @SuppressWarnings("unchecked") // only such are added
      public T next() {
        if (next >= size) {
          throw new NoSuchElementException();
        }
        return (T) elements[next++];
      }
    };
  }
}
