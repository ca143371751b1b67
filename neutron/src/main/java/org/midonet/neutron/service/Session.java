package org.midonet.neutron.service;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.extension.Catalog;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceDefinition;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.resource.ValueType;
import org.midonet.neutron.store.Transaction;

/**
 * One request's work in one transaction: reads and writes resources through their services and
 * remembers the changes for the listeners. Not to be shared between threads.
 */
public final class Session {
  private final Transaction transaction;
  private final RequestContext context;
  private final Catalog catalog;
  private final Services services;
  private final List<ChangeListener> listeners;
  private final Tables tables;
  private final State state;
  private final Map<Class<?>, Object> memo = new HashMap<>();

  /** What a session shares with the elevated views of itself. */
  private static final class State {
    final List<Change> changes = new ArrayList<>();
    final List<Change> topLevelCreates = new ArrayList<>();
    final Map<String, Resource> rows = new HashMap<>();
    final SortedMap<Usage, Long> usage = new TreeMap<>();
    final List<Consumer<Session>> undoings = new ArrayList<>();
    final List<Runnable> followUps = new ArrayList<>();
    int depth;
  }

  Session(
      Transaction transaction,
      RequestContext context,
      Catalog catalog,
      Services services,
      List<ChangeListener> listeners) {
    this(transaction, context, catalog, services, listeners, new State());
  }

  private Session(
      Transaction transaction,
      RequestContext context,
      Catalog catalog,
      Services services,
      List<ChangeListener> listeners,
      State state) {
    this.transaction = transaction;
    this.context = context;
    this.catalog = catalog;
    this.services = services;
    this.listeners = listeners;
    this.tables = new Tables(catalog, transaction);
    this.state = state;
  }

  /** Who asks. */
  public RequestContext context() {
    return context;
  }

  /** What was computed for this caller in this session before, or is now. */
  public <T> T memo(Class<T> type, Supplier<T> computation) {
    Object known = memo.get(type);
    if (known == null) {
      known = computation.get();
      memo.put(type, known);
    }
    return type.cast(known);
  }

  /** The same session with administrator's rights. */
  public Session elevated() {
    return as(context.elevated());
  }

  /** The same session for another context. */
  public Session as(RequestContext other) {
    return other.equals(context)
        ? this
        : new Session(transaction, other, catalog, services, listeners, state);
  }

  /** The loaded extensions and definitions. */
  public Catalog catalog() {
    return catalog;
  }

  /** The transaction, for tables that are not resources. */
  public Transaction transaction() {
    return transaction;
  }

  /** The rows, without visibility and computed attributes. */
  public Tables tables() {
    return tables;
  }

  /** The definition of a type. */
  public ResourceDefinition definition(ResourceType type) {
    return catalog.definition(type);
  }

  /** Begins the input of a create by the server itself: defaults of POST filled in. */
  public Resource.Builder draft(ResourceType type) {
    ResourceDefinition definition = catalog.definition(type);
    Resource.Builder draft = Resource.builder(definition);
    for (Attribute<?> attribute : definition.attributes()) {
      if (attribute.onCreate()) {
        draft.set(attribute, attribute.defaultValue());
      }
    }
    return draft;
  }

  /** Begins the changes of an update by the server itself. */
  public Resource.Builder changes(ResourceType type) {
    return Resource.builder(catalog.definition(type));
  }

  /** Finds a resource the context may see, with computed attributes. */
  public Optional<Resource> find(ResourceType type, String id) {
    return services.of(type).find(this, id).map(this::view);
  }

  /**
   * A row the context may see, without its computed attributes; a 404 if there is none. Read once
   * in a session until it changes, for those who only need to know what a resource depends on.
   */
  public Resource row(ResourceType type, String id) {
    String key = type.name() + id;
    Resource known = state.rows.get(key);
    Resource row =
        known != null ? known : tables.find(type, id).orElseThrow(() -> type.notFound(id));
    if (!services.of(type).visible(this, row)) {
      throw type.notFound(id);
    }
    state.rows.put(key, row);
    return row;
  }

