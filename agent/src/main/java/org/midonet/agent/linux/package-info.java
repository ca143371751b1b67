/**
 * System calls that the JDK does not have, by the Foreign Function and Memory API: file
 * descriptors, mapped memory, epoll, links by rtnetlink, packet sockets, network namespaces. The
 * datapath and the agent's host bindings call it.
 */
@NullMarked
package org.midonet.agent.linux;

import org.jspecify.annotations.NullMarked;
