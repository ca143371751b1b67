package org.midonet.neutron.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One option of {@code neutron.conf}, as data; immutable.
 *
 * @param group the section it stands in, spelt as in the sample
 * @param name the key
 * @param type how its text is read
 * @param defaultValue what holds when no file sets it, null when there is no default
 * @param help what it means, in whole sentences
 * @param collects whether every assignment counts (oslo.config's multi-valued options) or only the
 *     last
 * @param formerNames where else it may stand; using one is warned about
 */
public record Option<T>(
    String group,
    String name,
    OptionType<T> type,
    @Nullable T defaultValue,
    String help,
    boolean collects,
    List<OptionName> formerNames) {

  static <T> Option<T> of(
      String group, String name, OptionType<T> type, @Nullable T defaultValue, String help) {
    return new Option<>(group, name, type, defaultValue, help, false, List.of());
  }

  /** The same option with every assignment counted; {@code type} parses one of them. */
  Option<T> asCollecting() {
    return new Option<>(group, name, type, defaultValue, help, true, formerNames);
  }

  Option<T> formerly(String oldGroup, String oldName) {
    List<OptionName> names = new ArrayList<>(formerNames);
    names.add(new OptionName(oldGroup, oldName));
    return new Option<>(group, name, type, defaultValue, help, collects, List.copyOf(names));
  }

  /**
   * The same option read from another section, as {@code auth_section} and {@code [cors.x]} ask
   * for.
   */
  Option<T> in(String otherGroup) {
    List<OptionName> names =
        formerNames.stream()
            .map(old -> isHere(old) ? new OptionName(otherGroup, old.key()) : old)
            .toList();
    return new Option<>(otherGroup, name, type, defaultValue, help, collects, names);
  }

  OptionName key() {
    return new OptionName(group, name);
  }

  /** The present name, then the former ones. */
  List<OptionName> names() {
    List<OptionName> names = new ArrayList<>();
    names.add(key());
    names.addAll(formerNames);
    return names;
  }

  /** Whether the value must never be shown. */
  boolean secret() {
    return type.secret();
  }

  /** The default as it would stand in a file, null when there is none. */
  @Nullable String defaultText() {
    return defaultValue == null ? null : type.format(defaultValue);
  }

  private boolean isHere(OptionName old) {
    return old.group().equals(OptionName.normalizeGroup(group));
  }
}
