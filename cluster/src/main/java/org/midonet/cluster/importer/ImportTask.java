package org.midonet.cluster.importer;

import org.jspecify.annotations.Nullable;

/**
 * One thing for the importer to do. Immutable, safe to share between threads.
 *
 * @param id its place in the order, from 1
 * @param type CREATE, UPDATE, DELETE or FLUSH
 * @param dataType what kind of object, such as NETWORK; null for FLUSH
 * @param data the whole object as JSON; null for DELETE
 * @param resourceId the object's id
 * @param request the id of the request that it is of, cut off after 40 characters; empty where that
 *     is of no matter
 */
public record ImportTask(
    int id,
    String type,
    @Nullable String dataType,
    @Nullable String data,
    @Nullable String resourceId,
    String request) {

  /** The task in a few words, for messages. */
  @Override
  public String toString() {
    return "task " + id + " (" + type + " " + dataType + " " + resourceId + ")";
  }
}
