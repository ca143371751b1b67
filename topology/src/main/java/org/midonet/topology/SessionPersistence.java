package org.midonet.topology;

/** How connections of one client are kept on one member. */
public enum SessionPersistence {
  SOURCE_IP,
  HTTP_COOKIE
}
