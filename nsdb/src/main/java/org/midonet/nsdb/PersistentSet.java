package org.midonet.nsdb;

import java.util.AbstractSet;
import java.util.Iterator;

/**
 * A set that never changes; one with an element more or less shares with it what is the same.
 * Immutable, safe to share.
 */
final class PersistentSet<E> extends AbstractSet<E> {
  private static final PersistentSet<?> EMPTY = new PersistentSet<>(Trie.empty(), 0);

  private final Trie root;
  private final int size;

  private PersistentSet(Trie root, int size) {
    this.root = root;
    this.size = size;
  }

  @SuppressWarnings("unchecked") // there is nothing in it
  static <E> PersistentSet<E> empty() {
    return (PersistentSet<E>) EMPTY;
  }

  /** This set with the element. */
  PersistentSet<E> plus(E element) {
    return contains(element)
        ? this
        : new PersistentSet<>(root.plus(element, element, Trie.hash(element), 0), size + 1);
  }

  /** This set without the element. */
  @SuppressWarnings("ReferenceEquality") // so that what does not change is shared
  PersistentSet<E> minus(Object element) {
    Trie changed = root.minus(element, Trie.hash(element), 0);
    return changed == root ? this : new PersistentSet<>(changed, size - 1);
  }

  @Override
  public boolean contains(Object element) {
    return root.find(element, Trie.hash(element), 0) != null;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  @SuppressWarnings("unchecked") // elements come in by plus alone
  public Iterator<E> iterator() {
    return (Iterator<E>) new Trie.Keys(root);
  }
}
