/**
 * What an agent does for load balancers beside forwarding: it probes the members of pools, and
 * tells what pools have served. The agent starts both.
 */
@NullMarked
package org.midonet.agent.balance;

import org.jspecify.annotations.NullMarked;
