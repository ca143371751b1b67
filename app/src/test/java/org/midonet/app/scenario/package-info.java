/**
 * What forwards, tried with real packets: the program in a network namespace that is the host,
 * other namespaces as machines, and ordinary tools in them. Each class is a part of what the agent
 * promises, each test a network of its own.
 */
@NullMarked
package org.midonet.app.scenario;

import org.jspecify.annotations.NullMarked;
