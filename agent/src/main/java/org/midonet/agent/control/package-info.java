/**
 * How programs on this host speak with the agent: HTTP over a unix socket that root alone may open,
 * as MidoNet's {@code mm-ctl} does (spec/midonet.md 1.6). {@link
 * org.midonet.agent.control.ControlSocket} answers, {@link org.midonet.agent.control.ControlClient}
 * asks. The agent and the {@code midonet} command call them.
 */
@NullMarked
package org.midonet.agent.control;

import org.jspecify.annotations.NullMarked;