  private void forget(Resource row) {
    state.rows.remove(row.definition().name() + row.id());
  }

  /** Finds a resource of a type known by name only; nothing if its extension is not loaded. */
  public Optional<Resource> findNamed(String typeName, String id) {
    return catalog.find(typeName).flatMap(definition -> find(definition.type(), id));
  }

  /** A resource the context may see, with computed attributes; a 404 if there is none. */
  public Resource get(ResourceType type, String id) {
    return find(type, id).orElseThrow(() -> type.notFound(id));
  }

  /** Lists what the context may see, with computed attributes. */
  public List<Resource> list(ResourceType type, ListQuery query) {
    List<Resource> all = new ArrayList<>();
    list(type, query, all::add);
    return all;
  }

  /** Lists the same one by one, in order, which needs no memory for all of a long list. */
  public void list(ResourceType type, ListQuery query, Consumer<Resource> each) {
    services.of(type).list(this, query, part -> view(type, part).forEach(each));
  }

  /** Lists rows that satisfy a condition, whoever they belong to, with computed attributes. */
  public List<Resource> list(ResourceType type, Condition condition) {
    return view(type, tables.list(type, condition));
  }

  /** Makes a resource by its service and the hooks, and tells the listeners. */
  public Resource create(ResourceType type, Resource input) {
    int others = state.followUps.size();
    state.depth++;
    try {
      Resource prepared = input;
      for (Hook hook : services.hooks(type)) {
        prepared = hook.creating(this, prepared);
      }
      Resource made = services.of(type).create(this, prepared);
      for (Hook hook : services.hooks(type)) {
        hook.created(this, made);
      }
      Resource viewed = view(made);
      Change change = new Change(Operation.CREATE, type, null, viewed, Map.of());
      if (state.depth == 1) {
        state.topLevelCreates.add(change);
      }
      changed(change);
      followUp(others);
      return viewed;
    } finally {
      state.depth--;
    }
  }

  /**
   * Does work that builds on the resource that is being created, once the listeners were told of
   * it. For services.
   */
  public void afterwards(Runnable work) {
    state.followUps.add(work);
  }

  /** Does what was put off since there were so many others. */
  private void followUp(int others) {
    List<Runnable> due = state.followUps.subList(others, state.followUps.size());
    List<Runnable> mine = List.copyOf(due);
    due.clear();
    mine.forEach(Runnable::run);
  }

  /** Changes a resource by its service and the hooks, and tells the listeners. */
  public Resource update(Resource current, Resource changes) {
    ResourceType type = current.definition().type();
    state.depth++;
    try {
      Resource prepared = changes;
      for (Hook hook : services.hooks(type)) {
        prepared = hook.updating(this, current, prepared);
      }
      Resource stored = services.of(type).update(this, current, prepared);
      for (Hook hook : services.hooks(type)) {
        hook.updated(this, current, stored);
      }
      Resource viewed = view(stored);
      changed(new Change(Operation.UPDATE, type, current, viewed, Map.of()));
      return viewed;
    } finally {
      state.depth--;
    }
  }

  /** Removes a resource by its service and the hooks, and tells the listeners. */
  public void delete(Resource current) {
    ResourceType type = current.definition().type();
    state.depth++;
    try {
      services.hooks(type).forEach(hook -> hook.deleting(this, current));
      services.of(type).delete(this, current);
      changed(new Change(Operation.DELETE, type, current, null, Map.of()));
    } finally {
      state.depth--;
    }
  }

  /**
   * Does work of the server's own that consists of several operations, so that none of them counts
   * as asked for.
   */
  public <T> T composed(Supplier<T> work) {
    state.depth++;
    try {
      return work.get();
    } finally {
      state.depth--;
    }
  }

  /** Whether the present operation is part of another one, not asked for by the caller. */
  public boolean isPart() {
    return state.depth > 1;
  }

  /**
   * Tells the listeners of a change: at once inside the transaction, and again after the commit.
   */
  public void changed(Change change) {
    for (ChangeListener listener : listeners) {
      listener.precommit(this, change);
    }
    state.changes.add(change);
  }

