/** Networks: the resource, its provider attributes and its rules. */
@NullMarked
package org.midonet.neutron.network;

import org.jspecify.annotations.NullMarked;
