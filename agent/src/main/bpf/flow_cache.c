// SPDX-License-Identifier: Apache-2.0
//
// The flow cache: each packet that enters a device of the datapath is looked up by what the flow key tells of it and
// gets the actions found, or goes up a ring buffer to the agent. See docs/datapath.md. Only helpers that are free for any
// licence are used. The layouts of keys, values and records are those of org.midonet.agent.datapath.ebpf.
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <stdbool.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define ETHERNET 14
#define INPUT_TUNNEL 0x80000000u
#define INPUT_MASK 0x00ffffffu

// The mark of a packet that the agent sends in by its own device: an input to look it up as if from there, or a group.
#define MARK_GROUP 0x40000000u
#define MARK_GROUP_MASK 0x3fffffffu

#define TCP_FIN 0x01
#define TCP_SYN 0x02
#define TCP_RST 0x04
#define TCP_ACK 0x10

#define TAGGED 0x1000
#define SERVICE_TAGGED 0x2000

#define MAX_PORTS 16384
#define FLOW_OPS 8
#define NOTE 512
#define TURNS 256
#define GROUP_OPS 64

enum device_kind { DEVICE_PORT = 1, DEVICE_TUNNEL = 2, DEVICE_AGENT = 3 };
enum fragment { FRAGMENT_NONE, FRAGMENT_FIRST, FRAGMENT_LATER };
enum reason { REASON_MISS, REASON_ALWAYS, REASON_TTL, REASON_MTU };
enum counter {
  HITS,
  MISSES,
  RATE_LIMITED,
  RING_FULL,
  MALFORMED,
  TOO_LONG,
  NO_PORT,
  DROPPED,
  ERRORS,
  BEGUN,
  COUNTERS
};

enum op_kind {
  OP_END,
  OP_OUTPUT,
  OP_TUNNEL,
  OP_ETHER,
  OP_IP4,
  OP_IP6_SOURCE,
  OP_IP6_DESTINATION,
  OP_PORTS,
  OP_ICMP_ID,
  OP_TTL,
  OP_MTU,
  OP_SET_VLAN,
  OP_POP_VLAN,
  OP_GROUP,
  OP_DSCP,
};

struct flow_key {
  __u32 input;
  __u8 destination[6];
  __u8 source[6];
  __u16 vlan;
  __u16 ether_type;
  __u8 protocol;
  __u8 traffic_class;
  __u8 fragment;
  __u8 zero;
  __u16 source_port;
  __u16 destination_port;
  __u32 ip_source[4];
  __u32 ip_destination[4];
};

struct op {
  __u8 kind;
  __u8 last;  // of outputs: nothing follows, so the packet itself may go
  __u16 argument;
  __u32 data[4];
};

struct flow {
  __u64 packets;
  __u64 bytes;
  __u64 last_used;
  __u64 made;
  __u32 generation;
  __u32 count;
  __u32 tcp_flags;    // see note_tcp
  __u32 slot;         // of the template that it was made by, 0 if the agent made it
  __u16 client_port;  // of such a flow: of who began the connection
  __u16 turn;         // likewise: the variant, and WAY_BACK
  struct op ops[FLOW_OPS];
};
#define WAY_BACK 0x8000

// How connections begin without the agent, by the key of their first packet with source port 0.
struct template {
  __u64 begun;
  __u32 slot;
  __u32 serial;  // what the word of the slot is while it is good
  __u32 turns;   // how many of the order there are
  __u32 payer;   // whose credit it takes beside that of all, 0 for nobody's
  __u32 cost;
  __u32 start;        // whose turn is first
  __u8 order[TURNS];  // the variants that connections take in turn
};

// The flows of both ways, complete but for the client's port.
struct variant {
  struct flow there;
  struct flow back;
  struct flow_key back_key;
  struct flow_key there_key;  // for a successor of the agent
  __u8 there_ports;  // which op sets ports, the source from the client's; FLOW_OPS if none does
  __u8 back_ports;   // the same, the destination
  __u16 note_length;
  __u8 note[NOTE];  // the agent's own
};

struct group {
  __u32 count;
  __u32 next;
  struct op ops[GROUP_OPS];
};

struct device {
  __u32 kind;
  __u32 port;
};

