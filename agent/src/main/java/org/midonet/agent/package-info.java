/**
 * The agent: what makes the virtual networks real on a Linux host. The program starts {@link
 * org.midonet.agent.Agent} beside the API or by itself.
 */
@NullMarked
package org.midonet.agent;

import org.jspecify.annotations.NullMarked;
