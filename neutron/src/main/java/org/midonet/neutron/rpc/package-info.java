/**
 * oslo.messaging RPC over RabbitMQ: how Neutron's agents talk to this server and it to them.
 *
 * <p>{@link org.midonet.neutron.rpc.Messaging} is opened once by the program when {@code
 * transport_url} is set; the domain packages hand it {@link org.midonet.neutron.rpc.RpcEndpoint}s
 * to serve and call agents through {@link org.midonet.neutron.rpc.RpcClient}. Nothing here knows
 * what an agent or a network is.
 *
 * <p>On the wire (AMQP 0-9-1, oslo.messaging 14): a topic exchange named by {@code
 * control_exchange}; a server for topic {@code T} on host {@code H} consumes the queues {@code T},
 * {@code T.H} and {@code T_fanout_<hex>}, the last bound to the exchange {@code T_fanout}; answers
 * go through the default exchange to the queue {@code reply_<hex>} the caller named.
 */
@NullMarked
package org.midonet.neutron.rpc;

import org.jspecify.annotations.NullMarked;
