package org.midonet.neutron.resource;

/** The attributes that many resources share (API reference, "standard attributes"). */
public final class Standard {
  /** The identifier, a UUID unless a resource says otherwise. */
  public static final Attribute<String> ID =
      Attribute.string("id").validate(Validators::uuid).queryable().build();

  /**
   * The owner's project, the name used since API v2.0's early days; always equal to {@link
   * #PROJECT_ID}.
   */
  public static final Attribute<String> TENANT_ID =
      Attribute.derived("tenant_id", ValueType.STRING)
          .column("project_id")
          .onCreate(Resource.UNSET)
          .validate(Validators.string(255))
          .requiredByPolicy()
          .queryable()
          .build();

  /** The owner's project (alias {@code project-id}). */
  public static final Attribute<String> PROJECT_ID =
      Attribute.string("project_id")
          .onCreate(Resource.UNSET)
          .validate(Validators.string(255))
          .requiredByPolicy()
          .queryable()
          .build();

  /** The name, not unique, empty by default. */
  public static final Attribute<String> NAME =
      Attribute.string("name")
          .onCreate("")
          .onUpdate()
          .validate(Validators.string(255))
          .queryable()
          .build();

  /** Free text (alias {@code standard-attr-description}). */
  public static final Attribute<String> DESCRIPTION =
      Attribute.string("description")
          .onCreate("")
          .onUpdate()
          .validate(Validators.string(255))
          .queryable()
          .build();

  /** Whether the administrator wants it up. */
  public static final Attribute<Boolean> ADMIN_STATE_UP =
      Attribute.bool("admin_state_up").onCreate(true).onUpdate().queryable().build();

  /** What it is now: ACTIVE, DOWN, BUILD or ERROR. */
  public static final Attribute<String> STATUS = Attribute.string("status").queryable().build();

  /** Counts the changes, from 1 (alias {@code standard-attr-revisions}). */
  public static final Attribute<Long> REVISION_NUMBER =
      Attribute.integer("revision_number").queryable().build();

  /** When it was made, UTC, ISO 8601 to the second (alias {@code standard-attr-timestamp}). */
  public static final Attribute<String> CREATED_AT =
      Attribute.string("created_at").queryable().build();

  /** When it was last changed, UTC, ISO 8601 to the second. */
  public static final Attribute<String> UPDATED_AT =
      Attribute.string("updated_at").queryable().build();

  private Standard() {}
}