struct port {
  __u32 ifindex;  // 0: not attached
  __u32 peer;     // the other end of the veth pair is in another namespace: deliver there at once
  __u64 cost;     // of a miss, in ns; 0: no limit
  __u64 depth;    // of the bucket, in ns
  __u64 next;     // when the bucket is full again
};

struct control {
  __u32 ipv6_checksum_flag;  // BPF_F_IPV6 where the kernel knows it
};

struct upcall {
  __u64 time;
  __u32 length;
  __u32 captured;
  __u32 input;
  __u32 remote;
  __u16 gso_size;
  __u16 vlan_tci;
  __u16 vlan_protocol;
  __u8 reason;
  __u8 from_agent;
  struct flow_key key;
  __u32 zero;
};

// Maps are made by the agent, which knows their types and sizes; here they only have names.
#define MAP(name) \
  struct {        \
    __u32 unused; \
  } name SEC(".maps")
MAP(flows);
MAP(groups);
MAP(devices);
MAP(ports);
MAP(control);
MAP(counters);
MAP(upcalls);
MAP(programs);
MAP(words);  // by slot: the generation of its flows; a flow of another one is none
MAP(templates);
MAP(variants);
MAP(credits);  // by port, and of all together
MAP(scratch);

// What is known of the packet at hand.
struct packet {
  __u32 l3;  // where the IP header begins
  __u32 l4;
  __u8 version;  // 4, 6, or 0 if it is not IP
  __u8 protocol;
  __u8 fragment;
  __u8 has_ports;  // the transport header is there, at least 8 octets of it
};

static __always_inline void count(__u32 which) {
  __u64 *value = bpf_map_lookup_elem(&counters, &which);
  if (value) (*value)++;
}

// ---- reading ------------------------------------------------------------------------------------------------------

static __always_inline bool parse_ipv4(struct __sk_buff *skb, struct packet *p, struct flow_key *key) {
  __u8 *data = (void *)(long)skb->data;
  void *end = (void *)(long)skb->data_end;
  if ((void *)data + ETHERNET + 20 > end) return false;
  __u8 *ip = data + ETHERNET;
  __u32 header = (ip[0] & 0xf) * 4;
  if ((ip[0] & 0xf0) != 0x40 || header < 20 || skb->len < ETHERNET + header) return false;
  __u16 offset = (__u16)ip[6] << 8 | ip[7];
  p->fragment = offset & 0x1fff ? FRAGMENT_LATER : offset & 0x2000 ? FRAGMENT_FIRST : FRAGMENT_NONE;
  p->version = 4;
  p->protocol = ip[9];
  p->l4 = ETHERNET + header;
  key->traffic_class = ip[1] & 0xfc;
  __builtin_memcpy(&key->ip_source[0], ip + 12, 4);
  __builtin_memcpy(&key->ip_destination[0], ip + 16, 4);
  return true;
}

static __always_inline bool is_extension(__u8 protocol) {
  return protocol == 0 || protocol == 43 || protocol == 44 || protocol == 60;
}

static __always_inline bool parse_ipv6(struct __sk_buff *skb, struct packet *p, struct flow_key *key) {
  __u8 *data = (void *)(long)skb->data;
  void *end = (void *)(long)skb->data_end;
  if ((void *)data + ETHERNET + 40 > end) return false;
  __u8 *ip = data + ETHERNET;
  if ((ip[0] & 0xf0) != 0x60) return false;
  p->version = 6;
  key->traffic_class = ((ip[0] << 4) | (ip[1] >> 4)) & 0xfc;
  __builtin_memcpy(key->ip_source, ip + 8, 16);
  __builtin_memcpy(key->ip_destination, ip + 24, 16);
  __u8 protocol = ip[6];
  __u32 at = ETHERNET + 40;
  for (int i = 0; i < 6; i++) {
    __u8 extension[4];
    if (!is_extension(protocol) || p->fragment == FRAGMENT_LATER) break;
    if (skb->len < at + 8 || bpf_skb_load_bytes(skb, at, extension, 4)) return false;
    if (protocol == 44) {
      __u16 offset = (__u16)extension[2] << 8 | extension[3];
      p->fragment = offset & 0xfff8 ? FRAGMENT_LATER : offset & 1 ? FRAGMENT_FIRST : FRAGMENT_NONE;
      at += 8;
    } else {
      at += ((__u32)extension[1] + 1) * 8;
    }
    protocol = extension[0];
  }
  p->protocol = protocol;
  p->l4 = at;
  return true;
}

