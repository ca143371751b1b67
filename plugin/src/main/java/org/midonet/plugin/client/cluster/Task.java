package org.midonet.plugin.client.cluster;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code midonet_tasks}: one thing for an importer to do, in the order of the ids.
 * Immutable, safe to share between threads.
 *
 * @param id its place in the order
 * @param type CREATE, UPDATE, DELETE or FLUSH
 * @param tenantId the project of the one who asked; null for the server's own
 * @param dataType what kind of object, such as NETWORK; null for FLUSH
 * @param data the whole object as JSON; null for DELETE
 * @param resourceId the object's id
 * @param transactionId the request's id; rows of one request share it
 * @param createdAt UTC
 */
public record Task(
    int id,
    String type,
    @Nullable String tenantId,
    @Nullable String dataType,
    @Nullable String data,
    @Nullable String resourceId,
    String transactionId,
    LocalDateTime createdAt) {

  public static final String CREATE = "CREATE";
  public static final String UPDATE = "UPDATE";
  public static final String DELETE = "DELETE";

  /** A task to be: what {@link TaskTable#append} adds place and time to. */
  public record Draft(String type, String dataType, @Nullable String data, String resourceId) {}
}
