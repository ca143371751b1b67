/**
 * Runs the whole program as an operator would and lets foreign programs use it: tempest, the
 * openstack command line, openstacksdk, and requests recorded from the reference server.
 *
 * <p>{@code Deployment} starts keystone, RabbitMQ, agents and our server once for all test classes
 * of a run; the scripts in {@code conformance/bin} do the work and serve people as well.
 */
@NullMarked
package org.midonet.conformance;

import org.jspecify.annotations.NullMarked;