static __always_inline bool has_port_numbers(__u8 protocol) {
  return protocol == 6 || protocol == 17 || protocol == 33 || protocol == 132 || protocol == 136;
}

// Whether a packet of this ICMP type always comes up: errors and neighbour discovery.
static __always_inline bool icmp_comes_up(__u8 protocol, __u8 type) {
  if (protocol == 1) return (type >= 3 && type <= 5) || type == 11 || type == 12;
  return (type >= 1 && type <= 4) || (type >= 133 && type <= 137);
}

static __always_inline bool is_echo(__u8 protocol, __u8 type) {
  return protocol == 1 ? type == 0 || type == 8 : type == 128 || type == 129;
}

// Reads the ports into the key; tells whether such a packet always comes up.
static __always_inline bool parse_ports(struct __sk_buff *skb, struct packet *p, struct flow_key *key) {
  __u8 head[8];
  if (p->fragment == FRAGMENT_LATER || skb->len < p->l4 + 8 || bpf_skb_load_bytes(skb, p->l4, head, 8)) return false;
  p->has_ports = 1;
  if (has_port_numbers(p->protocol)) {
    key->source_port = (__u16)head[0] << 8 | head[1];
    key->destination_port = (__u16)head[2] << 8 | head[3];
  } else if (p->protocol == 1 || p->protocol == 58) {
    key->source_port = (__u16)head[0] << 8 | head[1];
    if (is_echo(p->protocol, head[0])) key->destination_port = (__u16)head[4] << 8 | head[5];
    return icmp_comes_up(p->protocol, head[0]);
  }
  return false;
}

// Reads the packet. Returns the reason for which it comes up whatever flows there are, REASON_MISS if there is none,
// or -1 if a header is cut short or wrong.
static __noinline int parse(struct __sk_buff *skb, struct packet *p, struct flow_key *key) {
  if ((void *)(long)skb->data + ETHERNET + 40 > (void *)(long)skb->data_end)
    bpf_skb_pull_data(skb, skb->len < ETHERNET + 40 ? skb->len : ETHERNET + 40);
  __u8 *data = (void *)(long)skb->data;
  if ((void *)data + ETHERNET > (void *)(long)skb->data_end) return -1;
  __builtin_memcpy(key->destination, data, 6);
  __builtin_memcpy(key->source, data + 6, 6);
  __u16 type = (__u16)data[12] << 8 | data[13];
  if (skb->vlan_present)
    key->vlan = (skb->vlan_tci & 0xfff) | (skb->vlan_proto == bpf_htons(0x88a8) ? SERVICE_TAGGED : TAGGED);
  key->ether_type = type;
  p->l3 = ETHERNET;
  if (type == 0x0806) return REASON_ALWAYS;
  if (type == 0x0800) {
    if (!parse_ipv4(skb, p, key)) return -1;
  } else if (type == 0x86dd) {
    if (!parse_ipv6(skb, p, key)) return -1;
  } else {
    return REASON_MISS;
  }
  key->protocol = p->protocol;
  key->fragment = p->fragment;
  return parse_ports(skb, p, key) ? REASON_ALWAYS : REASON_MISS;
}

// ---- going up -----------------------------------------------------------------------------------------------------

// What a miss of a length takes: as much more as it takes room in the ring, so that one port's burst fills but a part.
static __always_inline __u64 share(__u32 length) { return length <= 160 ? 1 : length <= 1952 ? 4 : 128; }

// Takes a miss from the port's bucket: what "next" is ahead of now is how much has been taken.
static __always_inline bool may_come_up(__u32 number, __u64 now, __u32 length) {
  struct port *port = bpf_map_lookup_elem(&ports, &number);
  if (!port || !port->cost) return true;
  __u64 next = port->next;
  if (next < now) next = now;
  if (next - now > port->depth) return false;
  port->next = next + port->cost * share(length);
  return true;
}