  /**
   * Adds a row: identifier if unset, revision 1, timestamps. For services; no hook or listener
   * hears of it.
   */
  public Resource insert(Resource input) {
    String now = now();
    Resource.Builder row = input.toBuilder();
    if (!input.has(Standard.ID)) {
      row.set(Standard.ID, ValueType.newId());
    }
    row.set(Standard.REVISION_NUMBER, 1L)
        .set(Standard.CREATED_AT, now)
        .set(Standard.UPDATED_AT, now)
        .set(Standard.TENANT_ID, row.raw(Standard.PROJECT_ID));
    Resource stored = row.build();
    tables.insert(stored);
    count(stored.projectId(), stored.definition().name(), 1);
    return stored;
  }

  /** Writes the changes to the row, if there are any, and counts a revision. For services. */
  public Resource store(Resource current, Resource changes) {
    Resource merged = current.merge(changes);
    boolean differs =
        merged.definition().attributes().stream()
            .anyMatch(a -> a.stored() && merged.differs(current, a));
    return differs ? write(current, merged) : merged;
  }

  /** Writes more of a row that this request just made; its revision stays. For services. */
  public Resource amend(Resource current, Resource changes) {
    Resource merged = current.merge(changes);
    tables.update(current, merged);
    forget(merged);
    return merged;
  }

  /** Counts a revision of a row whose parts changed, and returns it as it is then. For services. */
  public Resource touch(Resource current) {
    return write(current, current);
  }

  /** Counts a revision of the row of that identifier, if it exists. For services. */
  public void touch(ResourceType type, String id) {
    tables.find(type, id).ifPresent(this::touch);
  }

  private Resource write(Resource current, Resource merged) {
    Resource.Builder row = merged.toBuilder();
    Long revision = current.find(Standard.REVISION_NUMBER);
    if (revision != null) {
      row.set(Standard.REVISION_NUMBER, revision + 1).set(Standard.UPDATED_AT, now());
    }
    Resource stored = row.build();
    tables.update(current, stored);
    forget(stored);
    return stored;
  }

  /** Removes the row. For services; no hook or listener hears of it. */
  public void remove(Resource current) {
    int removed = tables.delete(current.definition().type(), current.id());
    count(current.projectId(), current.definition().name(), -removed);
    forget(current);
  }

  /**
   * Counts what a project has more, or less. Rows inserted and removed are counted already; this is
   * for what has no such row.
   *
   * @param project empty for none: then nothing is counted
   * @param resource as in {@code rbac_policy}
   */
  public void count(String project, String resource, long more) {
    if (!project.isEmpty() && more != 0) {
      state.usage.merge(
          new Usage(project, resource), more, (a, b) -> a + b == 0 ? null : Long.valueOf(a + b));
    }
  }

  SortedMap<Usage, Long> usage() {
    return state.usage;
  }

  /** The row with its computed attributes. */
  public Resource view(Resource row) {
    return view(row.definition().type(), List.of(row)).getFirst();
  }

  /** The rows with their computed attributes. */
  public List<Resource> view(ResourceType type, List<Resource> rows) {
    if (rows.isEmpty()) {
      return rows;
    }
    List<Resource.Builder> builders = new ArrayList<>(rows.size());
    rows.forEach(row -> builders.add(row.toBuilder()));
    services.of(type).derive(this, builders);
    services.hooks(type).forEach(hook -> hook.derive(this, builders));
    List<Resource> viewed = new ArrayList<>(rows.size());
    builders.forEach(builder -> viewed.add(builder.build()));
    return viewed;
  }

  /**
   * Says how to take back what the present operation does besides creating what was asked for: run
   * in a session of its own, with administrator's rights, if a listener refuses a CREATE or an
   * ADD_INTERFACE after the commit.
   */
  public void undoneBy(Consumer<Session> undoing) {
    state.undoings.add(undoing);
  }

  /** What was changed so far, in order. */
  public List<Change> changes() {
    return Collections.unmodifiableList(state.changes);
  }

  List<Consumer<Session>> undoings() {
    return state.undoings;
  }

  List<Change> topLevelCreates() {
    return state.topLevelCreates;
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
