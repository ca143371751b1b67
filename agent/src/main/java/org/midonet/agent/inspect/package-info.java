/**
 * What people see of an agent at work: its flows, who talks, and packets as they are decided.
 * {@link org.midonet.agent.control} answers with it.
 */
@NullMarked
package org.midonet.agent.inspect;

import org.jspecify.annotations.NullMarked;