#define RESERVE(size)                                                                                            \
  static __noinline int upcall_##size(struct __sk_buff *skb, struct upcall *head) {                              \
    __u8 *record = bpf_ringbuf_reserve(&upcalls, sizeof(struct upcall) + size, 0);                               \
    if (!record) {                                                                                               \
      count(RING_FULL);                                                                                          \
      return 0;                                                                                                  \
    }                                                                                                            \
    __u32 length = head->length;                                                                                 \
    __builtin_memcpy(record, head, sizeof(struct upcall));                                                       \
    if (length < 1 || length > size || bpf_skb_load_bytes(skb, 0, record + sizeof(struct upcall), length)) {     \
      count(ERRORS);                                                                                             \
      bpf_ringbuf_discard(record, 0);                                                                            \
      return 0;                                                                                                  \
    }                                                                                                            \
    bpf_ringbuf_submit(record, 0);                                                                               \
    return 0;                                                                                                    \
  }
RESERVE(160)
RESERVE(1952)
RESERVE(65632)

static __noinline int come_up(struct __sk_buff *skb, struct flow_key *key, __u32 reason, __u32 remote, bool from_agent) {
  __u64 now = bpf_ktime_get_ns();
  __u32 number = key->input & INPUT_TUNNEL ? 0 : key->input;
  if (!may_come_up(number, now, skb->len)) {
    count(RATE_LIMITED);
    return TC_ACT_SHOT;
  }
  struct upcall head = {};
  head.time = now;
  head.length = skb->len;
  head.captured = skb->len;
  head.input = key->input;
  head.remote = remote;
  head.gso_size = skb->gso_size;
  if (skb->vlan_present) {
    head.vlan_tci = skb->vlan_tci;
    head.vlan_protocol = bpf_ntohs(skb->vlan_proto);
  }
  head.reason = reason;
  head.from_agent = from_agent;
  head.key = *key;
  count(MISSES);
  if (head.length <= 160)
    upcall_160(skb, &head);
  else if (head.length <= 1952)
    upcall_1952(skb, &head);
  else if (head.length <= 65632)
    upcall_65632(skb, &head);
  else
    count(TOO_LONG);
  return TC_ACT_SHOT;
}

// ---- actions ------------------------------------------------------------------------------------------------------

// What became of an op: go on, come up, go on in a group; from DONE on, a verdict of the traffic controller.
enum result { NEXT, UP_TTL, UP_MTU, IN_GROUP, DONE = 0x100 };

// Where the checksum of the transport protocol is, 0 if it has none that covers addresses or ports.
static __always_inline __u32 checksum_at(struct packet *p) {
  if (!p->has_ports) return 0;
  switch (p->protocol) {
    case 6:
      return p->l4 + 16;
    case 17:
    case 33:
    case 136:
      return p->l4 + 6;
    case 58:
      return p->l4 + 2;
    default:
      return 0;
  }
}

static __always_inline __u64 udp_flag(struct packet *p) { return p->protocol == 17 ? BPF_F_MARK_MANGLED_0 : 0; }

static __noinline int set_ipv4(struct __sk_buff *skb, struct packet *p, struct op *op) {
  __u32 old[2];
  __u32 new[2] = {op->data[0], op->data[1]};
  if (p->version != 4 || bpf_skb_load_bytes(skb, ETHERNET + 12, old, 8)) return NEXT;
  __u32 sum = checksum_at(p);
  __s64 difference = bpf_csum_diff(old, 8, new, 8, 0);
  if (sum) bpf_l4_csum_replace(skb, sum, 0, difference, BPF_F_PSEUDO_HDR | udp_flag(p));
  bpf_l3_csum_replace(skb, ETHERNET + 10, 0, difference, 0);
  bpf_skb_store_bytes(skb, ETHERNET + 12, new, 8, 0);
  return NEXT;
}

