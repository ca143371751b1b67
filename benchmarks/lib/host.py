"""A host of a benchmark's own: namespaces that end with it, the program in them, and what its processes occupy."""
import glob
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time

CHECKOUT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
INSIDE = "MIDONET_BENCHMARK_INSIDE"
API = 9696
PLURALS = {"security_group_rule": "security-group-rules", "security_group": "security-groups"}


def alone(main):
    """Runs main in network and mount namespaces of its own."""
    if INSIDE in os.environ:
        main()
        return
    if os.geteuid() != 0:
        sys.exit("this needs root")
    if subprocess.run([CHECKOUT + "/midonet", "version"], stdout=subprocess.DEVNULL).returncode:
        sys.exit("the program was not built")
    os.environ[INSIDE] = "yes"
    mounts = "mount -t sysfs sysfs /sys && mount -t bpf bpf /sys/fs/bpf && mount -t tmpfs tmpfs /run && ip link set lo up && exec \"$@\""
    os.execvp("unshare", ["unshare", "--net", "--mount", "sh", "-c", mounts, "sh", sys.executable] + [os.path.realpath(sys.argv[0])] + sys.argv[1:])


def config(folder, *midonet):
    """A neutron.conf with the built-in MidoNet, in a folder where all data are, too."""
    path = folder + "/neutron.conf"
    with open(path, "w") as out:
        out.write(f"""[DEFAULT]
auth_strategy = noauth
bind_host = 127.0.0.1
bind_port = {API}
core_plugin = midonet_v2
service_plugins = midonet_l3
state_path = {folder}
host = benchmark
[MIDONET]
client = builtin
agent_socket = {folder}/agent.sock
agent_external = off
""" + "".join(line + "\n" for line in midonet) + """[quotas]
quota_port = -1
quota_security_group_rule = -1
""")
    return path


class Refused(Exception):
    def __init__(self, status, text):
        super().__init__(f"{status} {text}")
        self.status = status


class Api:
    """The Networking API; a connection for each request, as it may have been restarted."""

    def ask(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", API, timeout=60)
        try:
            connection.request(method, "/v2.0/" + path, json.dumps(body) if body else None, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        if answer.status >= 300:
            raise Refused(answer.status, f"{method} {path}: {text.decode()}")
        return json.loads(text) if text else {}

    def get(self, path):
        return self.ask("GET", path)

    def make(self, kind, body):
        """Makes something and returns its id."""
        return self.ask("POST", PLURALS.get(kind, kind + "s"), {kind: body})[kind]["id"]

    def remove(self, path):
        self.ask("DELETE", path)


class Program:
    """A process of ours that may be restarted."""

    def __init__(self, folder, *arguments):
        self.arguments, self.log, self.process = arguments, f"{folder}/{arguments[0]}.log", None

    @property
    def pid(self):
        return self.process.pid

    def start(self):
        with open(self.log, "a") as log:
            self.process = subprocess.Popen([CHECKOUT + "/midonet", *self.arguments], stdout=log, stderr=log)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def restart(self):
        self.stop()
        self.start()

    def kill_and_start(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.start()


class ZooKeeper:
    """Debian's."""

    def __init__(self, folder):
        self.port = 2181
        self.folder = folder + "/zookeeper"
        os.mkdir(self.folder)
        with open(self.folder + "/zoo.cfg", "w") as out:
            out.write(f"tickTime=2000\ndataDir={self.folder}\nclientPort={self.port}\nclientPortAddress=127.0.0.1\n"
                      "maxClientCnxns=0\nadmin.enableServer=false\n4lw.commands.whitelist=*\nautopurge.purgeInterval=1\n")
        self.process = None
        self.start()

    def start(self):
        jars = ":".join(glob.glob("/usr/share/java/*.jar")) if not os.path.isdir("/usr/share/zookeeper/lib") else "/usr/share/zookeeper/lib/*"
        with open(self.folder + "/log", "a") as log:
            self.process = subprocess.Popen(
                ["/usr/bin/java", "-Xmx256m", "-cp", f"{jars}:/usr/share/java/zookeeper.jar:/etc/zookeeper/conf",
                 "org.apache.zookeeper.server.quorum.QuorumPeerMain", self.folder + "/zoo.cfg"], stdout=log, stderr=log)
        until(60, "ZooKeeper answers", lambda: self.ask("ruok") == "imok")

    def ask(self, word):
        with socket.create_connection(("127.0.0.1", self.port), 5) as s:
            s.sendall(word.encode())
            return b"".join(iter(lambda: s.recv(65536), b"")).decode()

    def znodes(self):
        for line in self.ask("mntr").splitlines():
            if line.startswith("zk_znode_count"):
                return int(line.split()[1])
        return -1

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)

    def restart(self):
        self.stop()
        self.start()


def until(seconds, what, condition, must=True):
    """Waits for a condition; what it throws means not yet."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if condition():
                return True
        except Exception:
            pass
        time.sleep(0.1)
    if must:
        raise TimeoutError(f"not within {seconds} s: {what}")
    return False


def run(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stdout.decode()}")


def machine(name, mac, address, gateway):
    """A network namespace with a cable to tap-NAME."""
    run("ip", "netns", "add", name)
    run("ip", "link", "add", "tap-" + name, "type", "veth", "peer", "name", "eth0", "netns", name)
    run("ip", "-n", name, "link", "set", "lo", "up")
    run("ip", "-n", name, "link", "set", "eth0", "address", mac, "up")
    run("ip", "-n", name, "address", "add", address + "/24", "dev", "eth0")
    if gateway:
        run("ip", "-n", name, "route", "add", "default", "via", gateway)
    run("ip", "link", "set", "tap-" + name, "up")


def memory(pid):
    """MiB resident; 0 while there is no such process."""
    try:
        with open(f"/proc/{pid}/smaps_rollup") as lines:
            return next(int(line.split()[1]) for line in lines if line.startswith("Rss:")) / 1024
    except (OSError, StopIteration):
        return 0


def files(pid):
    try:
        return len(os.listdir(f"/proc/{pid}/fd"))
    except OSError:
        return 0


def links():
    return len(os.listdir("/sys/class/net"))


def pinned():
    return sum(len(names) for _, _, names in os.walk("/sys/fs/bpf"))


def metric(port, name):
    """A value that a process tells Prometheus; -1 while it does not."""
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/metrics")
        for line in connection.getresponse().read().decode().splitlines():
            if line.startswith(name + " "):
                return float(line.rsplit(" ", 1)[1])
    except (OSError, http.client.HTTPException):
        pass
    return -1