static __noinline int set_ipv6(struct __sk_buff *skb, struct packet *p, struct op *op) {
  __u32 at = op->kind == OP_IP6_SOURCE ? ETHERNET + 8 : ETHERNET + 24;
  __u32 old[4];
  __u32 new[4] = {op->data[0], op->data[1], op->data[2], op->data[3]};
  if (p->version != 6 || bpf_skb_load_bytes(skb, at, old, 16)) return NEXT;
  __u32 zero = 0;
  struct control *settings = bpf_map_lookup_elem(&control, &zero);
  if (!settings) return NEXT;
  __u32 sum = checksum_at(p);
  if (sum) {
    __s64 difference = bpf_csum_diff(old, 16, new, 16, 0);
    __u64 flags = BPF_F_PSEUDO_HDR | udp_flag(p);
    // Two calls, because flags must be known to the verifier on some kernels.
    if (settings->ipv6_checksum_flag)
      bpf_l4_csum_replace(skb, sum, 0, difference, flags | (1 << 7));
    else
      bpf_l4_csum_replace(skb, sum, 0, difference, flags);
  }
  bpf_skb_store_bytes(skb, at, new, 16, 0);
  return NEXT;
}

static __noinline int set_ports(struct __sk_buff *skb, struct packet *p, struct op *op) {
  __u32 old;
  __u32 new = op->data[0];
  if (!p->has_ports || !has_port_numbers(p->protocol) || p->protocol == 132) return NEXT;
  if (bpf_skb_load_bytes(skb, p->l4, &old, 4)) return NEXT;
  bpf_l4_csum_replace(skb, checksum_at(p), 0, bpf_csum_diff(&old, 4, &new, 4, 0), udp_flag(p));
  bpf_skb_store_bytes(skb, p->l4, &new, 4, 0);
  return NEXT;
}

static __noinline int set_icmp_id(struct __sk_buff *skb, struct packet *p, struct op *op) {
  __u8 type;
  __u16 old;
  __u16 new = bpf_htons(op->argument);
  if (!p->has_ports || (p->protocol != 1 && p->protocol != 58)) return NEXT;
  if (bpf_skb_load_bytes(skb, p->l4, &type, 1) || !is_echo(p->protocol, type)) return NEXT;
  if (bpf_skb_load_bytes(skb, p->l4 + 4, &old, 2)) return NEXT;
  bpf_l4_csum_replace(skb, p->l4 + 2, old, new, 2);
  bpf_skb_store_bytes(skb, p->l4 + 4, &new, 2, 0);
  return NEXT;
}

static __noinline int decrement_ttl(struct __sk_buff *skb, struct packet *p, struct op *op) {
  __u8 field[2];
  __u32 at = p->version == 4 ? ETHERNET + 8 : ETHERNET + 7;
  if (!p->version || bpf_skb_load_bytes(skb, at, field, 2)) return NEXT;
  if (field[0] <= op->argument) return UP_TTL;
  __u16 old = field[0] | (__u16)field[1] << 8;
  field[0] -= op->argument;
  __u16 new = field[0] | (__u16)field[1] << 8;
  if (p->version == 4) {
    bpf_l3_csum_replace(skb, ETHERNET + 10, old, new, 2);
    bpf_skb_store_bytes(skb, at, field, 1, 0);
  } else {
    bpf_skb_store_bytes(skb, at, field, 1, BPF_F_RECOMPUTE_CSUM);
  }
  return NEXT;
}

static __noinline int set_dscp(struct __sk_buff *skb, struct packet *p, struct op *op) {
  __u8 field[2];
  if (!p->version || bpf_skb_load_bytes(skb, ETHERNET, field, 2)) return NEXT;
  __u16 old = field[0] | (__u16)field[1] << 8;
  if (p->version == 4) {
    field[1] = (op->argument << 2) | (field[1] & 3);
    bpf_l3_csum_replace(skb, ETHERNET + 10, old, field[0] | (__u16)field[1] << 8, 2);
    bpf_skb_store_bytes(skb, ETHERNET + 1, &field[1], 1, 0);
  } else {
    field[0] = 0x60 | op->argument >> 2;
    field[1] = (op->argument << 6) | (field[1] & 0x3f);
    bpf_skb_store_bytes(skb, ETHERNET, field, 2, BPF_F_RECOMPUTE_CSUM);
  }
  return NEXT;
}

static __noinline int check_mtu(struct __sk_buff *skb, struct packet *p, struct op *op) {
  __u32 length = skb->len - ETHERNET;
  if (!p->version) return NEXT;
  if (skb->gso_size) {
    __u8 offset = 0x50;
    __u32 header = 8;
    if (p->protocol == 6) {
      bpf_skb_load_bytes(skb, p->l4 + 12, &offset, 1);
      header = (offset >> 4) * 4;
    }
    length = p->l4 - ETHERNET + header + skb->gso_size;
  }
  return length > op->argument ? UP_MTU : NEXT;
}

static __noinline int set_vlan(struct __sk_buff *skb, struct op *op) {
  __u16 priority = 0;
  if (skb->vlan_present) {
    priority = skb->vlan_tci & 0xe000;
    bpf_skb_vlan_pop(skb);
  }
  bpf_skb_vlan_push(skb, bpf_htons(0x8100), op->argument | priority);
  return NEXT;
}

static __noinline int output(struct __sk_buff *skb, __u32 number, bool last) {
  struct port *port = bpf_map_lookup_elem(&ports, &number);
  if (!port || !port->ifindex) {
    count(NO_PORT);
    return last ? DONE + TC_ACT_SHOT : NEXT;
  }
  if (!last) {
    bpf_clone_redirect(skb, port->ifindex, 0);
    return NEXT;
  }
  return DONE + (port->peer ? bpf_redirect_peer(port->ifindex, 0) : bpf_redirect(port->ifindex, 0));
}

static __noinline int tunnel(struct __sk_buff *skb, struct op *op) {
  struct bpf_tunnel_key key = {};
  key.remote_ipv4 = op->data[0];
  key.tunnel_id = op->data[1];
  key.tunnel_ttl = 64;
  if (bpf_skb_set_tunnel_key(skb, &key, sizeof(key), BPF_F_ZERO_CSUM_TX)) {
    count(ERRORS);
    return op->last ? DONE + TC_ACT_SHOT : NEXT;
  }
  return output(skb, 0, op->last);
}

static __noinline int apply(struct __sk_buff *skb, struct packet *p, struct op *op) {
  switch (op->kind) {
    case OP_OUTPUT:
      return output(skb, op->argument, op->last);
    case OP_TUNNEL:
      return tunnel(skb, op);
    case OP_ETHER:
      bpf_skb_store_bytes(skb, 0, op->data, 12, 0);
      return NEXT;
    case OP_IP4:
      return set_ipv4(skb, p, op);
    case OP_IP6_SOURCE:
    case OP_IP6_DESTINATION:
      return set_ipv6(skb, p, op);
    case OP_PORTS:
      return set_ports(skb, p, op);
    case OP_ICMP_ID:
      return set_icmp_id(skb, p, op);
    case OP_TTL:
      return decrement_ttl(skb, p, op);
    case OP_MTU:
      return check_mtu(skb, p, op);
    case OP_SET_VLAN:
      return set_vlan(skb, op);
    case OP_POP_VLAN:
      if (skb->vlan_present) bpf_skb_vlan_pop(skb);
      return NEXT;
    case OP_DSCP:
      return set_dscp(skb, p, op);
    case OP_GROUP:
      return IN_GROUP;
    default:
      return DONE + TC_ACT_SHOT;
  }
}

// The group program begins where this one leaves off, with what is known of the packet in its control block.
static __always_inline int go_to_group(struct __sk_buff *skb, struct packet *p, __u32 id) {
  skb->cb[0] = id;
  skb->cb[1] = p->l4;
  skb->cb[2] = p->version | p->protocol << 8 | p->fragment << 16 | (__u32)p->has_ports << 24;
  bpf_tail_call(skb, &programs, 0);
  count(ERRORS);
  return TC_ACT_SHOT;
}

SEC("tc/group")
int group(struct __sk_buff *skb) {
  struct packet p = {};
  __u32 id = skb->cb[0];
  __u32 word = skb->cb[2];
  p.l3 = ETHERNET;
  p.l4 = skb->cb[1] & 0xffff;
  p.version = word;
  p.protocol = word >> 8;
  p.fragment = word >> 16;
  p.has_ports = word >> 24;
  struct group *found = bpf_map_lookup_elem(&groups, &id);
  if (!found) {
    count(DROPPED);
    return TC_ACT_SHOT;
  }
  for (int i = 0; i < GROUP_OPS; i++) {
    if (i >= found->count) break;
    int result = apply(skb, &p, &found->ops[i]);
    if (result == NEXT) continue;
    return result >= DONE ? result - DONE : TC_ACT_SHOT;
  }
  if (!found->next) return TC_ACT_SHOT;
  return go_to_group(skb, &p, found->next);
}

// ---- the flow -----------------------------------------------------------------------------------------------------

static __always_inline int run(struct __sk_buff *skb, struct packet *p, struct flow_key *key, struct flow *flow,
                               __u32 remote, bool from_agent) {
  for (int i = 0; i < FLOW_OPS; i++) {
    if (i >= flow->count) break;
    struct op *op = &flow->ops[i];
    int result = apply(skb, p, op);
    if (result == NEXT) continue;
    if (result == UP_TTL) return come_up(skb, key, REASON_TTL, remote, from_agent);
    if (result == UP_MTU) return come_up(skb, key, REASON_MTU, remote, from_agent);
    if (result == IN_GROUP) return go_to_group(skb, p, op->data[0]);
    return result - DONE;
  }
  count(DROPPED);
  return TC_ACT_SHOT;
}

// Keeps what tells how far a TCP connection is: SYN begins anew, RST stands while nothing follows it, and ACK counts
// of segments that neither open nor reset. As TcpFlags has it.
static __always_inline void note_tcp(struct __sk_buff *skb, struct packet *p, struct flow *flow) {
  __u8 flags;
  if (p->protocol != 6 || !p->has_ports || bpf_skb_load_bytes(skb, p->l4 + 13, &flags, 1)) return;
  __u32 seen = flow->tcp_flags;
  __u32 now = seen & ~TCP_RST;
  if (flags & TCP_SYN)
    now = TCP_SYN;
  else
    now |= flags & (flags & TCP_RST ? TCP_FIN | TCP_RST : TCP_FIN | TCP_ACK);
  if (now != seen) flow->tcp_flags = now;
}

static __always_inline bool is_current(struct flow *flow) {
  __u32 slot = flow->slot;
  __u32 *word = bpf_map_lookup_elem(&words, &slot);
  return word && *word == flow->generation;
}

// ---- beginning a connection ---------------------------------------------------------------------------------------

// Whether a packet without a flow may begin a connection: a SYN, or UDP.
static __noinline int may_begin(struct __sk_buff *skb, struct packet *p) {
  __u8 flags;
  if (!p->has_ports || p->fragment != FRAGMENT_NONE) return 0;
  if (p->protocol == 17) return 1;
  if (p->protocol != 6 || bpf_skb_load_bytes(skb, p->l4 + 13, &flags, 1)) return 0;
  return (flags & (TCP_SYN | TCP_ACK | TCP_RST | TCP_FIN)) == TCP_SYN;
}

static __always_inline bool take(__u32 account, __u32 cost) {
  __s64 *credit = bpf_map_lookup_elem(&credits, &account);
  if (!credit || *credit < cost) return false;
  __sync_fetch_and_sub(credit, cost);
  return true;
}

static __always_inline void give_back(__u32 account, __u32 cost) {
  __s64 *credit = bpf_map_lookup_elem(&credits, &account);
  if (credit) __sync_fetch_and_add(credit, cost);
}

// Puts a flow as a variant has it, with the client's port.
static __always_inline int put(struct flow_key *key, struct flow *like, __u8 ports, __u32 half, __u16 port, __u64 now) {
  __u32 zero = 0;
  struct flow *flow = bpf_map_lookup_elem(&scratch, &zero);
  if (!flow) return -1;
  __builtin_memcpy(flow, like, sizeof(struct flow));
  flow->last_used = now;
  flow->made = now;
  flow->client_port = port;
  if (ports < FLOW_OPS) {
    __u16 *both = (__u16 *)flow->ops[ports & (FLOW_OPS - 1)].data;
    both[half] = bpf_htons(port);
  }
  return bpf_map_update_elem(&flows, key, flow, BPF_ANY);
}

// Makes the flows of both ways by a variant. An answer that has another flow already is the agent's to decide about.
static __noinline int put_both(struct flow_key *key, struct variant *variant) {
  __u16 port = key->source_port;
  __u64 now = bpf_ktime_get_ns();
  if (!variant) return 0;
  struct flow_key back = variant->back_key;
  back.destination_port = port;
  struct flow *other = bpf_map_lookup_elem(&flows, &back);
  if (other && is_current(other) && (other->slot != variant->back.slot || other->client_port != port)) return 0;
  if (put(key, &variant->there, variant->there_ports, 0, port, now)) return 0;
  if (put(&back, &variant->back, variant->back_ports, 1, port, now)) {
    bpf_map_delete_elem(&flows, key);
    return 0;
  }
  return 1;
}

// Whether there is a template for the packet and it has made the flows.
static __noinline int begin(struct flow_key *key) {
  __u16 port = key->source_port;
  key->source_port = 0;
  struct template *template = bpf_map_lookup_elem(&templates, key);
  key->source_port = port;
  if (!template || !template->turns) return 0;
  __u32 slot = template->slot;
  __u32 *word = bpf_map_lookup_elem(&words, &slot);
  if (!word || *word != template->serial) return 0;
  __u32 all = MAX_PORTS;
  __u32 payer = template->payer;
  __u32 cost = template->cost;
  if (payer && !take(payer, cost)) return 0;
  if (take(all, cost)) {
    __u32 turn = (template->start + __sync_fetch_and_add(&template->begun, 1)) % template->turns;
    __u32 id = slot << 8 | template->order[turn & (TURNS - 1)];
    struct variant *variant = bpf_map_lookup_elem(&variants, &id);
    if (variant && put_both(key, variant)) {
      count(BEGUN);
      return 1;
    }
    __sync_fetch_and_sub(&template->begun, 1);
    give_back(all, cost);
  }
  if (payer) give_back(payer, cost);
  return 0;
}

SEC("tc/ingress")
int ingress(struct __sk_buff *skb) {
  __u32 ifindex = skb->ifindex;
  struct device *device = bpf_map_lookup_elem(&devices, &ifindex);
  if (!device) return TC_ACT_UNSPEC;
  struct flow_key key = {};
  struct packet p = {};
  __u32 remote = 0;
  __u32 group_id = 0;
  bool from_agent = false;
  if (device->kind == DEVICE_PORT) {
    key.input = device->port;
  } else if (device->kind == DEVICE_TUNNEL) {
    struct bpf_tunnel_key tunnel_key = {};
    if (bpf_skb_get_tunnel_key(skb, &tunnel_key, sizeof(tunnel_key), 0)) {
      count(ERRORS);
      return TC_ACT_SHOT;
    }
    key.input = INPUT_TUNNEL | (tunnel_key.tunnel_id & INPUT_MASK);
    remote = tunnel_key.remote_ipv4;
  } else {
    __u32 mark = skb->mark;
    from_agent = true;
    skb->mark = 0;
    if (!mark) return TC_ACT_SHOT;  // not sent by the agent
    if (mark & MARK_GROUP)
      group_id = mark & MARK_GROUP_MASK;
    else
      key.input = mark;
  }
  struct flow_key read = {};
  int reason = parse(skb, &p, &read);
  if (group_id) return go_to_group(skb, &p, group_id);
  if (key.input & INPUT_TUNNEL) {
    reason = REASON_MISS;
  } else {
    read.input = key.input;
    key = read;
  }
  if (reason < 0) {
    count(MALFORMED);
    return TC_ACT_SHOT;
  }
  if (reason != REASON_MISS) return come_up(skb, &key, reason, remote, from_agent);
  struct flow *flow = bpf_map_lookup_elem(&flows, &key);
  if (!flow || !is_current(flow)) {
    bool begun = device->kind == DEVICE_PORT && may_begin(skb, &p) && begin(&key);
    flow = begun ? bpf_map_lookup_elem(&flows, &key) : 0;
    if (!flow) return come_up(skb, &key, REASON_MISS, remote, from_agent);
  }
  __sync_fetch_and_add(&flow->packets, 1);
  __sync_fetch_and_add(&flow->bytes, skb->len);
  flow->last_used = bpf_ktime_get_ns();
  if (!(key.input & INPUT_TUNNEL)) note_tcp(skb, &p, flow);
  count(HITS);
  return run(skb, &p, &key, flow, remote, from_agent);
}

char LICENSE[] SEC("license") = "Apache-2.0";
